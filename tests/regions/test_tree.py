import pytest

from balai.access.models import AuditEntry
from balai.access.rules import Actor, Role
from balai.base.errors import NotAllowed, NotValid
from balai.regions import actions
from balai.regions.models import Change, Place, PlaceAlias
from tests.conftest import LOADED_AT

SMALL = [("76", "Sulawesi Barat"), ("76.05", "Kabupaten Majene"), ("76.05.03", "Sendana"), ("76.05.03.1001", "Mosso")]


def load(who, places=SMALL, aliases=(), source="package 1"):
    return actions.load_places(**who, places=places, aliases=aliases, source=source)


def test_the_small_tree_of_the_tests_is_whole(tree):
    assert tree["places"] == tree["added"] == Place.objects.count()
    assert Place.objects.within("76").villages().count() == 648
    assert Place.objects.within("16.05").villages().count() == 199
    assert Place.objects.get(pk="62.13").parent.name == "Kalimantan Tengah"
    assert not Place.objects.within("62.01").exists()


@pytest.mark.django_db
def test_places_are_loaded_with_level_kind_and_parent(who):
    assert load(who) == {"places": 4, "added": 4, "changed": 0, "aliases": 0, "missing": 0}
    village = Place.objects.get(pk="76.05.03.1001")
    assert (village.level, village.kind, village.parent_id, village.search_name) == (
        4,
        "kelurahan",
        "76.05.03",
        "MOSSO",
    )
    assert (village.valid_from, village.valid_to, village.source, village.bps_code) == (None, None, "package 1", None)
    assert str(village) == "Mosso (76.05.03.1001)"


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_leaves_no_entry(who):
    load(who, aliases=[("76", "Sulbar", "umum")])
    entries = AuditEntry.objects.count()
    assert load(who, aliases=[("76", "Sulbar", "umum")]) == {
        "places": 4, "added": 0, "changed": 0, "aliases": 0, "missing": 0,
    }  # fmt: skip
    assert AuditEntry.objects.count() == entries == 1


@pytest.mark.django_db
def test_a_new_name_keeps_the_old_one_as_alias_and_is_a_dated_change(who):
    load(who)
    newer = [*SMALL[:3], ("76.05.03.1001", "Mosso Raya")]
    assert load(who, newer, source="package 2")["changed"] == 1
    place = Place.objects.get(pk="76.05.03.1001")
    assert (place.name, place.search_name, place.source) == ("Mosso Raya", "MOSSO RAYA", "package 2")
    assert [(alias.name, alias.source) for alias in place.aliases.all()] == [("Mosso", "package 1")]
    change = Change.objects.get()
    assert (change.kind, change.on, change.old, change.new) == ("renamed", LOADED_AT.date(), place, place)
    assert (change.old_name, change.new_name, change.certain) == ("Mosso", "Mosso Raya", True)
    assert load(who, newer, source="package 2")["changed"] == 0


@pytest.mark.django_db
def test_a_place_that_the_package_lacks_stays_and_is_counted(who):
    load(who)
    assert load(who, SMALL[:3])["missing"] == 1
    assert Place.objects.today().count() == 4


@pytest.mark.django_db
def test_an_alias_that_says_nothing_new_is_left_out(who):
    said = [("76.05.03.1001", "MOSSO", "x"), ("76", "Sulbar", "x"), ("76", "SULBAR", "y"), ("99", "Nowhere", "x")]
    assert load(who, aliases=said)["aliases"] == 1
    assert PlaceAlias.objects.get().source == "x"


def test_another_name_can_be_given_to_a_place(tree, who):
    assert actions.add_alias(**who, code="7605031001", name="  Moso \n Lama ", source="SIGA") is True
    assert actions.add_alias(**who, code="76.05.03.1001", name="MOSO LAMA", source="SIGA") is False
    assert Place.objects.search("moso lama")[0].code == "76.05.03.1001"
    assert AuditEntry.objects.filter(deed="regions.alias").count() == 1
    found = Place.objects.gazetteer("76.05").match("Sulawesi Barat", "Majene", "Sendana", "moso lama")
    assert (found.code, found.how) == ("76.05.03.1001", "alias")


@pytest.mark.parametrize(("code", "name"), [("76.05.03.9999", "Moso"), ("no code", "Moso"), ("76.05.03.1001", " - ")])
def test_a_name_for_nothing_or_without_letters_is_refused(tree, who, code, name):
    with pytest.raises(NotValid):
        actions.add_alias(**who, code=code, name=name, source="x")


@pytest.mark.django_db
def test_only_who_may_loads_and_only_in_the_own_region(who):
    nobody = Actor(name="nobody", role=Role("nobody", frozenset()))
    with pytest.raises(NotAllowed):
        actions.load_places(by=nobody, at=LOADED_AT, places=SMALL)
    elsewhere = Actor(name="elsewhere", role=who["by"].role, ranges=(("16", "16/"),))
    with pytest.raises(NotAllowed):
        actions.add_alias(by=elsewhere, at=LOADED_AT, code="76", name="Sulbar", source="x")
    assert not Place.objects.exists()


def test_a_gazetteer_of_a_region_knows_its_ancestors_and_no_others(tree):
    gazetteer = Place.objects.gazetteer("76.05")
    assert gazetteer.match("SULAWESI BARAT", "MAJENE", "SENDANA", "MOSSO").code == "76.05.03.1001"
    assert gazetteer.match("SULAWESI BARAT", "POLEWALI MANDAR", "ALLU", "ALLU").code is None
    assert Place.objects.gazetteer().match_code("1605011001") == "16.05.01.1001"
    assert Place.objects.gazetteer("76").match_code("1605011001") is None
