"""Invented families that are asked: a couple with two children, and what they answer."""

from datetime import date

from balai.families.rules import PersonFacts, Relation, Sex
from tests.families import register

VISIT = date(2025, 11, 3)
HOUSE = {
    "roof": 2, "wall": 1, "floor": 2, "light": 1, "water": 3, "latrine": 1, "floor_area": 48, "occupants": 4,
    "fuel": 1, "tenure": 1,
}  # fmt: skip


def couple(region=register.HERE, **more):
    """Head, wife of 34, a child of 9 and one of 2 on the day of the visit."""
    people = [
        PersonFacts("Budi Santoso", Sex.MALE, Relation.HEAD, date(1988, 3, 1)),
        PersonFacts("Siti Rahmawati", Sex.FEMALE, Relation.SPOUSE, date(1991, 5, 17)),
        PersonFacts("Dimas Prasetyo", Sex.MALE, Relation.CHILD, date(2016, 2, 3)),
        PersonFacts("Ayu Lestari", Sex.FEMALE, Relation.CHILD, date(2023, 8, 9)),
    ]
    return register.family(region, people=people, **more)


def wife_of(family):
    return family.people.get(relation=Relation.SPOUSE)


def head_of(family):
    return family.people.get(relation=Relation.HEAD)
