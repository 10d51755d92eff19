"""What the database can guarantee, it guarantees (house rule R12)."""

from django.apps import apps
from django.db import models

PAIRS = (("_on", "_reason"), ("_at", "_by"))


def pairs(model):
    """Pairs of fields of which one may be empty without the other."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    for name in fields:
        for first, second in PAIRS:
            twin = name.removesuffix(first) + second
            if name.endswith(first) and twin in fields and (fields[name].null or fields[twin].null):
                yield name, twin


def named(condition):
    """Field names in a Q."""
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from named(child)
        else:
            yield child[0].split("__")[0]


def unguarded(model):
    guarded = [
        set(named(constraint.condition))
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    ]
    return [pair for pair in pairs(model) if not any(set(pair) <= names for names in guarded)]


def test_the_check_finds_a_pair_without_a_constraint():
    class Loose(models.Model):
        left_on = models.DateField(null=True)
        left_reason = models.CharField(max_length=9)

        class Meta:
            app_label = "conventions"
            apps = apps.__class__()

    assert unguarded(Loose) == [("left_on", "left_reason")]


def test_fields_that_belong_together_are_filled_together():
    ours = [model for model in apps.get_models() if model.__module__.startswith("balai.")]
    assert {model.__name__: unguarded(model) for model in ours if unguarded(model)} == {}


def test_every_span_of_days_is_in_order_or_has_no_end():
    """Models with valid_from and valid_to, or with two bounds, must say so in the database."""
    loose = []
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        for first, last in (("valid_from", "valid_to"), ("founded_earliest", "founded_latest")):
            if {first, last} <= names and not any(
                {first, last} <= set(named(constraint.condition))
                for constraint in model._meta.constraints
                if isinstance(constraint, models.CheckConstraint)
            ):
                loose.append(model.__name__)
    assert loose == []
