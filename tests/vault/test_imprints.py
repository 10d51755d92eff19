"""A row as JSON, and put back from it: whatever was done to it, the former row stands again, or nothing is done."""

import json
from datetime import date

import pytest

from balai.access.models import acting, unscoped
from balai.base.errors import Refused
from balai.families.models import Family, IdentityNumber, PastStay, Person, Reveal
from balai.families.rules import GoneReason, Relation
from balai.privacy.models import Request
from balai.vault import actions as vault
from balai.vault.models import imprints
from tests.families import conftest, register
from tests.families.register import AT, BY, HERE, LATER, RT1
from tests.vault.conftest import folder

pytestmark = pytest.mark.django_db
new_keys = folder
places = conftest.places


@pytest.fixture(autouse=True)
def acts(places):
    with acting(BY):
        yield


def kept(image):
    """As it comes out of a JSON column."""
    return json.loads(json.dumps(image))


def person():
    return register.head_of(register.family(people=[register.head(nik=register.nik())], card=register.nik()))


def now(row):
    return type(row).objects.get(pk=row.pk)


def change(row, **values):
    before = imprints.taken(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return kept(imprints.of_changed(row, before))


def test_a_row_is_taken_with_every_column_but_its_key():
    row = person()
    found = kept(imprints.taken(row))
    assert found.keys() == {field.name for field in Person._meta.concrete_fields} - {"id"}
    assert (found["born_on"], found["family"], found["relation"], found["mother"]) == (
        "1984-05-17", str(row.family_id), 1, None,
    )  # fmt: skip


def test_many_rows_are_taken_as_each_is():
    person()
    register.family(people=[register.head(), register.child()])
    for model in (Family, Person, IdentityNumber):
        rows = model.objects.order_by("pk")
        assert dict(imprints.taken_all(rows)) == {str(row.pk): imprints.taken(row) for row in rows}


def test_what_is_to_the_letter_as_it_was_left_is_known_without_its_row():
    row = person()
    image, columns = kept(imprints.of_made(row)), imprints.taken(row)
    assert imprints.is_as_left(image, columns)
    assert not imprints.is_as_left(image, columns | {"name": "Lain"})
    assert not imprints.is_as_left(image, None)
    assert not imprints.is_as_left(kept(imprints.of_removed(row)), columns)


def test_a_changed_row_has_only_what_differs_and_becomes_what_it_was():
    row = person()
    image = change(row, gone_on=date(2025, 3, 1), gone_reason=GoneReason.DIED.value)
    assert image == {
        "table": "families.person", "pk": str(row.pk), "before": {"gone_on": None, "gone_reason": None},
        "after": {"gone_on": "2025-03-01", "gone_reason": "died"},
    }  # fmt: skip
    imprints.put_back(image)
    assert (now(row).gone_on, now(row).gone_reason) == (None, None)


def test_what_was_changed_elsewhere_in_the_row_stays():
    row = person()
    image = change(row, relation=Relation.OTHER.value)
    Person.objects.filter(pk=row.pk).update(name="Siti Rahayu")
    imprints.put_back(image)
    assert (now(row).name, now(row).relation) == ("Siti Rahayu", Relation.HEAD)


def test_where_nothing_differs_there_is_no_image():
    row = person()
    assert imprints.of_changed(row, imprints.taken(row)) is None


def test_a_row_that_changed_since_is_not_put_back():
    row = person()
    image = change(row, region=RT1)
    change(row, region=HERE + ".T002")
    with pytest.raises(imprints.Strayed) as refused:
        imprints.put_back(image)
    assert str(refused.value) == "Data ini sudah berubah sesudahnya, sehingga tidak dapat dibatalkan lagi."
    assert (refused.value.fields, refused.value.image, refused.value.status) == (["region"], image, 409)
    assert now(row).region == HERE + ".T002"


def test_a_row_that_was_made_is_taken_away_and_one_that_was_removed_stands_again():
    row = person()
    stay = PastStay.objects.create(
        person=row, family=row.family, region=HERE, relation=1, from_on=None, until_on=date(2024, 1, 1),
        made_at=LATER, made_by="uji",
    )  # fmt: skip
    before, made = imprints.taken(stay), kept(imprints.of_made(stay))
    imprints.put_back(made)
    assert not PastStay.objects.exists()
    imprints.put_back(kept(imprints.of_removed(stay)))
    assert imprints.taken(PastStay.objects.get(pk=stay.pk)) == before
    with pytest.raises(imprints.Strayed) as refused:
        imprints.put_back(kept(imprints.of_removed(stay)))
    assert refused.value.fields == []


def test_a_row_that_is_gone_is_not_put_back():
    row = person()
    stay = PastStay.objects.create(
        person=row, family=row.family, region=HERE, relation=1, until_on=date(2024, 1, 1), made_at=AT, made_by="uji"
    )
    image = change(stay, until_on=date(2024, 2, 1))
    stay.delete()
    with pytest.raises(imprints.Strayed):
        imprints.put_back(image)


def test_a_made_row_on_which_others_hang_stays():
    row = person()
    number, family = row.numbers.get(), row.family
    images = [kept(imprints.of_made(one)) for one in (family, row, number)]
    with pytest.raises(imprints.Strayed) as refused:
        imprints.put_back(images[1])
    said = "Sesudah itu sudah ada data lain yang dicatat bersamanya, sehingga tidak dapat dibatalkan lagi."
    assert (str(refused.value), refused.value.image) == (said, images[1])
    assert refused.value.fields == ["families.identitynumber"]
    assert Person.objects.filter(pk=row.pk).exists()


def test_images_are_put_back_from_the_last_to_the_first():
    row = person()
    card = IdentityNumber.objects.get(person=None)
    images = [kept(imprints.of_made(one)) for one in (row.family, row, card, row.numbers.get())]
    images.append(change(row, relation=Relation.OTHER.value))
    images[1]["after"]["relation"] = Relation.HEAD.value
    imprints.put_all_back(images)
    assert [model.objects.count() for model in (Family, Person, IdentityNumber)] == [0, 0, 0]


def test_that_a_number_was_shown_does_not_keep_it():
    number = person().numbers.get()
    Reveal.objects.create(
        account=register.actor("cadre").account, number=number, reason="uji", from_at=AT, until_at=LATER
    )
    imprints.put_back(kept(imprints.of_made(number)))
    assert not Reveal.objects.exists()


def test_a_number_comes_back_and_is_found_under_keys_that_changed_meanwhile(new_keys, settings):
    first, second = register.nik(), register.nik()
    row = register.head_of(register.family(people=[register.head(nik=first)])).numbers.get()
    before = imprints.taken(row)
    row.hold(second)
    row.save(update_fields=["sealed", "blind"])
    image = kept(imprints.of_changed(row, before))
    vault.rotate_data_keys(by=BY, at=AT)
    vault.rotate_index_key(by=BY, at=AT, folder=settings.KEYS, key=bytes(range(32)))
    assert bytes(now(row).sealed) != bytes(row.sealed)
    imprints.put_back(image)
    assert now(row).number == first
    assert list(IdentityNumber.objects.with_number("nik", first)) == [row]


def test_another_number_is_a_change_since(new_keys):
    row = person().numbers.get()
    image = kept(imprints.of_made(row))
    row.hold(register.nik())
    row.save(update_fields=["sealed", "blind"])
    with pytest.raises(imprints.Strayed) as refused:
        imprints.put_back(image)
    assert refused.value.fields == ["sealed"]
    IdentityNumber.objects.filter(pk=row.pk).update(sealed=b"broken")
    with pytest.raises(imprints.Strayed):
        imprints.put_back(image)


def test_rows_with_moments_and_nothing_in_them_are_taken_as_they_are():
    row = person()
    request = Request.objects.create(
        person=row.pk, family=row.family_id, region=HERE, kind="access", proof="known", received_by="uji",
        for_child=False, received_at=AT, due_at=LATER,
    )  # fmt: skip
    image = kept(imprints.of_removed(request))
    request.delete()
    imprints.put_back(image)
    assert kept(imprints.taken(Request.objects.get())) == image["before"]


def test_whoever_undoes_need_not_see_the_row():
    row = person()
    image = change(row, region=RT1)
    with acting(register.actor("cadre", "76")):
        imprints.put_back(image)
    with unscoped("uji"):
        assert now(row).region == HERE


def test_a_strayed_row_is_a_refusal():
    assert issubclass(imprints.Strayed, Refused)
