"""The demonstration data as it stands in the database, classified by both rule sets."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from balai.access.models import AuditEntry
from balai.access.rules import Actor, Permission, Role, operator
from balai.base import months
from balai.base.errors import NotAllowed, Refused
from balai.classification.models import Outcome, Run
from balai.classification.rules import names
from balai.demo.actions import load_demo
from balai.demo.commands import demo as door
from balai.demo.rules import story, targets
from balai.indicators.models import Value
from balai.intake.models import Batch
from balai.regions.models import Place
from balai.villages.actions import register_kampung
from balai.villages.models import (
    AgencyActivity,
    Answer,
    Coverage,
    DataHouse,
    Document,
    FormationStep,
    KampungKB,
    Pokja,
    PokjaMember,
    Return,
    VillageMonth,
)  # fmt: skip

TOLD = replace(story(), families=60)
MUSI_RAWAS, KETAPANG, BARITO_TIMUR, MALUKU_TENGAH = TOLD.kabupaten
AT = datetime(2025, 12, 16, 3, 0, tzinfo=UTC)
BY = operator("tester")
SHORT = replace(TOLD, kabupaten=(MUSI_RAWAS,), opening="2025-10")
SHORTEST = replace(TOLD, kabupaten=(BARITO_TIMUR,), opening="2025-11")
LATER = replace(TOLD, kabupaten=(MALUKU_TENGAH,), opening="2025-11")
TABLES = (Batch, KampungKB, Answer, AgencyActivity, DataHouse, Return, VillageMonth, Run, Outcome, AuditEntry)


def load(told=SHORTEST, by=BY, **more):
    with TemporaryDirectory() as folder:
        return load_demo(by=by, at=AT, told=told, folder=Path(folder), **more)


def sizes():
    return {model.__name__: model.objects.count() for model in TABLES}


@pytest.mark.parametrize("kabupaten", TOLD.kabupaten, ids=lambda kabupaten: kabupaten.name)
def test_the_story_counts_villages_as_the_tree_does(tree_places, kabupaten):
    inside = [code for code, _name in tree_places if code.startswith(kabupaten.code + ".") and code.count(".") == 3]
    assert len(inside) == kabupaten.villages


@pytest.mark.django_db
def test_musi_rawas_has_the_published_classes_by_computing_them(tree):
    counts = load(SHORT)
    first = KampungKB.objects.within("16.05").formed_by(date(2021, 12, 31))
    outcomes = Outcome.objects.current("portal-2023", "2021-12").within("16.05")
    shares = Counter(outcomes.filter(code__in=first.values("village_id")).values_list("village_class", flat=True))
    assert [shares[number] for number in (1, 2, 3, 4)] == [4, 9, 1, 11]
    assert [round(100 * shares[number] / 25) for number in (1, 2, 3, 4)] == [16, 36, 4, 44]
    assert list(targets()["musi_rawas_2021"].counts.values()) == [4, 9, 1, 11]
    assert KampungKB.objects.within("16.05").formed_by(date(2023, 12, 31)).count() == 199
    assert counts["villages"] == counts["kampung_kb"] == 199


@pytest.mark.django_db
def test_everything_is_marked_as_invented_and_belongs_to_one_batch(tree):
    counts = load(LATER)
    batch = Batch.objects.get()
    assert (batch.kind, batch.name, batch.exported_on) == ("demo", "data contoh rekaan", TOLD.exported_on)
    assert batch.counts == counts
    assert set(KampungKB.objects.values_list("invented", "batch", "source")) == {
        (True, batch.pk, "data contoh rekaan"),
    }  # fmt: skip
    for model in (Answer, AgencyActivity, Coverage, DataHouse, Document, FormationStep, Pokja, Return):
        assert set(model.objects.values_list("batch", flat=True)) == {batch.pk}
    assert not PokjaMember.objects.exists()
    assert counts["answers"] == Answer.objects.count()
    assert counts["activities"] == AgencyActivity.objects.count()
    assert counts["returns"] == Return.objects.count()
    assert AuditEntry.objects.filter(deed="demo.load", subject=str(batch.pk)).count() == 1


@pytest.mark.django_db
def test_both_rule_sets_were_run_for_every_month_and_missing_stays_missing(tree):
    load()
    assert set(Run.objects.values_list("rules", "period", "region")) == {
        (name, period, "62.13") for name in names() for period in SHORTEST.months
    }
    latest = Outcome.objects.current("balai-2026", "2025-11").within("62.13")
    assert latest.filter(village_class=None).exists()
    assert latest.exclude(village_class=None).exists()
    assert not Outcome.objects.current("portal-2023", "2025-11").filter(village_class=None, formed=True).exists()


@pytest.mark.django_db
def test_figures_that_cannot_be_right_are_kept_and_marked(tree):
    load(SHORT)
    marked = Return.objects.exclude(marks=[])
    assert {name for row in marked for name, _keys in row.marks} >= {"above_target", "methods_sum"}
    month = VillageMonth.objects.filter(groups_marks__gt=0).first()
    assert month.bkb_members > month.bkb_target
    assert VillageMonth.objects.exclude(uppka_members=None).exclude(pikr_target=None).exists()


@pytest.mark.django_db
def test_a_second_run_changes_nothing(tree):
    told = []
    assert load(progress=told.append)["villages"] == 103
    before = sizes()
    assert load(progress=told.append) is None
    assert sizes() == before
    # invented, written, families, judged by two rule sets; nothing the second time
    assert told == [1] * (1 + 1 + 1 + 2)


@pytest.mark.django_db
def test_it_never_mixes_with_other_data(tree):
    village = Place.objects.within("62.13").villages().first()
    register_kampung(by=BY, at=AT, village=village, source="nyata")
    before = sizes()
    with pytest.raises(Refused, match="sudah ada data lain"):
        load()
    assert sizes() == before


@pytest.mark.django_db
def test_it_never_mixes_with_imported_figures(tree):
    VillageMonth.objects.create(code=Place.objects.within("62.13").villages().first().code, period="2025-11")
    with pytest.raises(Refused, match="tidak dicampur"):
        load()


@pytest.mark.django_db
def test_without_regions_it_says_what_to_do():
    with pytest.raises(Refused, match="balai init"):
        load()


@pytest.mark.django_db
def test_who_may_not_import_may_not_load_it(tree):
    guest = Actor("guest", Role("guest", frozenset({Permission.CLASSIFY})))
    with pytest.raises(NotAllowed):
        load(by=guest)
    assert not KampungKB.objects.exists()


@pytest.mark.django_db
def test_the_command_loads_once_and_says_so(tree, monkeypatch, settings, tmp_path):
    settings.HOME = tmp_path
    monkeypatch.setattr(door, "story", lambda: SHORTEST)
    first = CliRunner().invoke(door.command, [], catch_exceptions=False)
    assert "103 desa" in first.output
    assert "angka indikator" in first.output
    assert Value.objects.filter(period="2025-11", region=BARITO_TIMUR.code, code="D19").get().d > 50
    second = CliRunner().invoke(door.command, [], catch_exceptions=False)
    assert second.output.strip() == "Data contoh sudah ada; tidak ada yang berubah."
    third = CliRunner().invoke(door.command, ["--json"], catch_exceptions=False)
    assert json.loads(third.output) == {"written": False}


def test_the_command_gives_its_counts_as_json(monkeypatch):
    monkeypatch.setattr(door, "load_demo", lambda **given: {"villages": 103, "figures": 7})
    result = CliRunner().invoke(door.command, ["--json"], catch_exceptions=False)
    assert json.loads(result.output) == {"written": True, "villages": 103, "figures": 7}


@pytest.mark.slow
@pytest.mark.django_db
def test_the_whole_demonstration_tells_a_year(tree):
    counts = load(TOLD)
    assert counts["villages"] == 756
    assert counts["kampung_kb"] == 199 + 171 + 103 + 178
    for period in months.between(TOLD.opening, TOLD.closing):
        assert Outcome.objects.current("portal-2023", period).within("81.01").count() >= 173
    start, end = (
        dict(Outcome.objects.current("portal-2023", period).filter(formed=True).values_list("code", "village_class"))
        for period in (TOLD.opening, TOLD.closing)
    )
    both = start.keys() & end.keys()
    rose, fell = (sum(sign * (end[code] - start[code]) > 0 for code in both) for sign in (1, -1))
    assert rose > fell > 0
    assert rose + fell < len(both) / 2
