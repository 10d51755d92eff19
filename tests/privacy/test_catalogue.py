"""`fields.toml` against the models: every column has a class, and the file names nothing that is not there."""

from datetime import date

import pytest
from django.apps import apps
from django.db.models import BinaryField, ForeignKey

from balai.access.models import Scoped
from balai.access.rules import DataClass
from balai.families.models import Family, Person
from balai.privacy.actions.erasing import empty_value
from balai.privacy.actions.keeping import ENDS
from balai.privacy.rules import PERSONAL, Erase, Keep, Phrase, catalogue, for_readers, read

TABLES = catalogue().tables
MODELS = {model._meta.label_lower: model for model in apps.get_models()}
PERSONS_TABLES = {key: table for key, table in TABLES.items() if table.leads_to_a_person}


def columns(model):
    return {field.name for field in model._meta.concrete_fields}


def test_every_column_of_every_table_has_a_class():
    without = {
        key: sorted(columns(model) - TABLES[key].classes.keys()) if key in TABLES else "no table"
        for key, model in MODELS.items()
        if key not in TABLES or columns(model) - TABLES[key].classes.keys()
    }
    assert without == {}


def test_no_class_is_left_of_a_column_that_is_gone():
    gone = {
        key: sorted(table.classes.keys() - columns(MODELS[key])) if key in MODELS else "no model"
        for key, table in TABLES.items()
        if key not in MODELS or table.classes.keys() - columns(MODELS[key])
    }
    assert gone == {}


def test_a_personal_table_has_walls_or_a_reason():
    bare = [
        key
        for key, table in TABLES.items()
        if table.is_personal and not issubclass(MODELS[key], Scoped) and not table.unwalled_because
    ]
    assert bare == []


def test_a_reason_for_missing_walls_stands_only_where_walls_are_missing():
    idle = [key for key, table in TABLES.items() if table.unwalled_because and issubclass(MODELS[key], Scoped)]
    assert idle == []


def leading_to_persons():
    """Tables with a key to a person or a family, or to such a table: a person's data stands there."""
    found = {"families.person", "families.family"}
    while True:
        more = {
            key
            for key, model in MODELS.items()
            for field in model._meta.concrete_fields
            if isinstance(field, ForeignKey) and field.related_model._meta.label_lower in found and key not in found
        }
        if not more:
            return found
        found |= more


def test_every_table_that_a_key_leads_from_a_person_to_has_its_path():
    assert leading_to_persons() - PERSONS_TABLES.keys() == set()


def test_every_column_that_is_called_person_or_family_is_a_path():
    named = {key for key, model in MODELS.items() if {"person", "family"} & columns(model)}
    assert named - PERSONS_TABLES.keys() == set()


@pytest.mark.django_db
@pytest.mark.parametrize("key", PERSONS_TABLES)
def test_a_path_can_be_asked(key, officer):
    table = TABLES[key]
    for path in filter(None, (table.person, table.family, table.account, table.ends)):
        assert list(MODELS[key]._default_manager.filter(**{f"{path}__isnull": True})) == []


def test_a_personal_table_leads_to_somebody_or_is_the_ledger():
    lost = [key for key, table in TABLES.items() if table.is_personal and not table.leads_to_a_person]
    assert lost == []


def test_a_table_that_leads_to_a_person_says_what_erasure_does():
    silent = [k for k, t in PERSONS_TABLES.items() if (t.erase is Erase.STAYS) != bool(t.stays_because)]
    assert silent == []


def test_a_table_that_stays_keeps_only_random_numbers_of_a_person():
    loud = {
        key: table.fields_of(*PERSONAL)
        for key, table in PERSONS_TABLES.items()
        if table.erase is Erase.STAYS and set(table.fields_of(*PERSONAL)) - {"subject"}
    }
    assert loud == {}


def test_every_column_that_is_emptied_can_be_empty():
    for key, table in TABLES.items():
        if Erase.BLANK in (table.erase, table.at_end):
            for name in table.fields_of(*PERSONAL):
                field = MODELS[key]._meta.get_field(name)
                assert field.null or empty_value(field) == "", (key, name)


def test_what_hangs_on_a_row_is_erased_before_the_row():
    order = list(TABLES)
    wrong = []
    for key in PERSONS_TABLES:
        for field in MODELS[key]._meta.concrete_fields:
            target = isinstance(field, ForeignKey) and field.related_model._meta.label_lower
            if target in PERSONS_TABLES and target != key and TABLES[target].erase is Erase.DELETE:
                wrong += [(key, target)] if order.index(key) > order.index(target) else []
    assert wrong == []
    assert order.index("families.person") < order.index("families.family")


def test_every_column_in_a_persons_report_has_a_label_in_both_languages():
    bare = {
        key: [name for name in table.classes if table.label(name) == Phrase(name, name)]
        for key, table in PERSONS_TABLES.items()
    }
    assert {key: names for key, names in bare.items() if names} == {}


def test_a_clock_names_a_column_and_a_way_to_end():
    for key, table in TABLES.items():
        assert bool(table.ends) == bool(table.at_end), key
        if table.ends:
            assert table.at_end in ENDS
            assert table.keep.days is not None
            assert table.ends in columns(MODELS[key])


def test_numbers_are_specific_data_and_names_are_personal():
    assert set(TABLES["families.identitynumber"].fields_of(DataClass.P4)) == {"sealed", "blind", "is_sound"}
    assert TABLES["families.person"].classes["name"] is DataClass.P3
    assert {Person._meta.label_lower, Family._meta.label_lower} <= {k for k, t in TABLES.items() if t.is_personal}
    sealed = {key for key, m in MODELS.items() for f in m._meta.concrete_fields if type(f).__name__ == "SealedField"}
    nobodys = {"vault.canary"}  # invented, to tell a leaked file again
    assert {key for key in sealed if TABLES[key].highest is not DataClass.P4} == nobodys
    assert isinstance(MODELS["families.identitynumber"]._meta.get_field("sealed"), BinaryField)


def test_every_rule_has_its_source_and_both_languages():
    for keep in catalogue().keeps.values():
        assert keep.source
        assert keep.name.id != keep.name.en
    for basis in catalogue().bases.values():
        assert basis.source
    assert not [table.key for table in TABLES.values() if not table.receives or table.purpose.id == table.purpose.en]


def test_a_column_with_two_classes_is_refused():
    text = (
        '[basis.a]\nname=["a","b"]\nsource="s"\n[keep.k]\nname=["a","b"]\nsince=2026-01-01\nsource="s"\n[receiver]\n'
        '[label]\n[table."a.b"]\nname=["a","b"]\npurpose=["a","b"]\nbasis="a"\nkeep="k"\nreceives=[]\n'
        'fields={P1="name", P3="name"}\n'
    )
    with pytest.raises(ValueError, match="name is in P1 and P3"):
        read(text)


@pytest.mark.parametrize(
    ("days", "on", "before"),
    [
        (30, date(2026, 12, 31), date(2026, 12, 1)),
        (30, date(2026, 11, 21), None),  # the rule is not in force yet
        (None, date(2030, 1, 1), None),
    ],
)
def test_a_period_ends_only_once_its_rule_is_in_force(days, on, before):
    keep = Keep(Phrase("a", "b"), days, date(2026, 11, 22), "s", False)
    assert keep.due_before(on) == before


def test_a_phrase_speaks_two_languages():
    assert (Phrase("desa", "village").said("id"), Phrase("desa", "village").said("en")) == ("desa", "village")


def test_a_table_without_columns_is_public():
    table = next(iter(TABLES.values()))
    assert type(table)(**{**table.__dict__, "classes": {}}).highest is DataClass.P0


def test_a_reader_begins_with_the_family_and_ends_without_losing_a_table():
    order = [table.key for table in for_readers()]
    assert order[:2] == ["families.family", "families.person"]
    assert sorted(order) == sorted(TABLES)
