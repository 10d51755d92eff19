import csv

import pytest

from balai.intake.rules.marking import MONTH_MARKS, marks, month_marks
from balai.intake.rules.registers import VILLAGE, Check, heading, nearest, recognise, registers
from balai.villages.models import VillageMonth
from balai.villages.rules import Mark, plausibility

FILES = {
    "2025-elsimil-bumil.csv": "pregnant", "2025-elsimil-pascasalin.csv": "postpartum", "data_bkb.csv": "bkb",
    "data_bkb_keluarga.csv": "bkb_families", "data_bkl.csv": "bkl", "data_bkr.csv": "bkr",
    "data_daftar_desa.csv": "villages", "data_ds.csv": "weighing", "data_gati.csv": "gati",
    "data_genting.csv": "genting", "data_kkb.csv": "kkb", "data_mix_kontra.csv": "mix", "data_pikr.csv": "pikr",
    "data_pus.csv": "pus", "data_rdk.csv": "rdk", "data_sidaya.csv": "sidaya", "data_tamasya.csv": "tamasya",
    "data_uppka.csv": "uppka", "data_verval_krs_2024_sem2.csv": "krs", "profil_sumber_daya.csv": "resources",
    "sasaran_poktan_gabung.csv": "poktan",
}  # fmt: skip


def real_headings(path):
    with path.open(newline="") as file:
        line = file.readline()
        return next(csv.reader([line], delimiter=";" if ";" in line else ","))


def test_every_real_file_is_a_register(siga_files):
    found = {path.name: recognise([heading(text) for text in real_headings(path)]) for path in siga_files.iterdir()}
    assert {name: register and register.key for name, register in found.items()} == FILES


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_recognised_by_its_columns_in_any_order_case_and_spacing(siga_files, name):
    headings = [f"  {text.lower()} ".replace(" ", "  ") for text in reversed(real_headings(siga_files / name))]
    assert recognise([heading(text) for text in headings]).key == FILES[name]


def test_every_column_of_every_real_file_is_declared(siga_files):
    ignored = {*VILLAGE, "KODE", "NO", "BULAN", "PERIODE", ""}
    for name, key in FILES.items():
        headings = {heading(text) for text in real_headings(siga_files / name)}
        assert headings - ignored == set(registers()[key].columns), name


@pytest.mark.parametrize("name", FILES)
def test_a_column_that_is_not_in_the_signature_may_be_missing(siga_files, name):
    headings = [heading(text) for text in real_headings(siga_files / name)]
    register = registers()[FILES[name]]
    alone = {one for either in register.signature if len(either) == 1 for one in either}
    for missing in set(register.columns) - alone:
        rest = [text for text in headings if text != missing]
        assert recognise(rest) is register, missing


def test_an_unknown_file_is_told_what_it_lacks():
    register, lacking = nearest(["PROVINSI", "KABUPATEN", "KECAMATAN", "PUS", "BULAN", "KELURAHAN"])
    assert (register.key, lacking) == ("pus", ["UNMET NEED"])
    assert recognise(["PROVINSI", "PUS", "UNMET NEED"]) is None
    assert recognise(["PROVINSI", "KABUPATEN"]) is None
    assert recognise([]) is None


def test_the_declaration_holds_together():
    fields = {field.name for field in VillageMonth._meta.fields}
    owners = {}
    for register in registers().values():
        keys = {column.key for column in register.columns.values()}
        assert len(keys) == len(register.columns)
        assert {key for check in register.checks for key in check.keys} <= keys
        assert {check.name for check in register.checks} <= plausibility.CHECKS.keys()
        assert {key for columns in register.month.values() for key in columns} <= keys
        assert register.month.keys() <= fields
        assert all(set(either) <= set(register.columns) for either in register.signature)
        for name in register.month:
            assert owners.setdefault(name, register.key) == register.key
    assert {field for field, _bits in MONTH_MARKS.values()} <= fields


@pytest.mark.parametrize(
    ("heading_as_written", "form"),
    [("  Kab/Kota ", "KABUPATEN"), ("DESA / KELURAHAN", "KELURAHAN"), ("> 2019", ">2019"),
     ("LUAS_WILAYAH", "LUAS WILAYAH"),     ("status\nBER - KB", "STATUS BER-KB"), ("Kode Desa", "KODE")],
)  # fmt: skip
def test_headings_are_compared_in_one_form(heading_as_written, form):
    assert heading(heading_as_written) == form


POKTAN = {"bkb_target": 10, "bkb_members": 12, "bkr_target": 5, "bkr_members": 5, "bkl_target": None, "bkl_members": 3}


def test_what_cannot_be_right_is_marked_and_what_is_not_filled_is_not():
    register = registers()["poktan"]
    found = marks(register, POKTAN)
    assert found == [("above_target", ["bkb_members", "bkb_target"])]
    assert month_marks(register, POKTAN, marked=True) == {"groups_marks": Mark.BKB_ABOVE_TARGET}
    assert month_marks(register, POKTAN, marked=False) == {"groups_marks": 0}
    assert month_marks(registers()["gati"], {"count": -1}, marked=True) == {}


MIX = {"users": 10, "modern": 9, "traditional": 1, "injectable": 9, "pill": 0, "condom": 0, "implant": 0, "iud": 0,
       "vasectomy": 0, "tubectomy": 0, "lam": 0}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "checks", "bits"),
    [({}, [], 0), ({"modern": 8}, ["users_sum", "methods_sum"], Mark.SUM), ({"traditional": None}, [], 0),
     ({"pill": -1, "injectable": 10}, ["negative"], Mark.NEGATIVE),
     ({"implant": 11, "modern": None}, ["long_acting_above_users"], Mark.SUM)],
)  # fmt: skip
def test_methods_have_to_add_up(changed, checks, bits):
    values = MIX | changed
    found = marks(registers()["mix"], values)
    assert [name for name, _keys in found] == checks
    assert month_marks(registers()["mix"], values, marked=bool(found)) == {"users_marks": bits}


def test_unmet_need_above_couples_is_marked():
    found = marks(registers()["pus"], {"couples": 5, "unmet": 6})
    assert found == [("unmet_above_couples", ["unmet", "couples"])]
    bits = month_marks(registers()["pus"], {"couples": 5, "unmet": 6}, marked=True)
    assert bits == {"couples_marks": Mark.UNMET_ABOVE_COUPLES}


def test_a_check_knows_whether_it_is_a_sum():
    assert Check("users_sum", ()).is_sum
    assert not Check("above_target", ()).is_sum
