"""Items, agencies, Pokja sections, Rumah DataKu classes, founding spans: what the registry knows by rule."""

from datetime import date

import pytest

from balai.base.errors import NotValid
from balai.villages import rules
from balai.villages.rules import DataHouseClass, Extent, ItemKind, PokjaTemplate

CONTRACT = {
    *("pokja", "pokja_sk", "pokja_members", "pokja_trained", "pokja_trained_members", "pokja_training"),
    *("fund_apbn", "fund_apbd", "fund_dana_desa", "fund_hibah", "fund_csr", "fund_swadaya"),
    *("poktan_bkb", "poktan_bkr", "poktan_bkl", "poktan_uppka", "poktan_pikr", "secretariat", "data_house"),
    *("companion", "regulation", "rkm", "latitude", "longitude", "overview"),
    *("data_use", "use_pk", "use_routine", "use_potential", "use_sector", "use_other"),
    *("mech_planning", "mech_coordination", "mech_socialisation", "mech_monitoring", "mech_reporting"),
}


def test_every_item_is_named_explained_and_sourced_in_both_languages():
    for item in rules.items().values():
        texts = (item.name_id, item.name_en, item.help_id, item.help_en, item.source)
        assert all(text.strip() for text in texts), item.key
        assert item.help_id.endswith("."), item.key
        assert len(item.key) <= 40
        assert item.group in rules.groups()
    assert set(rules.items()) >= CONTRACT


def test_parts_of_the_form_have_their_size():
    sizes = {group: len(rules.items_of(group)) for group in ("funds", "poktan", "facilities", "mechanisms")}
    assert sizes == {"funds": 6, "poktan": 5, "facilities": 2, "mechanisms": 5}
    assert {key for key in rules.items() if key.startswith("use_")} < set(rules.items_of("data_uses"))
    assert len(rules.items_of("population")) == 2 * 16 + 6
    assert rules.items()["companion"].choices == tuple(rules.CompanionKind)
    assert rules.items()["mech_planning"].choices == tuple(rules.Frequency)
    assert rules.items()["pokja_members"].kind is ItemKind.COUNT


def test_the_37_agencies_and_the_two_of_the_programme_itself():
    assert list(rules.agencies()) == list(range(1, 38))
    assert rules.own_programme() == (26, 34)
    assert {agency.number for agency in rules.agencies().values() if agency.pentahelix is None} == {37}


def test_agencies_are_those_of_the_national_portal(shared_data):
    lines = (shared_data / "kampung_kb" / "reference_lists.csv").read_text("utf-8").splitlines()
    portal = {
        int(line.split(",")[1]): line.split(",")[2] for line in lines if line.startswith("lintas_sektor_instansi,")
    }
    assert set(portal) == set(rules.agencies())

    def words(name):
        return {word.upper() for word in name.replace("/", " ").split() if len(word) > 3}

    same = [number for number, name in portal.items() if words(name) & words(rules.agencies()[number].name_id)]
    assert len(same) >= 33


def test_every_family_function_has_one_of_the_four_sections():
    four, eight = (rules.SECTIONS[template] for template in PokjaTemplate)
    assert set(rules.SECTION_OF) == set(eight)
    assert set(rules.SECTION_OF.values()) == set(four) - {"data"}
    assert rules.functions_of("data") == ()
    assert sorted(function for section in four for function in rules.functions_of(section)) == sorted(eight)
    assert rules.functions_of("penataan") == ("lingkungan",)


def found(*figures):
    return dict(zip(rules.FOUND, figures, strict=True))


@pytest.mark.parametrize(
    # SK, orientation, facilities, kinds of data, presentations, uses
    ("figures", "expected"),
    [
        ((1, 1, 1, 1, 1, None), DataHouseClass.SIMPLE),
        ((1, 1, 1, 1, 1, 0), DataHouseClass.SIMPLE),
        ((0, 1, 1, 1, 1, 1), None),
        ((None, 3, 9, 9, 9, 3), None),
        ((1, 0, 1, 1, 1, 1), None),
        ((1, 1, 0, 1, 1, 1), None),
        ((1, 1, 1, 0, 1, 1), None),
        ((1, 1, 1, 1, 0, 1), None),
        ((1, 2, 2, 3, 2, 1), DataHouseClass.COMPLETE),
        ((1, 2, 1, 3, 2, 1), DataHouseClass.SIMPLE),
        ((1, 2, 2, 2, 2, 1), DataHouseClass.SIMPLE),
        ((1, 2, 2, 3, 1, 1), DataHouseClass.SIMPLE),
        ((1, 2, 2, 3, 2, 0), DataHouseClass.SIMPLE),
        ((1, 1, 9, 9, 9, 3), DataHouseClass.SIMPLE),
        ((1, 3, 2, 3, 2, 1), DataHouseClass.FULL),
        ((1, 3, 2, 3, 2, None), DataHouseClass.SIMPLE),
        ((None, None, None, None, None, None), None),
    ],
)
def test_the_class_of_a_data_house(figures, expected):
    assert rules.data_house_class(found(*figures)) == expected


def test_what_a_data_house_lacks_for_the_next_class():
    house_class, gaps = rules.next_class(found(1, 1, 1, 3, None, 0))
    assert house_class is DataHouseClass.SIMPLE
    assert gaps == [rules.Gap("presentations", None, 1)]
    house_class, gaps = rules.next_class(found(1, 2, 1, 3, 2, None))
    assert house_class is DataHouseClass.COMPLETE
    assert gaps == [rules.Gap("facilities", 1, 2), rules.Gap("uses", None, 1)]
    assert rules.next_class(found(1, 2, 2, 3, 2, 1))[1] == [rules.Gap("orientation", 2, 3)]
    assert rules.next_class(found(1, 3, 2, 3, 2, 1)) is None


def test_limits_that_were_cut_off_in_the_source_say_so():
    assert [limits.house_class for limits in rules.LIMITS] == list(DataHouseClass)[:3]
    assert ["terpotong" in limits.source for limits in rules.LIMITS] == [False, False, True]


@pytest.mark.parametrize("wrong", [{"warna": 1}, {"uses": -1}])
def test_what_is_found_has_known_names_and_counts(wrong):
    with pytest.raises(NotValid):
        rules.check_found(wrong)


def test_what_is_not_named_is_not_filled():
    assert rules.check_found({"decree": 1, "uses": None})["facilities"] is None


SPAN = (date(2020, 1, 1), date(2025, 12, 5))


@pytest.mark.parametrize(
    ("known", "told", "expected"),
    [
        (SPAN, (None, None), None),
        ((None, None), SPAN, SPAN),
        (SPAN, SPAN, None),
        (SPAN, (date(2019, 1, 1), date(2026, 1, 1)), None),
        (SPAN, (date(2021, 1, 1), date(2026, 1, 1)), (date(2021, 1, 1), date(2025, 12, 5))),
        (SPAN, (date(2026, 1, 1), date(2027, 1, 1)), None),
        ((date(2021, 5, 5), date(2021, 5, 5)), SPAN, None),
    ],
)
def test_two_spans_of_founding_leave_the_narrower(known, told, expected):
    assert rules.narrowed(known, told) == expected


def test_coverage_has_an_order():
    assert rules.narrower(Extent.RW, Extent.DUSUN)
    assert not rules.narrower(Extent.VILLAGE, Extent.VILLAGE)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2025, 11, 30), date(2024, 12, 1)),
        (date(2025, 2, 28), date(2024, 3, 1)),
        (date(2024, 2, 28), date(2023, 3, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 7, 15), date(2024, 7, 16)),
    ],
)
def test_twelve_months_end_with_the_day(day, first):
    assert rules.year_before(day) == first
