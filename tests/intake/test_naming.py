import pytest

from balai.intake.inputs.naming import Naming
from balai.regions.rules import Gazetteer

PLACES = [
    ("76", "Sulawesi Barat"), ("76.01", "Pasangkayu"), ("76.01.01", "Baras"), ("76.01.02", "Sarudu"),
    ("76.01.01.2001", "Kasoloang"), ("76.01.01.2002", "Balanti"), ("76.01.02.2001", "Patika"),
]  # fmt: skip
PATH = ("Sulawesi Barat", "Kab. Pasangkayu", "BARAS")


@pytest.fixture
def naming():
    return Naming(Gazetteer(PLACES))


@pytest.mark.parametrize(
    ("village", "kode", "code"),
    [("KASOLOANG", "", "76.01.01.2001"), ("KASO-\nLOANG", "", "76.01.01.2001"), ("KASOLOANG", "2001", "76.01.01.2001"),
     ("KASOLOANG", "2001.0", "76.01.01.2001"), ("KASOLOANG", "9999", "76.01.01.2001"),
     ("KASOLOANG", "abc", "76.01.01.2001"),
     ("KASOLANGAN", "2001", "76.01.01.2001")],
)  # fmt: skip
def test_a_village_is_found_by_its_names_and_its_code(naming, village, kode, code):
    assert naming.find(*PATH, village, kode).code == code


@pytest.mark.parametrize(
    ("names", "kode", "status", "column"),
    [((*PATH, "KASOLOANG"), "2002", "waiting", "KODE"), ((*PATH, "NEGERI ANTAH"), "", "waiting", "KELURAHAN"),
     ((*PATH, " -- "), "", "refused", "KELURAHAN"), (("Entah", "x", "y", "z"), "", "refused", "PROVINSI"),
     ((PATH[0], "Entah", "y", "z"), "", "refused", "KABUPATEN"),
     ((*PATH[:2], "SARODO BARU", "PATIKA"), "", "waiting", "KECAMATAN")],
)  # fmt: skip
def test_a_village_that_is_not_found_says_what_to_do(naming, names, kode, status, column):
    found = naming.find(*names, kode)
    assert (found.code, found.status, found.column) == (None, status, column)
    assert str(found.reason)
    assert str(found.remedy)


def test_the_remedy_names_the_place_of_the_level_that_is_unknown(naming):
    assert 'balai regions alias 76.01.01.2002 "BALANTE BARU"' in str(naming.find(*PATH, "BALANTE BARU").remedy)
    assert 'balai regions alias 76.01.02 "SARODO BARU"' in str(naming.find(*PATH[:2], "SARODO BARU", "x").remedy)
    assert 'balai regions alias KODE "QQQ"' in str(naming.find(*PATH, "QQQ").remedy)


def test_a_taught_name_is_known_without_its_code_and_kept_as_a_spelling(naming):
    assert naming.find(*PATH, "kasolangan ").code is None
    naming.teach((*PATH, "KASOLANGAN"), "2001")
    naming.teach((*PATH, "KASOLOANG"), "2001")
    assert naming.find(*PATH, "KASOLANGAN").code == "76.01.01.2001"
    assert list(naming.spellings.values()) == [("76.01.01.2001", "KASOLANGAN")]
