import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.regions.rules import search_form
from balai.regions.rules.names import folded, markers, squeezed
from tests.regions.drawn import rows

FORMS = r"""
text                                 | form
-------------------------------------+---------------------------
Kabupaten Majene                     | MAJENE
KAB. MAJENE                          | MAJENE
kab majene                           | MAJENE
Kota Bandung                         | KOTA BANDUNG
Kota Adm. Jakarta Timur              | KOTA JAKARTA TIMUR
Kota Administrasi Jakarta Timur      | KOTA JAKARTA TIMUR
KODYA BOGOR                          | KOTA BOGOR
Kabupaten Administrasi Kep. Seribu   | KEPULAUAN SERIBU
ADM. KEP. SERIBU                     | KEPULAUAN SERIBU
Provinsi Jawa Barat                  | JAWA BARAT
PROV. KEP. RIAU                      | KEPULAUAN RIAU
Kabupaten                            | KABUPATEN
Kota Baru                            | KOTA BARU
LIMBORO RAMBU-\nRAMBU                | LIMBORO RAMBU RAMBU
Limboro   Rambu - Rambu              | LIMBORO RAMBU RAMBU
Ra"as                                | RAAS
Ra'as                                | RAAS
Ba’ba Tapua                          | BABA TAPUA
Teuw*                                | TEUW
2 x 11 Anam Lingkuang                | 2 X 11 ANAM LINGKUANG
Désa Café                            | DESA CAFE
Papuyu I Sei. Pasanan                | PAPUYU I SEI PASANAN
Kepuh                                | KEPUH
100%_a\b                             | 100 A B
...                                  |
"""


@pytest.mark.parametrize("row", rows(FORMS), ids=lambda row: row["text"])
def test_ways_of_writing_a_name_have_one_form(row):
    assert search_form(row["text"]) == row["form"]


@given(st.text())
def test_case_and_space_around_do_not_matter(text):
    form = search_form(text)
    assert search_form(f"  {text}\n") == form
    assert form == " ".join(form.split())
    assert search_form(form.lower()) in {form, search_form(form)}


HEARD = """
one          | other         | alike
-------------+---------------+------
MADATE       | MADATTE       | yes
PODA         | PODA PODA     | yes
ARJO SARI    | ARJOSARI      | yes
TAMANGGALLE  | TAMMANGALLE   | yes
X I          | X II          | no
X II         | X III         | no
SP 1         | SP 11         | no
BARU         | BARAT         | no
"""


@pytest.mark.parametrize("row", rows(HEARD), ids=lambda row: row["one"])
def test_doubled_letters_and_words_sound_alike_but_numbers_do_not(row):
    assert (folded(row["one"]) == folded(row["other"])) == (row["alike"] == "yes")


def test_the_words_that_tell_neighbours_apart():
    assert markers("KARYA BARU BARAT II") == ["BARAT", "BARU", "II"]
    assert markers("BARU") == []
    assert squeezed("INDOMAKKOMBO NG") == "INDOMAKKOMBONG"
