"""What is unlikely is told and never refused: drawn tables."""

from datetime import date

import pytest

from balai.families.rules import Member, age, unlikely

ON = date(2025, 12, 16)
SEXES, RELATIONS = {"l": 1, "p": 2}, {"kepala": 1, "pasangan": 2, "anak": 3, "lain": 4}


def people(table):
    """Members of a drawn table: key | sex | relation | born | mother | why no NIK ("ada": has one; "keliru": bad)."""
    for line in table.strip().splitlines():
        key, sex, relation, born, mother, nik = [cell.strip() for cell in line.split("|")]
        yield Member(
            key, SEXES[sex], RELATIONS[relation], date.fromisoformat(born) if born else None, mother or None,
            None if nik in ("ada", "keliru", "") else nik, nik in ("ada", "keliru"), nik != "keliru",
        )  # fmt: skip


FAMILIES = {
    "nothing strange": (
        """budi | l | kepala   | 1980-01-02 |      | ada
           siti | p | pasangan | 1984-05-17 |      | ada
           adi  | l | anak     | 2025-12-01 | siti | newborn
           eko  | l | lain     |            |      | unknown""",
        [],
    ),
    "a head of five": ("adi | l | kepala | 2020-12-17 | | ada", [("adi", "Kepala keluarga berumur")]),
    "a head of six": ("adi | l | kepala | 2019-12-16 | | ada", []),
    "a spouse of nine": (
        "budi | l | kepala | 1980-01-02 | | ada\nsiti | p | pasangan | 2016-01-02 | | ada",
        [("siti", "Suami/istri berumur")],
    ),
    "a couple of one sex": (
        "budi | l | kepala | | | ada\nsiti | l | pasangan | | | ada",
        [("siti", "Suami dan istri tercatat berjenis kelamin sama")],
    ),
    "a child of 41": (
        "a | p | kepala | | | ada\nb | l | anak | 1984-12-16 | | ada",
        [("b", "Anak berumur di atas 40")],
    ),
    "no NIK and no reason": ("budi | l | kepala | | |", [("budi", "NIK belum diisi")]),
    "a NIK that can be none": ("budi | l | kepala | | | keliru", [("budi", "Susunan angka NIK-nya tidak lazim")]),
    "a newborn of one year": (
        "s | p | kepala | | | ada\na | l | anak | 2024-12-16 | s | newborn",
        [("a", "Dicatat sebagai bayi baru lahir")],
    ),
    "a mother of 11": (
        "s | p | kepala | 2000-01-01 | | ada\na | l | anak | 2011-12-31 | s | ada",
        [("a", "Ibu berumur 11 tahun")],
    ),
    "a mother of 12": ("s | p | kepala | 2000-01-01 | | ada\na | l | anak | 2012-01-01 | s | ada", []),
    "a mother of 55": ("s | p | kepala | 1950-01-01 | | ada\na | l | anak | 2005-12-31 | s | ada", []),
    "a mother of 56": (
        "s | p | kepala | 1950-01-01 | | ada\na | l | anak | 2006-01-01 | s | ada",
        [("a", "Ibu berumur 56 tahun")],
    ),
    "a mother who is no wife": (
        "b | l | kepala | | | ada\ns | p | lain | | | ada\na | l | anak | | s | ada",
        [("a", "Ibu yang dipilih bukan istri")],
    ),
    "a mother whose day of birth is not known": ("s | p | kepala | | | ada\na | l | anak | 2020-01-01 | s | ada", []),
    "a mother elsewhere": ("b | l | kepala | | | ada\na | l | anak | | far | ada", []),
}


@pytest.mark.parametrize(("table", "found"), FAMILIES.values(), ids=FAMILIES.keys())
def test_what_is_unlikely_is_told_beside_the_person(table, found):
    told = [(key, str(said)) for key, said in unlikely(list(people(table)), ON)]
    assert [key for key, _said in told] == [key for key, _said in found]
    assert all(text.startswith(begins) for (_key, text), (_one, begins) in zip(told, found, strict=True))


def test_an_age_is_counted_in_completed_years():
    assert [age(date(2020, 2, 29), on) for on in (date(2021, 2, 28), date(2021, 3, 1))] == [0, 1]
