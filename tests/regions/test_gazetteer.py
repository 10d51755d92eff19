import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from balai.regions import inputs
from balai.regions.rules import Gazetteer, Level, Suggestion, search_form
from balai.regions.rules.names import folded, squeezed
from tests.regions.drawn import rows

MAMUJU = ("Sulawesi Barat", "Kab. Mamuju", "Simboro")
INVENTED = [
    ("76", "Sulawesi Barat"),
    ("76.02", "Kabupaten Mamuju"),
    ("76.71", "Kota Palopo"),
    ("76.02.01", "Simboro"),
    ("76.02.02", "Kalukku Barat"),
    ("76.02.01.1001", "Baru"),
    ("76.02.01.2001", "Barru"),
    ("76.02.01.2002", "Mapilli"),
    ("76.02.01.2003", "Mapilli Barat"),
    ("76.02.01.2004", "Karya I"),
    ("76.02.01.2005", "Karya II"),
    ("76.02.01.1006", "Sorkam Kanan"),
    ("76.02.01.2006", "Sorkam Kanan"),
    ("76.02.01.2007", "Sumberjo"),
    ("76.02.01.2008", "Tangan-Tangan"),
    ("76.02.01.2009", "Wonorejo Makmur"),
    ("76.02.01.2010", "Lampoko"),
    ("76.02.01.2011", "Lampeko"),
    ("76.02.01.2012", "Kota Tinggi"),
    ("76.02.01.2013", "Desa Lama"),
    ("76.02.02.2001", "Pokkang"),
]
ALIASES = [("76.02.01.2007", "Desa Sumber Rejo Lama"), ("76.99", "Unknown")]

WRITTEN = r"""
village               | four | code          | how
----------------------+------+---------------+--------
baru                  |      | 76.02.01.1001 | exact
BARRU                 |      | 76.02.01.2001 | exact
BARRUU                |      |               | none
Mapili                |      | 76.02.01.2002 | similar
MAPILI BARAT          |      | 76.02.01.2003 | similar
Mapilli Timur         |      |               | none
Mapilli Timur         | 2003 |               | none
Karya I               |      | 76.02.01.2004 | exact
KARYA  II             |      | 76.02.01.2005 | exact
Karya III             |      |               | none
Karya III             | 2005 |               | none
Sorkam Kanan          |      |               | none
Sorkam Kanan          | 1006 | 76.02.01.1006 | exact
Sorkam Kanan          | 2006 | 76.02.01.2006 | exact
Sorkam Kanan          | 2999 |               | none
desa sumber rejo lama |      | 76.02.01.2007 | alias
SUMBEREJO             |      | 76.02.01.2007 | similar
SUMBEREJO             | 2007 | 76.02.01.2007 | code
SUMBEREJO             | 2010 |               | none
Gumberjo              |      |               | none
Tangan                |      | 76.02.01.2008 | similar
TANGAN-\nTANGAN       |      | 76.02.01.2008 | exact
Wonoreja Makmor       |      | 76.02.01.2009 | similar
Wonoraja Mokmor       |      |               | none
Wonoraja Mokmor       | 2009 | 76.02.01.2009 | code
Lampiko               |      |               | none
Lampiko               | 2010 | 76.02.01.2010 | code
Lampiko               | 2001 |               | none
Pokkang               |      |               | none
Tinggi                |      |               | none
Desa Mapilli          |      | 76.02.01.2002 | alias
KEL. BARU             |      | 76.02.01.1001 | alias
Desa Lama             |      | 76.02.01.2013 | exact
Lama                  |      |               | none
                      |      |               | none
                      | 2001 |               | none
"""


@pytest.fixture(scope="module")
def invented():
    return Gazetteer(INVENTED, ALIASES)


@pytest.mark.parametrize("row", rows(WRITTEN), ids=lambda row: f"{row['village']}/{row['four']}")
def test_a_name_finds_its_village_or_none(invented, row):
    found = invented.match(*MAMUJU, row["village"], row["four"] or None)
    assert (found.code or "", found.how) == (row["code"], row["how"])
    assert (found.missing is Level.VILLAGE) == (found.code is None)


def test_the_least_sure_step_says_how_it_was_found(invented):
    assert invented.match("SULAWESI BARAT", "MAMUJU", "SIMBORRO", "Baru").how == "similar"


def test_a_kota_is_found_without_its_word_when_no_kabupaten_bears_the_name(invented):
    found = invented.match("Sulawesi Barat", "Palopo", "Wara", "Lagaligo")
    assert (found.code, found.missing) == (None, Level.KECAMATAN)
    assert invented.match("Sulawesi Barat", "Mamuju", "Kec. Simboro", "Baru").how == "alias"


def test_what_is_missing_is_named_with_the_nearest_names(invented):
    assert invented.match("Jawa", "Mamuju", "Simboro", "Baru").missing is Level.PROVINCE
    assert invented.match("Sulawesi Barat", "Mamasa", "Simboro", "Baru").missing is Level.KABUPATEN
    found = invented.match(*MAMUJU, "Sumber Rejo Makmur")
    assert found.suggestions[0].name in {"Sumberjo", "Wonorejo Makmur"}
    assert invented.match(*MAMUJU, "Sorkam Kanan").suggestions == (
        Suggestion("76.02.01.1006", "Sorkam Kanan"),
        Suggestion("76.02.01.2006", "Sorkam Kanan"),
    )


def test_in_an_unknown_kecamatan_the_villages_of_that_name_are_suggested(invented):
    found = invented.match("Sulawesi Barat", "Mamuju", "Kalukku Tengah", "Pokkang")
    assert (found.code, found.missing) == (None, Level.KECAMATAN)
    assert found.suggestions == (Suggestion("76.02.02.2001", "Pokkang"),)
    elsewhere = invented.match("Sulawesi Barat", "Mamuju", "Kalukku Tengah", "Entah")
    assert elsewhere.suggestions == (Suggestion("76.02.02", "Kalukku Barat"),)


def test_a_code_is_known_with_and_without_dots(invented):
    assert invented.match_code("7602012010") == invented.match_code("76.02.01.2010") == "76.02.01.2010"
    assert invented.match_code("7602012999") is None
    assert invented.match_code("Lampoko") is None
    assert invented.name_of("76.02.01.2010") == "Lampoko"


@given(
    st.text(alphabet=st.characters(categories=["L", "Zs", "Nd"]), max_size=25), st.sampled_from(["", "2007", "2010"])
)
def test_an_answer_is_never_far_from_what_was_written(text, four):
    found = Gazetteer(INVENTED).match(*MAMUJU, text, four)
    if found.code is not None:
        form, name = search_form(text), search_form(dict(INVENTED)[found.code])
        near = OSA.distance(squeezed(form), squeezed(name)) <= 2 or folded(form) == folded(name)
        assert near or found.code.endswith(four or "never")


@given(st.sets(st.from_regex(r"\A(Mapilli|Baru|Karya|Suka)( (Barat|Timur|I|II|III|Baru))?\Z"), min_size=2))
def test_neighbours_with_near_names_are_never_confused(names):
    places = [*INVENTED[:4], *((f"76.02.01.{2000 + n}", name) for n, name in enumerate(sorted(names)))]
    gazetteer = Gazetteer(places)
    for code, name in places[4:]:
        assert gazetteer.match(*MAMUJU, name).code == code
        absent = name + " IV"
        assert gazetteer.match(*MAMUJU, absent, code[-4:]).code is None


# -- the nation and the real exports ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def packaged():
    return list(inputs.packaged_places())


@pytest.fixture(scope="module")
def national(packaged):
    return Gazetteer(packaged, [(code, name) for code, name, _source in inputs.packaged_aliases()])


def test_every_village_of_the_nation_is_found_by_its_own_path(national, packaged):
    names = dict(packaged)
    wrong = [
        code
        for code in names
        if len(code) == 13
        and national.match(*(names[code[:end]].upper() for end in (2, 5, 8, 13)), code[-4:]).code != code
    ]
    assert wrong == []


@pytest.mark.slow
def test_building_and_asking_are_quick(packaged):
    start = time.process_time()
    gazetteer = Gazetteer(packaged)
    built = time.process_time() - start
    path = ("SULAWESI BARAT", "MAJENE", "SENDANA", "MOSSO")
    start = time.process_time()
    for _ in range(50_000):
        gazetteer.match(*path)
    rate = 50_000 / (time.process_time() - start)
    assert built < 3
    assert rate > 100_000


ODD = r"""
kecamatan   | village               | name
------------+-----------------------+--------------------
SENDANA     | LIMBORO RAMBU-\nRAMBU | Limboro Rambu-Rambu
SENDANA     | LIMBORO RAMBU- RAMBU  | Limboro Rambu-Rambu
MATAKALI    | INDOMAKKOMBO NG       | Indomakkombong
POLEWALI    | MADATE                | Madatte
TUTAR       | PODA                  | Poda-Poda
WONOMULYO   | ARJO SARI             | Arjosari
WONOMULYO   | GALESON               | Galeso
WONOMULYO   | SUMBEREJO             | Sumberjo
ALLU        | ALU                   | Allu
ALLU        | PUPPU URING           | Puppuuring
BALANIPA    | TAMANGGALLE           | Tammangalle
LUYO        | MAPILI BARAT          | Mapilli Barat
MAPILLI     | MAPILI                | Mapilli
ANREAPI     | PAPANDANGAN           | Pappandangan
BULO        | SEPPORRAKI            | Sepporakki
LIMBORO     | TANDASURA             | Tandassura
"""


@pytest.mark.parametrize("row", rows(ODD), ids=lambda row: row["village"])
def test_odd_names_of_real_exports(national, row):
    kabupaten = "MAJENE" if row["kecamatan"] == "SENDANA" else "POLEWALI MANDAR"
    found = national.match("SULAWESI BARAT", kabupaten, row["kecamatan"], row["village"])
    assert national.name_of(found.code) == row["name"]


def paths(file):
    text = file.read_text(encoding="utf-8-sig")
    first = text.partition("\n")[0]
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    columns = ("PROVINSI", "KABUPATEN", "KECAMATAN", "KELURAHAN")
    found = {(*(row[column] or "" for column in columns), row.get("KODE") or None) for row in table}
    return {path for path in found if any(path)}


def test_every_village_of_every_real_export_matches_with_and_without_its_digits(national, shared_data):
    files = sorted((shared_data / "siga_sulbar_2025").glob("*.csv"))
    assert files
    for file in files:
        for keep in (True, False):
            found = {path: national.match(*path[:4], path[4] if keep else None) for path in paths(file)}
            assert [path for path, match in found.items() if match.code is None] == [], file.name
            assert len({match.code for match in found.values()}) == 312, file.name
            coded = [path for path, match in found.items() if path[4] and match.code[-4:] != path[4]]
            assert coded == [], file.name
