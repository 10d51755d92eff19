"""What an answer can be, and which answers are asked about once more. Only what no true family can break is refused;
where the national form of 2021 refuses more, Balai asks whether it is really so."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from balai.base.words import Said, sentence
from balai.families.rules import Relation, Sex
from balai.survey.rules.asked import Answers, Facts, kept
from balai.survey.rules.catalogue import Block, Item, Kind
from balai.survey.rules.codes import Marital, Method, Reply, Schooling, WantsChild


class Level(StrEnum):
    CANNOT = "cannot"  # refused
    DOUBT = "doubt"  # asked about once more


@dataclass(frozen=True)
class Finding:
    """Beside which item, how grave, and what to do about it."""

    item: str
    level: Level
    said: Said


Told = Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """Of the first of `needs`; looked at where all of them were answered."""

    needs: tuple[str, ...]
    level: Level
    message: str
    found: Callable[[Facts, Told, date], bool]


def possible(item: Item, value: object) -> bool:
    """Whether it is an answer to the item at all; no answer is one."""
    if value is None:
        return True
    if item.kind is Kind.MONTH:
        return isinstance(value, date) and not isinstance(value, datetime) and value.day == 1
    if type(value) is not int:
        return False
    if item.kind is Kind.COUNT:
        return item.low <= value <= item.high
    if item.kind is Kind.SEVERAL:
        return 0 < value <= item.every
    return value in item.numbers


def findings(block: Block, facts: Facts, answers: Answers, on: date) -> Iterator[Finding]:
    """What is wrong or strange in the answers to what is asked, of a visit on that day."""
    told = kept(block, facts, answers)
    for check in CHECKS[block]:
        if all(key in told for key in check.needs) and check.found(facts, told, on):
            yield Finding(check.needs[0], check.level, Said(check.message))


def _is(facts: Facts, *relations: Relation) -> bool:
    return facts.about is not None and facts.about.relation in relations


def _is_her(facts: Facts) -> bool:
    return facts.about is not None and facts.about.sex == Sex.FEMALE


def _below(facts: Facts, years: int) -> bool:
    """Whether the person is known to be younger than that."""
    return facts.about is not None and facts.about.age is not None and facts.about.age < years


_MEMBERS = (
    Check(
        ("age_married",), Level.CANNOT,
        sentence("Usia kawin pertama lebih tinggi daripada umurnya sekarang. Periksa usia itu, atau tanggal lahirnya."),
        lambda facts, told, on: _below(facts, told["age_married"]),
    ),
    Check(
        ("age_married",), Level.DOUBT,
        sentence("Usia kawin pertama di bawah 7 tahun. Apakah memang begitu?"),
        lambda facts, told, on: told["age_married"] < 7,
    ),
    Check(
        ("marital",), Level.DOUBT,
        sentence("Anak atau anggota lain yang kawin biasanya keluarga tersendiri. Apakah memang begitu?"),
        lambda facts, told, on: _is(facts, Relation.CHILD, Relation.OTHER) and told["marital"] == Marital.MARRIED,
    ),
    Check(
        ("marital",), Level.DOUBT,
        sentence("Suami atau istri kepala keluarga biasanya berstatus kawin. Apakah memang begitu?"),
        lambda facts, told, on: _is(facts, Relation.SPOUSE) and told["marital"] != Marital.MARRIED,
    ),
    Check(
        ("marital",), Level.DOUBT,
        sentence("Bila kepala keluarga perempuan kawin, biasanya suaminya yang tercatat sebagai kepala keluarga."),
        lambda facts, told, on: (
            _is(facts, Relation.HEAD) and _is_her(facts) and told["marital"] == Marital.MARRIED
        ),
    ),
    Check(
        ("presence",), Level.DOUBT,
        sentence("Kepala keluarga ini belum berumur 6 tahun. Periksa tanggal lahirnya."),
        lambda facts, told, on: _is(facts, Relation.HEAD) and _below(facts, 6),
    ),
    Check(
        ("schooling",), Level.DOUBT,
        sentence("Umurnya paling tinggi 7 tahun; biasanya belum sekolah atau masih SD. Apakah memang begitu?"),
        lambda facts, told, on: _below(facts, 8) and told["schooling"] > Schooling.IN_PRIMARY,
    ),
)  # fmt: skip
_AFTER_VISIT = sentence("Bulan ini sesudah hari kunjungan. Periksa bulan dan tahunnya.")
_MORE_ALIVE = sentence("Yang masih hidup lebih banyak daripada yang lahir hidup. Periksa kedua jumlahnya.")
_PLANNING = (
    Check(("alive_boys", "born_boys"), Level.CANNOT, _MORE_ALIVE,
          lambda facts, told, on: told["alive_boys"] > told["born_boys"]),
    Check(("alive_girls", "born_girls"), Level.CANNOT, _MORE_ALIVE,
          lambda facts, told, on: told["alive_girls"] > told["born_girls"]),
    Check(("using_since",), Level.CANNOT, _AFTER_VISIT, lambda facts, told, on: told["using_since"] > on),
    Check(("used_from",), Level.CANNOT, _AFTER_VISIT, lambda facts, told, on: told["used_from"] > on),
    Check(("used_until",), Level.CANNOT, _AFTER_VISIT, lambda facts, told, on: told["used_until"] > on),
    Check(
        ("used_until", "used_from"), Level.CANNOT,
        sentence("Berhenti sebelum mulai. Periksa kedua bulannya."),
        lambda facts, told, on: told["used_until"] < told["used_from"],
    ),
    Check(
        ("births",), Level.DOUBT,
        sentence("Umurnya belum 12 tahun, tetapi sudah melahirkan. Periksa juga tanggal lahirnya."),
        lambda facts, told, on: _below(facts, 12) and told["births"] > 0,
    ),
    Check(
        ("births", "born_boys", "born_girls"), Level.DOUBT,
        sentence("Jumlah anak lahir hidup lebih dari dua kali jumlah kelahiran. Apakah memang begitu?"),
        lambda facts, told, on: told["born_boys"] + told["born_girls"] > 2 * told["births"],
    ),
    Check(
        ("weeks",), Level.DOUBT,
        sentence("Kehamilan lebih dari 42 minggu. Apakah memang begitu?"),
        lambda facts, told, on: told["weeks"] > 42,
    ),
    Check(
        ("ideal",), Level.DOUBT,
        sentence("Lebih dari 10 anak dianggap ideal. Apakah memang begitu?"),
        lambda facts, told, on: told["ideal"] > 10,
    ),
    Check(
        ("method", "wants_child", "uses_method"), Level.DOUBT,
        sentence("Sudah steril, tetapi masih ingin punya anak. Apakah memang begitu?"),
        lambda facts, told, on: (
            told["method"] in (Method.FEMALE_STERILISATION, Method.MALE_STERILISATION)
            and told["wants_child"] != WantsChild.NO_MORE
        ),
    ),
    Check(
        ("method", "births"), Level.DOUBT,
        sentence("MAL hanya bagi ibu yang menyusui, tetapi belum pernah melahirkan. Apakah memang begitu?"),
        lambda facts, told, on: told["method"] == Method.LACTATION and told["births"] == 0,
    ),
    Check(
        ("not_using", "wants_child"), Level.DOUBT,
        sentence("Alasannya ingin hamil, tetapi tidak ingin anak dalam dua tahun ini. Apakah memang begitu?"),
        lambda facts, told, on: told["not_using"] == 1 and told["wants_child"] != WantsChild.SOON,
    ),
)  # fmt: skip
_DEVELOPMENT = (
    Check(
        ("savings", "earns"), Level.DOUBT,
        sentence("Punya simpanan untuk tiga bulan, tetapi tidak ada yang berpenghasilan. Apakah memang begitu?"),
        lambda facts, told, on: told["savings"] == Reply.YES and told["earns"] == Reply.NO,
    ),
)  # fmt: skip
_HOUSING = (
    Check(
        ("occupants",), Level.DOUBT,
        sentence("Penghuni rumah lebih sedikit daripada anggota keluarga. Apakah ada yang tinggal di tempat lain?"),
        lambda facts, told, on: told["occupants"] < len(facts.people),
    ),
    Check(
        ("floor_area", "occupants"), Level.DOUBT,
        sentence("Luas lantai kurang dari 2 m² per orang. Apakah memang begitu?"),
        lambda facts, told, on: told["floor_area"] < 2 * told["occupants"],
    ),
    Check(
        ("floor_area",), Level.DOUBT,
        sentence("Luas lantai lebih dari 500 m². Apakah memang begitu?"),
        lambda facts, told, on: told["floor_area"] > 500,
    ),
)  # fmt: skip
CHECKS: Mapping[Block, tuple[Check, ...]] = {
    Block.MEMBERS: _MEMBERS,
    Block.PLANNING: _PLANNING,
    Block.DEVELOPMENT: _DEVELOPMENT,
    Block.HOUSING: _HOUSING,
}
