"""What a list of people is asked for: only known words pass."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from balai.access.rules import ROLES
from balai.base.words import sentence

STATES = {
    "diundang": sentence("Diundang, belum masuk"),
    "belum-masuk": sentence("Belum pernah masuk, undangan lewat"),
    "aktif": sentence("Aktif"),
    "ditangguhkan": sentence("Ditangguhkan"),
    "segera-berakhir": sentence("Penugasan segera berakhir"),
    "tanpa-peran": sentence("Tanpa penugasan"),
    "tinjau": sentence("Perlu ditinjau"),
}
SORTS = {
    "nama": sentence("Nama"),
    "akun": sentence("Nama akun"),
    "wilayah": sentence("Wilayah"),
    "masuk": sentence("Terakhir masuk"),
    "berakhir": sentence("Berakhir"),
}
LONGEST = 60


@dataclass(frozen=True)
class Asked:
    text: str = ""
    role: str = ""
    region: str = ""
    state: str = ""
    sort: str = "nama"
    descending: bool = False
    page: int = 1

    def address(self, **changed: object) -> str:
        """The query of this list with something changed; what is usual is left out."""
        now = {"q": self.text, "peran": self.role, "wilayah": self.region, "keadaan": self.state,
               "urut": self.sort, "turun": "1" if self.descending else ""} | changed  # fmt: skip
        return urlencode({name: value for name, value in now.items() if value and (name, value) != ("urut", "nama")})


def asked(query: Mapping[str, str]) -> Asked:
    page = query.get("halaman", "1")
    return Asked(
        text=query.get("q", "").strip()[:LONGEST],
        role=_known(query.get("peran", ""), ROLES),
        region=_code(query.get("wilayah", "").strip()),
        state=_known(query.get("keadaan", ""), STATES),
        sort=_known(query.get("urut", ""), SORTS) or "nama",
        descending=query.get("turun") == "1",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def _known(word: str, words: Mapping[str, object]) -> str:
    return word if word in words else ""


def _code(text: str) -> str:
    """A dotted code, whatever stands behind it; anything else asks for no region."""
    first = text.partition(" ")[0]
    return first if first.replace(".", "").isalnum() and first.isascii() else ""
