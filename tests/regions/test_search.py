import pytest

from balai.regions import actions
from balai.regions.models import Place
from tests.regions.drawn import rows

SEARCHES = r"""
text                 | within | first
---------------------+--------+--------------------------------------
sendana majene       |        | 76.05.03, 76.05.03.2021
mosso sendana        |        | 76.05.03.1001, 76.05.03.1002
SENDANA   mosso      |        | 76.05.03.1001, 76.05.03.1002
kel. mosso sendana   |        | 76.05.03.1001, 76.05.03.1002
Kecamatan Sendana    |        | 76.05.03
kab. majene          |        | 76.05
Kabupaten Majene     |        | 76.05
majene               |        | 76.05
limboro rambu-\nrambu|        | 76.05.03.2024
ba’ba tapua          |        | 76.04.09.2006
dhua mosso           |        | 76.05.03.1002
tugumulyo            | 16.05  | 16.05.01
tugumulyo            | 76     |
76.05.03             |        | 76.05.03, 76.05.03.1001
760503               |        | 76.05.03, 76.05.03.1001
76.05.03.10          |        | 76.05.03.1001, 76.05.03.1002
7605031002           |        | 76.05.03.1002
76.05.               |        | 76.05, 76.05.01
sulbar               |        |
%                    |        |
_                    |        |
x i zzz              |        |
"""


@pytest.mark.parametrize("row", rows(SEARCHES), ids=lambda row: row["text"])
def test_what_a_search_answers_first(tree, row):
    first = [code for code in row["first"].split(", ") if code]
    found = [place.code for place in Place.objects.search(row["text"], within=row["within"])]
    assert found[: len(first) or None] == first


def test_exact_comes_before_prefix_before_inside_and_higher_before_lower(tree):
    names = [place.name for place in Place.objects.search("mapilli")]
    assert names[:3] == ["Mapilli", "Mapilli", "Mapilli Barat"]
    found = Place.objects.search("baru", limit=500)
    ranks = [
        0 if place.search_name in {"BARU", "KOTA BARU"} else 1 if place.search_name.startswith("BARU") else 2
        for place in found
    ]
    assert ranks == sorted(ranks)
    inside = [place.level for place, rank in zip(found, ranks, strict=True) if rank == 2]
    assert inside == sorted(inside)


def test_a_short_word_begins_a_name_and_short_words_together_still_find(tree):
    assert all(place.search_name.startswith("MO") for place in Place.objects.search("mo"))
    assert "X I" not in {place.name for place in Place.objects.search("x i")}
    assert Place.objects.search("") == Place.objects.search(" - ") == []
    assert len(Place.objects.search("a", limit=7)) == 7


def test_another_name_and_an_ended_place_are_found_the_ended_one_last(tree, who, day):
    actions.add_alias(**who, code="76.05.03.1002", name="Mosso Tua Sekali", source="x")
    assert [place.code for place in Place.objects.search("tua sekali")] == ["76.05.03.1002"]
    assert [place.code for place in Place.objects.search("mosso tua sekali")][0] == "76.05.03.1002"
    actions.end_place(**who, code="76.05.03.1001", on=day, reason="test")
    assert [place.code for place in Place.objects.search("mosso sendana")] == ["76.05.03.1002", "76.05.03.1001"]
    assert Place.objects.search("kota lain") == []


def test_answers_carry_their_ancestors(tree, django_assert_num_queries):
    place = Place.objects.search("mosso sendana")[0]
    with django_assert_num_queries(0):
        assert place.parent.parent.parent.name == "Sulawesi Barat"
