"""How the page of a family tells what stands in the trail: deeds, fields and codes as sentences."""

from collections.abc import Mapping
from types import MappingProxyType

from balai.base.words import sentence
from balai.families.rules.codes import LeftReason, NoNik, Relation, Sex

DEEDS = MappingProxyType(
    {
        "family.view": sentence("melihat halaman ini"),
        "family.form": sentence("membuka formulir keluarga ini"),
        "family.list": sentence("melihat keluarga ini dalam daftar"),
        "family.search": sentence("menemukan keluarga ini dengan nama atau alamat"),
        "family.export": sentence("mengunduh daftar yang memuat keluarga ini"),
        "number.search": sentence("menemukan keluarga ini dengan nomor"),
        "number.reveal": sentence("membuka nomor lengkap"),
        "event.birth": sentence("mencatat kelahiran"),
        "event.death": sentence("mencatat kematian"),
        "event.divorce": sentence("mencatat perceraian"),
        "event.export": sentence("mengunduh daftar peristiwa"),
        "event.form": sentence("membuka isian peristiwa"),
        "event.list": sentence("membuka daftar peristiwa"),
        "event.marriage": sentence("mencatat perkawinan"),
        "event.merge": sentence("mencatat penggabungan keluarga"),
        "event.moved_in": sentence("mencatat pindah masuk"),
        "event.moved_out": sentence("mencatat pindah keluar"),
        "event.moved_within": sentence("mencatat pindah tempat"),
        "event.new_head": sentence("mencatat pergantian kepala keluarga"),
        "event.split": sentence("mencatat pemisahan keluarga"),
        "event.taken_in": sentence("mencatat anggota yang diasuh kerabat"),
        "event.undo": sentence("membatalkan peristiwa"),
        "family.add": sentence("mencatat keluarga ini"),
        "family.load": sentence("mencatat keluarga ini bersama banyak keluarga"),
        "family.correct": sentence("membetulkan data keluarga"),
        "survey.answer": sentence("mencatat jawaban pendataan"),
        "survey.draft": sentence("menyimpan sementara isian pendataan"),
        "survey.form": sentence("membuka isian pendataan"),
        "survey.load": sentence("memuat jawaban pendataan sekaligus"),
        "survey.print": sentence("mencetak formulir pendataan"),
        "survey.undo": sentence("membatalkan jawaban pendataan"),
        "survey.view": sentence("membuka jawaban pendataan"),
        "aid.correct": sentence("membetulkan bantuan"),
        "aid.end": sentence("mencatat bantuan berakhir"),
        "aid.form": sentence("membuka isian bantuan"),
        "aid.import": sentence("memasukkan bantuan dari berkas"),
        "aid.list": sentence("membuka daftar bantuan"),
        "aid.load": sentence("memuat bantuan sekaligus"),
        "aid.look": sentence("memeriksa berkas bantuan"),
        "aid.record": sentence("mencatat bantuan"),
        "aid.reopen": sentence("mengurungkan berakhirnya bantuan"),
        "aid.undo": sentence("mengurungkan catatan bantuan"),
        "aid.undo_file": sentence("mencabut bantuan dari berkas"),
        "list.apply": sentence("menerapkan daftar instansi lain"),
        "list.decide": sentence("memutuskan kecocokan daftar"),
        "list.desk": sentence("membuka usulan kecocokan daftar"),
        "list.remove": sentence("mencabut daftar instansi lain"),
        "list.undecide": sentence("mengurungkan putusan kecocokan daftar"),
        "family.leave": sentence("mencatat bahwa keluarga ini tercatat dua kali"),
        "person.document": sentence("mencatat dokumen anggota"),
        "person.join": sentence("menyatukan catatan orang yang tercatat dua kali"),
        "person.part": sentence("memisahkan kembali catatan yang disatukan"),
        "person.add": sentence("menambahkan anggota"),
        "person.correct": sentence("membetulkan data anggota"),
        "quality.export": sentence("mengunduh daftar kunjungan yang memuat keluarga ini"),
        "quality.form": sentence("membuka isian pengembalian"),
        "quality.list": sentence("melihat keluarga ini dalam daftar pemeriksaan"),
        "quality.send_back": sentence("mengembalikan data keluarga ini kepada kader"),
        "quality.undo": sentence("membatalkan keputusan pengesahan"),
        "quality.verify": sentence("mengesahkan data keluarga ini"),
    }
)
OTHER_DEED = sentence("mengolah data keluarga ini")
LOOKING = frozenset(
    {
        "aid.form", "aid.list", "aid.look", "list.desk",
        "event.export", "event.form", "event.list",
        "family.view", "family.form", "family.list", "family.search", "family.export", "number.search", "number.reveal",
        "quality.export", "quality.form", "quality.list",
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
