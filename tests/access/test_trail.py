"""Entries: what they say, how they hang together, and that no change stands without one."""

import contextlib
import threading
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from balai.access.actions import forget_changes, record, seal
from balai.access.models import AuditChain, AuditChange, AuditEntry, AuditSubject, verify
from balai.access.rules import Matter, operator, trail
from balai.base.errors import NotAllowed
from balai.regions import actions as regions
from balai.regions.models import Change, Place, PlaceAlias
from balai.villages import actions as villages
from balai.villages.models import KampungKB, KampungVersion
from tests.access.trails import AT, AUDITOR, CADRE, FAMILIES, MAJENE, NATIONAL, actor, entry, several
from tests.conftest import LOADED_AT

pytestmark = pytest.mark.django_db
only_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite only one writes at a time")
NIK = "1605024107" + "900001"


def test_an_entry_says_who_in_which_hat_and_from_which_device():
    device = uuid4()
    by = actor("agency_officer", "76.05", agency="health", device=device)
    kept = AuditEntry.objects.get(pk=entry(by=by, why="memastikan orang yang sama", matters=(Matter.NUMBER,)).pk)
    assert (kept.by, kept.hat, kept.device) == (by.name, "agency_officer@health", device)
    assert kept.change.why == "memastikan orang yang sama"
    assert kept.about == (Matter.NUMBER,)


def test_before_and_after_stand_apart_and_the_entry_holds_only_their_digest():
    made = entry(changes={"name": ("Siti", "Sitti"), "nik": (None, NIK)}, subjects=[FAMILIES[0]])
    kept = AuditEntry.objects.get(pk=made.pk)
    assert kept.change.values == {"name": ["Siti", "Sitti"], "nik": [None, "•••• •••• •••• 0001"]}
    assert "Siti" not in str(AuditEntry.objects.filter(pk=made.pk).values())
    assert kept.about == (Matter.NAMES, Matter.NUMBER)


def test_an_entry_without_values_costs_no_second_row():
    entry()
    assert not AuditChange.objects.exists()
    assert not AuditSubject.objects.exists()


@pytest.mark.parametrize(("more", "on_sqlite"), [({}, 2), ({"subjects": FAMILIES, "why": "alasan"}, 4)])
def test_an_entry_is_one_statement_or_one_a_table(more, on_sqlite, django_assert_num_queries):
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else on_sqlite):
        record(by=CADRE, at=AT, deed="family.view", subject="x", region=MAJENE, **more)


def test_no_number_of_identity_reaches_the_trail():
    entry(subject=NIK, why=f"tanya {NIK}", detail={"found": [NIK]}, changes={"kk": (NIK, "x")})
    told = str([*AuditEntry.objects.values(), *AuditChange.objects.values()])
    assert NIK not in told
    assert told.count("0001") == 4


def test_each_kabupaten_has_its_own_chain():
    entry()
    entry(region="16.05.01.2002")
    entry(region="16")
    entry(1)
    assert dict(AuditChain.objects.values_list("shard", "number")) == {"76.05": 2, "16.05": 1, "": 1}
    assert verify().faults == []


def test_an_entry_hangs_on_the_one_before_it():
    several(3)
    found = list(AuditEntry.objects.order_by("number"))
    assert [one.number for one in found] == [1, 2, 3]
    assert AuditChain.objects.get().hash == found[-1].hash
    checked = verify()
    assert (checked.entries, checked.chains, checked.faults) == (3, 1, [])


def test_a_person_sees_who_looked_at_a_family():
    for number, by in enumerate((CADRE, AUDITOR)):
        entry(number, by=by, subjects=FAMILIES[:2])
    entry(2, subjects=[FAMILIES[2]])
    assert [one.by for one in AuditEntry.objects.of(FAMILIES[0])] == [AUDITOR.name, CADRE.name]


def test_only_readers_of_the_trail_see_it_and_only_their_region():
    entry()
    entry(region="16.05.01.2002")
    entry(region="")
    seen = {by.role.name + str(by.ranges): AuditEntry.objects.visible_to(by).count() for by in (NATIONAL, AUDITOR)}
    assert list(seen.values()) == [3, 1]
    assert not AuditEntry.objects.visible_to(actor("family_office", MAJENE)).exists()


def in_the_way(region=""):
    """An entry where the next one of the chain would stand: the database refuses a second."""
    made = entry(region=region)
    AuditChain.objects.filter(shard=made.shard).update(number=made.number - 1)


FAILING = {
    "regions.add": lambda who: regions.add_place_below(
        **who, village="76.05.03.2024", kind="rw", name="RW 1", from_on=date(2025, 7, 2), source="uji"
    ),
    "regions.alias": lambda who: regions.add_alias(**who, code="76.05.03.2024", name="Nama Lain", source="uji"),
    "kampung.register": lambda who: villages.register_kampung(**who, village="76.05.03.2024", source="uji"),
    trail.FORGOTTEN: lambda who: forget_changes(**who, subjects=FAMILIES, region=MAJENE),
    trail.SEALED: lambda who: seal(**who),
}


def held():
    tables = (Place, PlaceAlias, Change, KampungKB, KampungVersion, AuditChange, AuditEntry, AuditChain)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize("deed", FAILING)
def test_a_change_whose_entry_fails_is_rolled_back(tree, deed):
    several(3)
    in_the_way("76.05.03.2024")
    in_the_way()
    before = held()
    with pytest.raises(IntegrityError, match="(?i)access_auditentry|audit_no_two"), transaction.atomic():
        FAILING[deed]({"by": operator("test"), "at": LOADED_AT})
    assert held() == before


def test_a_caller_cannot_go_on_after_a_failed_entry():
    in_the_way(MAJENE)

    def swallow():
        with transaction.atomic():
            with contextlib.suppress(IntegrityError):
                entry()
            AuditEntry.objects.exists()

    with pytest.raises(transaction.TransactionManagementError):
        swallow()


@pytest.mark.parametrize("wrong", [{"at": None}, {"subjects": ["bukan uuid"]}, {"by": None}])
def test_an_entry_that_says_nothing_true_is_refused(wrong):
    with pytest.raises((AttributeError, ValueError)), transaction.atomic():
        entry(**wrong)
    assert not AuditEntry.objects.exists()


def test_what_was_kept_of_a_person_can_be_forgotten_and_the_chain_stays_whole():
    several(9)
    entry(9, subjects=[FAMILIES[0]], why="Bu Siti lupa nomornya")
    dpo = operator("test")
    assert forget_changes(by=dpo, at=AT, subjects=FAMILIES[:1], region=MAJENE) == 2
    assert "Siti" not in str(AuditChange.objects.values())
    gone = AuditChange.objects.get(entry__number=1)
    assert (gone.values, gone.why, gone.salt) == ({"address": None}, "", None)
    assert AuditChange.objects.get(entry__number=4).values == {"address": ["Jalan A", "Jalan 3"]}
    assert verify().faults == []
    assert AuditEntry.objects.of(FAMILIES[0]).first().deed == trail.FORGOTTEN


def test_forgetting_twice_changes_nothing():
    several(3)
    forget_changes(by=operator("test"), at=AT, subjects=FAMILIES, region=MAJENE)
    assert forget_changes(by=operator("test"), at=AT, subjects=FAMILIES, region=MAJENE) == 0
    assert AuditEntry.objects.filter(deed=trail.FORGOTTEN).count() == 1


def test_who_may_not_decide_on_rights_may_not_forget():
    with pytest.raises(NotAllowed):
        forget_changes(by=CADRE, at=AT, subjects=FAMILIES, region="76.05.03.2024")


def test_a_seal_is_the_root_of_all_heads_and_itself_in_the_trail():
    several(3)
    sealed = seal(by=NATIONAL, at=AT)
    assert sealed["root"] == trail.root(sealed["heads"])
    assert AuditEntry.objects.get(deed=trail.SEALED).subject == sealed["root"]
    assert sealed["heads"] == {"76.05": (3, AuditChain.objects.get(shard="76.05").hash)}
    assert seal(by=NATIONAL, at=AT)["root"] != sealed["root"]


def test_only_a_reader_of_the_whole_trail_seals_it():
    with pytest.raises(NotAllowed):
        seal(by=AUDITOR, at=AT)


@pytest.mark.django_db(transaction=True)
def test_entries_written_at_the_same_time_make_one_chain():
    failures = []

    def write(number):
        try:
            for turn in range(15):
                with transaction.atomic():
                    entry(turn, by=actor("cadre", MAJENE, number), subjects=[UUID(int=number + 1)])
        except Exception as failure:  # noqa: BLE001  told below
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    checked = verify()
    assert (checked.entries, checked.faults) == (60, [])


@only_postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_write_of_the_same_kabupaten_in_opposite_order_do_not_block_each_other():
    """Each holds the chain of its first entry; with a chain for each entry, PostgreSQL would end one of them."""
    met, failures = threading.Barrier(2, timeout=30), []

    def write(regions):
        try:
            with transaction.atomic():
                for region in regions:
                    record(by=CADRE, at=AT, deed="family.correct", subject=regions[0], region=region)
                    met.wait()
        except Exception as failure:  # noqa: BLE001  told below
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(regions,)) for regions in (("16.05", MAJENE), (MAJENE, "16.05"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert set(AuditEntry.objects.values_list("shard", "subject")) == {("16.05", "16.05"), (MAJENE, MAJENE)}
    assert (verify().entries, verify().faults) == (4, [])


@only_postgres
def test_a_chain_whose_first_entry_was_rolled_back_is_given_up():
    with transaction.atomic():
        record(by=CADRE, at=AT, deed="x", subject="y", region=MAJENE)
        transaction.set_rollback(True)
    record(by=CADRE, at=AT, deed="x", subject="y", region="")
    record(by=CADRE, at=AT, deed="x", subject="y", region="16.05")
    assert dict(AuditChain.objects.values_list("shard", "number")) == {"": 2}


def test_the_caller_gets_the_key_of_the_entry():
    key = record(by=CADRE, at=AT, deed="x", subject="y")
    assert AuditEntry.objects.get(pk=key).number == 1
