from enum import StrEnum

from balai.base.words import Labelled, sentence


class State(Labelled, StrEnum):
    WAITING = "waiting"
    WRITING = "writing"
    READY = "ready"
    REFUSED = "refused"
    STOPPED = "stopped"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return _STATES[self]


class Format(Labelled, StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"

    @property
    def label(self) -> str:
        return _FORMATS[self]


GONE_NOWHERE = (State.REFUSED, State.STOPPED)  # of these nobody has anything
_STATES = {
    State.WAITING: sentence("menunggu persetujuan petugas kedua"),
    State.WRITING: sentence("sedang ditulis"),
    State.READY: sentence("siap diunduh"),
    State.REFUSED: sentence("ditolak"),
    State.STOPPED: sentence("terhenti"),
    State.ENDED: sentence("berkasnya sudah dihapus"),
}
_FORMATS = {
    Format.CSV: sentence("CSV, untuk semua program tabel"),
    Format.XLSX: sentence("XLSX, untuk Excel dan LibreOffice"),
    Format.PARQUET: sentence("Parquet, untuk pengolah data; isinya kode, bukan kata"),
}
