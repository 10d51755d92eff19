import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.regions import rules
from balai.regions.rules import BelowKind, Level
from tests.regions.drawn import rows

DIGITS = st.tuples(st.integers(11, 96), st.integers(1, 99), st.integers(1, 99), st.integers(1001, 3999))
CODES = DIGITS.map(lambda parts: "{:02d}.{:02d}.{:02d}.{:04d}".format(*parts))

WRITTEN = """
text           | code
---------------+--------------
76             | 76
7605           | 76.05
760503         | 76.05.03
7605032024     | 76.05.03.2024
 76.05.03.2024 | 76.05.03.2024
76-05-03-2024  | 76.05.03.2024
760            | none
76050320       | none
76.05.03.20245 | none
majene         | none
٧٦             | none
"""

TYPED = """
text        | start
------------+--------
7           | none
76          | 76
760         | 76.0
76050       | 76.05.0
7605032     | 76.05.03.2
76.05.      | 76.05
76.05.03.20 | 76.05.03.20
.76         | none
19 Nopember | none
2 x 11      | none
12345678901 | none
"""

KINDS = """
code          | name                  | level     | kind
--------------+-----------------------+-----------+----------
76            | Sulawesi Barat        | PROVINCE  | provinsi
76.05         | Kabupaten Majene      | KABUPATEN | kabupaten
72.71         | Kota Palu             | KABUPATEN | kota
76.05.03      | Sendana               | KECAMATAN | kecamatan
76.05.03.1001 | Mosso                 | VILLAGE   | kelurahan
76.05.03.2024 | Limboro Rambu-Rambu   | VILLAGE   | desa
91.03.01.3001 | Kampung adat          | VILLAGE   | desa_adat
76.05.03.9001 | Belum pernah ada      | VILLAGE   | desa
"""


@pytest.mark.parametrize("row", rows(WRITTEN), ids=lambda row: row["text"])
def test_codes_are_read_as_people_write_them(row):
    assert (rules.dotted(row["text"]) or "none") == row["code"]


@pytest.mark.parametrize("row", rows(TYPED), ids=lambda row: row["text"])
def test_the_start_of_a_code_is_known_while_it_is_typed(row):
    assert (rules.code_start(row["text"]) or "none") == row["start"]


@pytest.mark.parametrize("row", rows(KINDS), ids=lambda row: row["code"])
def test_level_and_kind_stand_in_the_code(row):
    assert rules.level_of(row["code"]).name == row["level"]
    assert rules.kind_of(row["code"], row["name"]) == row["kind"]


@given(CODES)
def test_dots_can_be_left_out_and_put_back(code):
    assert rules.dotted(code.replace(".", "")) == code
    assert rules.code_start(code) == code


@given(CODES, CODES)
def test_a_span_holds_what_is_below_and_nothing_else(code, other):
    lo, hi = rules.span(rules.parent_of(code))
    assert lo <= code < hi
    assert (lo <= other < hi) == other.startswith(lo + ".")


@pytest.mark.parametrize("text", ["x", "7", "76.5", "76.05.03.2024.T001"])
def test_only_official_codes_have_an_official_level(text):
    with pytest.raises(ValueError, match=text):
        rules.level_of(text)


def test_a_place_below_the_village_stands_in_the_villages_span():
    code = rules.below_code("76.05.03.2024", BelowKind.RT, 12)
    assert code == "76.05.03.2024.T012"
    assert "76.05.03.2024" <= code < rules.span("76.05.03.2024")[1]


UNDER = """
kind       | village | dusun | rw  | rt  | posyandu | dasa_wisma
-----------+---------+-------+-----+-----+----------+-----------
dusun      | yes     | no    | no  | no  | no       | no
rw         | yes     | yes   | no  | no  | no       | no
rt         | yes     | yes   | yes | no  | no       | no
posyandu   | yes     | yes   | yes | no  | no       | no
dasa_wisma | yes     | yes   | yes | yes | no       | no
"""


@pytest.mark.parametrize("row", rows(UNDER), ids=lambda row: row["kind"])
def test_what_may_stand_under_what(row):
    kind = BelowKind(row.pop("kind"))
    for parent, allowed in row.items():
        assert rules.may_stand_under(kind, "" if parent == "village" else parent) == (allowed == "yes"), parent


def test_choices_name_every_level_and_kind_of_change():
    assert dict(Level.choices())[4] == "village"
    assert ("recoded", "recoded") in rules.ChangeKind.choices()
