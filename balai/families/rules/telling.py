"""How the page of a family tells what stands in the trail: deeds, fields and codes as sentences."""

from collections.abc import Mapping
from types import MappingProxyType

from balai.access.rules import deeds
from balai.base.words import sentence
from balai.families.rules.codes import LeftReason, NoNik, Relation, Sex

# What the page names as the trail does; the rest follows in words of its own, or is OTHER_DEED.
TOLD = {"aid", "event", "list", "measurement", "person", "survey"}
TOLD_EACH = {"family.correct", "number.reveal", "quality.form", "quality.undo"}
DEEDS = MappingProxyType(
    {
        **{deed: said for deed, said in deeds.DEEDS.items() if deed in TOLD_EACH or deed.partition(".")[0] in TOLD},
        "family.view": sentence("melihat halaman ini"),
        "family.form": sentence("membuka formulir keluarga ini"),
        "family.list": sentence("melihat keluarga ini dalam daftar"),
        "family.search": sentence("menemukan keluarga ini dengan nama atau alamat"),
        "export.write": sentence("mengunduh daftar yang memuat keluarga ini"),
        "number.export": sentence("mengunduh daftar yang memuat nomor lengkap keluarga ini"),
        "number.search": sentence("menemukan keluarga ini dengan nomor"),
        "family.add": sentence("mencatat keluarga ini"),
        "family.load": sentence("mencatat keluarga ini bersama banyak keluarga"),
        "family.leave": sentence("mencatat bahwa keluarga ini tercatat dua kali"),
        "person.document": sentence("mencatat dokumen anggota"),
        "person.add": sentence("menambahkan anggota"),
        "person.correct": sentence("membetulkan data anggota"),
        "quality.list": sentence("melihat keluarga ini dalam daftar pemeriksaan"),
        "quality.send_back": sentence("mengembalikan data keluarga ini kepada kader"),
        "quality.verify": sentence("mengesahkan data keluarga ini"),
    }
)
OTHER_DEED = sentence("mengolah data keluarga ini")
LOOKING = frozenset(
    {
        "aid.form", "aid.list", "aid.look", "list.desk",
        "event.form", "event.list",
        "export.write", "number.export",
        "family.view", "family.form", "family.list", "family.search", "number.search", "number.reveal",
        "measurement.form", "measurement.list", "measurement.view",
        "quality.form", "quality.list",
        "survey.form", "survey.print", "survey.view",
    }
)  # fmt: skip

FIELDS = MappingProxyType(
    {
        "address": sentence("alamat"),
        "since_on": sentence("tinggal sejak"),
        "kk": sentence("nomor KK"),
        "nik": sentence("NIK"),
        "region": sentence("tempat"),
        "left_on": sentence("tidak tinggal di sini sejak"),
        "left_reason": sentence("sebabnya"),
        "name": sentence("nama"),
        "sex": sentence("jenis kelamin"),
        "relation": sentence("hubungan"),
        "born_on": sentence("tanggal lahir"),
        "mother": sentence("ibu"),
        "no_nik": sentence("sebab tidak ada NIK"),
        "birth_order": sentence("kelahiran ke"),
        "document_card": sentence("KTP elektronik"),
        "document_family_card": sentence("Tercantum dalam kartu keluarga"),
        "document_birth": sentence("Akta kelahiran"),
        "document_child_card": sentence("Kartu Identitas Anak (KIA)"),
        "document_marriage": sentence("Buku nikah atau akta perkawinan"),
    }
)
HELD: Mapping[object, str] = MappingProxyType({True: sentence("ada"), False: sentence("belum ada")})
NOTHING = sentence("belum diisi")
_CODES: Mapping[str, Mapping[object, str]] = MappingProxyType(
    {
        "sex": {one.value: one.label for one in Sex},
        "relation": {one.value: one.label for one in Relation},
        "no_nik": {one.value: one.label for one in NoNik},
        **{field: HELD for field in FIELDS if field.startswith("document_")},
        "left_reason": {one.value: one.label for one in LeftReason},
    }
)


def told_value(field: str, value: object) -> str:
    """A value before or after, as a sentence: a code by its word, nothing as nothing."""
    if value in (None, ""):
        return NOTHING
    return str(_CODES.get(field, {}).get(value, value))
