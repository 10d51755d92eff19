"""The tables that can leave. One more is a `Sheet` here and its rows in models/sources.py."""

from collections.abc import Callable
from datetime import date
from types import MappingProxyType
from typing import Any

from balai.access.rules import Matter, Right
from balai.aid.rules import AidState, ListKind, MatchState, programmes
from balai.base.dated import Dated
from balai.base.words import sentence
from balai.events.rules import Kind
from balai.exports.rules.sheets import Choice, Column, Filter, Form, Sheet
from balai.families.rules import NoNik, Relation, Sex
from balai.measurements.rules import CLASSED, NAMES, Position
from balai.quality.rules import State
from balai.survey.rules import Block, Item, items, items_of, told
from balai.survey.rules import Kind as Answer
from balai.villages.rules import agencies

# (from, to) in completed years; the oldest has no end.
UNDER_FIVE = Dated(
    {date(2014, 7, 8): (0, 5)}, source="Permenkes 25/2014 Pasal 1: anak balita dan bayi, di bawah 5 tahun"
)
FERTILE = Dated({date(2009, 10, 29): (15, 50)}, source="UU 52/2009 dan Pendataan Keluarga BKKBN: 15 sampai 49 tahun")
ELDERLY = Dated({date(1998, 11, 30): (60, 200)}, source="UU 13/1998 Pasal 1: 60 tahun ke atas")
AGES = MappingProxyType({"under_five": UNDER_FIVE, "fertile": FERTILE, "elderly": ELDERLY})
SINCE_DAYS = MappingProxyType({"month": 30, "year": 365})


def labelled(kind: Callable[[Any], Any]) -> Callable[[Any, str], str]:
    """The sentence of a code; a code that is not known stays as it is."""

    def say(value: Any, language: str) -> str:
        try:
            return str(kind(value).label)
        except ValueError:
            return str(value)

    return say


def spaced(number: str, language: str) -> str:
    """So that no spreadsheet takes it for an amount and rounds it."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def _programme(value: str, language: str) -> str:
    known = programmes().get(value)
    return known.name(language) if known else value


def _agency(value: int, language: str) -> str | int:
    known = agencies().get(value)
    return (known.name_en if language == "en" else known.name_id) if known else value


FAMILY = Column("family", sentence("Kode keluarga"))
PERSON = Column("person", sentence("Kode orang"))
CALLED = Column("called", sentence("Keluarga"))
NAME = Column("name", sentence("Nama"))
ADDRESS = Column("address", sentence("Alamat"))
PLACE = Column("place", sentence("Tempat"), Matter.VILLAGE)
REGION = Column("region", sentence("Kode wilayah"), Matter.VILLAGE)
WHERE = (ADDRESS, PLACE, REGION)
PEOPLE = Column("people", sentence("Orang"), form=Form.COUNT)


def _day(key: str, heading: str, matter: Matter = Matter.NAMES) -> Column:
    return Column(key, heading, matter, Form.DAY)


def _numbers(key: str, masked: str, full: str) -> tuple[Column, Column]:
    """A number as every page shows it, and in full for those who may open it for a reason."""
    return (
        Column(key, masked, Matter.NUMBER, last_four=True),
        Column(f"{key}_full", full, Matter.NUMBER, say=spaced, least=Right.REASON),
    )


FAMILIES = Sheet(
    "families", "keluarga", sentence("Keluarga"),
    sentence("Satu baris untuk setiap keluarga: namanya, alamatnya, dan berapa orangnya."),
    (
        FAMILY, CALLED, *WHERE, PEOPLE, _day("since_on", sentence("Sejak")),
        *_numbers("card", sentence("Nomor KK (empat angka terakhir)"), sentence("Nomor KK lengkap")),
    ),
)  # fmt: skip
MEMBERS = Sheet(
    "members", "anggota", sentence("Anggota keluarga"),
    sentence("Satu baris untuk setiap orang: nama, tanggal lahir, dan hubungannya dalam keluarga."),
    (
        PERSON, FAMILY, NAME, Column("sex", sentence("Jenis kelamin"), form=Form.COUNT, say=labelled(Sex)),
        Column("relation", sentence("Hubungan dengan kepala keluarga"), form=Form.COUNT, say=labelled(Relation)),
        _day("born_on", sentence("Tanggal lahir")), CALLED, *WHERE, _day("since_on", sentence("Sejak")),
        Column("no_nik", sentence("Sebab tidak ada NIK"), say=labelled(NoNik)),
        *_numbers("nik", sentence("NIK (empat angka terakhir)"), sentence("NIK lengkap")),
    ),
    filters=(
        Filter("age", sentence("Umur"), (
            Choice("under_five", sentence("Di bawah 5 tahun")),
            Choice("fertile", sentence("15 sampai 49 tahun")),
            Choice("elderly", sentence("60 tahun ke atas")),
        )),
        Filter("sex", sentence("Jenis kelamin"), tuple(Choice(str(one.value), one.label) for one in Sex)),
    ),
)  # fmt: skip


def _answer(item: Item) -> Column:
    form = {Answer.MONTH: Form.DAY}.get(item.kind, Form.COUNT)

    def say(value: Any, language: str) -> Any:
        return value if item.kind is Answer.COUNT else told(item, value, language)

    return Column(item.key, item.name_id, item.block.matter, form, item.name_en, say)


def _survey(block: Block, slug: str, title: str, about: str) -> Sheet:
    whose = (PERSON, FAMILY, NAME) if block.of_a_person else (FAMILY,)
    visited = _day("from_on", sentence("Tanggal kunjungan"))
    columns = (*whose, CALLED, *WHERE, visited, *(_answer(item) for item in items_of(block)))
    return Sheet(f"survey_{block.value}", slug, title, about, columns, block.matter)


SURVEY = (
    _survey(
        Block.MEMBERS, "jawaban-anggota", sentence("Jawaban tentang anggota"),
        sentence("Pendataan setiap anggota: perkawinan, pekerjaan, sekolah, jaminan kesehatan."),
    ),
    _survey(
        Block.PLANNING, "jawaban-kb", sentence("Jawaban tentang KB"),
        sentence("Pendataan setiap pasangan: cara ber-KB, kehamilan, keinginan punya anak."),
    ),
    _survey(
        Block.DEVELOPMENT, "jawaban-kehidupan", sentence("Jawaban tentang kehidupan keluarga"),
        sentence("Pendataan setiap keluarga: penghasilan, kegiatan, informasi."),
    ),
    _survey(
        Block.HOUSING, "jawaban-rumah", sentence("Jawaban tentang rumah"),
        sentence("Pendataan setiap rumah: lantai, dinding, air, jamban."),
    ),
)  # fmt: skip
AID = Sheet(
    "aid", "bantuan", sentence("Bantuan yang diterima"),
    sentence("Satu baris untuk setiap bantuan: siapa yang menerima, dari instansi mana, sejak kapan."),
    (
        FAMILY, PERSON, CALLED, NAME, *WHERE,
        Column("programme", sentence("Bantuan"), Matter.WELFARE, say=_programme),
        Column("agency", sentence("Instansi"), Matter.WELFARE, Form.COUNT, say=_agency),
        Column("state", sentence("Keadaan"), Matter.WELFARE, say=labelled(AidState)),
        _day("from_on", sentence("Sejak"), Matter.WELFARE), _day("until_on", sentence("Sampai"), Matter.WELFARE),
        Column("amount", sentence("Nilai (rupiah)"), Matter.WELFARE, Form.COUNT),
        Column("goods", sentence("Barang atau layanan"), Matter.WELFARE),
    ),
    Matter.WELFARE,
    (
        Filter("programme", sentence("Bantuan"),
               tuple(Choice(code, one.name_id, one.name_en) for code, one in programmes().items())),
    ),
)  # fmt: skip
LISTED = Sheet(
    "listed", "daftar-instansi", sentence("Kata daftar instansi lain"),
    sentence("Desil, peringkat, atau keterangan tentang keluarga menurut daftar seperti DTSEN dan P3KE."),
    (
        FAMILY, PERSON, CALLED, NAME, *WHERE,
        Column("kind", sentence("Daftar"), Matter.POVERTY, say=labelled(ListKind)),
        Column("edition", sentence("Edisi"), Matter.POVERTY),
        Column("decile", sentence("Desil"), Matter.POVERTY, Form.COUNT),
        Column("rank", sentence("Peringkat"), Matter.POVERTY, Form.COUNT),
        Column("mark", sentence("Keterangan daftar"), Matter.POVERTY),
        Column("state", sentence("Pencocokan"), Matter.POVERTY, say=labelled(MatchState)),
    ),
    Matter.POVERTY,
    (Filter("kind", sentence("Daftar"), tuple(Choice(one.value, one.label) for one in ListKind)),),
)  # fmt: skip
EVENTS = Sheet(
    "events", "peristiwa", sentence("Peristiwa keluarga"),
    sentence("Kelahiran, kematian, perpindahan, perkawinan, dan perceraian, beserta tanggalnya."),
    (
        _day("on", sentence("Tanggal")), Column("kind", sentence("Peristiwa"), say=labelled(Kind)), PEOPLE,
        FAMILY, PERSON, CALLED, NAME, PLACE, REGION, _day("recorded_on", sentence("Dicatat pada")),
    ),
    filters=(
        Filter("kind", sentence("Peristiwa"), tuple(Choice(one.value, one.label) for one in Kind)),
        Filter("since", sentence("Terjadi"), (
            Choice("month", sentence("30 hari terakhir")), Choice("year", sentence("365 hari terakhir")),
        )),
    ),
)  # fmt: skip


def _yes(value: bool, language: str) -> str:
    return sentence("Ya") if value else sentence("Tidak")


def _measure(key: str, heading: str) -> Column:
    return Column(key, heading, Matter.CHILD_GROWTH, Form.MEASURE)


MEASUREMENTS = Sheet(
    "measurements", "pengukuran", sentence("Pengukuran balita"),
    sentence("Satu baris untuk setiap pengukuran anak di bawah lima tahun, dengan simpangan bakunya (WHO 2006)."),
    (
        PERSON, FAMILY, NAME, _day("born_on", sentence("Tanggal lahir")),
        Column("sex", sentence("Jenis kelamin"), form=Form.COUNT, say=labelled(Sex)), CALLED, *WHERE,
        _day("measured_on", sentence("Tanggal pengukuran"), Matter.CHILD_GROWTH),
        _measure("weight_kg", sentence("Berat (kg)")), _measure("height_cm", sentence("Panjang atau tinggi (cm)")),
        Column("position", sentence("Cara mengukur"), Matter.CHILD_GROWTH, say=labelled(Position)),
        Column("oedema", sentence("Kedua kaki bengkak"), Matter.CHILD_GROWTH, say=_yes),
        _measure("head_cm", sentence("Lingkar kepala (cm)")), _measure("muac_cm", sentence("LiLA (cm)")),
        *(_measure(index.value, NAMES[index]) for index in CLASSED),
        Column("odd", sentence("Nilai sangat jarang, tidak dihitung"), Matter.CHILD_GROWTH),
    ),
    Matter.CHILD_GROWTH,
    (
        Filter("since", sentence("Diukur"), (
            Choice("month", sentence("30 hari terakhir")), Choice("year", sentence("365 hari terakhir")),
        )),
    ),
)  # fmt: skip


def _questions(value: str, language: str) -> str:
    return ", ".join(items()[key].name(language) for key in value.split(", "))


def _unanswered(block: Block, heading: str) -> Column:
    return Column(f"lacks_{block.value}", heading, block.matter, say=_questions)


CHECKED = (
    FAMILY, CALLED, *WHERE, PEOPLE, Column("state", sentence("Keadaan"), say=labelled(State)),
    _day("visited_on", sentence("Kunjungan terakhir")), _day("decided_on", sentence("Diputuskan pada")),
    Column("reason", sentence("Pesan petugas")), Column("missed", sentence("Terlewat pada putaran")),
    Column("no_birthday", sentence("Orang tanpa tanggal lahir"), form=Form.COUNT),
    _unanswered(Block.MEMBERS, sentence("Belum diisi tentang anggota")),
    _unanswered(Block.PLANNING, sentence("Belum diisi tentang KB")),
    _unanswered(Block.DEVELOPMENT, sentence("Belum diisi tentang kehidupan keluarga")),
    _unanswered(Block.HOUSING, sentence("Belum diisi tentang rumah")),
)  # fmt: skip
CHECKS = Sheet(
    "checks", "pengesahan", sentence("Pengesahan data keluarga"),
    sentence("Satu baris untuk setiap keluarga: sah atau belum, kapan dikunjungi, dan apa yang belum diisi."),
    CHECKED,
    filters=(Filter("state", sentence("Keadaan"), tuple(Choice(one.value, one.label) for one in State)),),
)  # fmt: skip
VISITS = Sheet(
    "visits", "kunjungan", sentence("Daftar kunjungan"),
    sentence("Satu baris untuk setiap keluarga yang perlu dikunjungi pada putaran ini, dan apa yang ditanyakan."),
    CHECKED,
)  # fmt: skip

SHEETS = MappingProxyType(
    {one.key: one for one in (FAMILIES, MEMBERS, *SURVEY, AID, LISTED, EVENTS, MEASUREMENTS, CHECKS, VISITS)}
)
BY_SLUG = MappingProxyType({one.slug: one for one in SHEETS.values()})
