"""The what-if form: which inputs it asks, and what somebody answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from balai.base.errors import NotValid
from balai.base.words import sentence
from balai.classification.rules import GROUPS
from balai.villages.rules import GroupKind, Mark, plausibility

Inputs = Mapping[str, int | None]
LARGEST = 99_999_999
YES, NO, UNKNOWN = "1", "0", ""


@dataclass(frozen=True)
class Field:
    """`most` is None for yes/no."""

    key: str
    label: str
    most: int | None = None

    @property
    def yes_no(self) -> bool:
        return self.most is None


@dataclass(frozen=True)
class Part:
    title: str
    fields: tuple[Field, ...]


GROUP_NAMES = {"bkb": "BKB", "bkr": "BKR", "bkl": "BKL", "uppka": "UPPKA", "pikr": "PIK-R"}
MEMBERS = {
    "bkb": sentence("Anggota BKB"), "bkr": sentence("Anggota BKR"), "bkl": sentence("Anggota BKL"),
    "uppka": sentence("Anggota UPPKA"), "pikr": sentence("Anggota PIK-R"),
}  # fmt: skip
TARGETS = {
    "bkb": sentence("Sasaran BKB"), "bkr": sentence("Sasaran BKR"), "bkl": sentence("Sasaran BKL"),
    "uppka": sentence("Sasaran UPPKA"), "pikr": sentence("Sasaran PIK-R"),
}  # fmt: skip
PARTS = (
    Part(
        sentence("Input"),
        (
            Field("pokja", sentence("Pokja ada")),
            Field("pokja_sk", sentence("SK Pokja ada")),
            Field("pokja_members", sentence("Anggota Pokja"), LARGEST),
            Field("pokja_trained", sentence("Pokja sudah dilatih")),
            Field("funds", sentence("Sumber dana yang dipakai (dari 6)"), 6),
            Field("funds_unknown", sentence("Sumber dana yang belum diisi"), 6),
            Field("poktan", sentence("Poktan yang ada (dari 5)"), 5),
            Field("poktan_unknown", sentence("Poktan yang belum diisi"), 5),
            Field("secretariat", sentence("Sekretariat ada")),
            Field("data_house", sentence("Rumah DataKu ada")),
            Field("companion", sentence("PKB/PLKB mendampingi")),
            Field("regulation", sentence("Regulasi ada")),
        ),
    ),
    Part(
        sentence("Proses"),
        (
            Field("data_uses", sentence("Jenis data yang dipakai (dari 5)"), 5),
            Field("data_uses_unknown", sentence("Jenis data yang belum diisi"), 5),
            Field("mechanisms", sentence("Mekanisme yang berjalan (dari 5)"), 5),
            Field("mechanisms_unknown", sentence("Mekanisme yang belum diisi"), 5),
            Field("rkm", sentence("RKM ada")),
            Field("agencies_year", sentence("Instansi lain, 12 bulan terakhir"), LARGEST),
            Field("agencies_ever", sentence("Instansi sejak awal"), LARGEST),
        ),
    ),
    Part(
        sentence("Output"),
        (
            Field("couples", sentence("Pasangan usia subur (PUS)"), LARGEST),
            Field("users", sentence("Peserta KB aktif"), LARGEST),
            Field("long_acting", sentence("Peserta MKJP"), LARGEST),
            Field("unmet", sentence("Unmet need (IAT + TIAL)"), LARGEST),
            *(
                field
                for group in GROUPS
                for field in (
                    Field(f"{group}_members", MEMBERS[group], LARGEST),
                    Field(f"{group}_target", TARGETS[group], LARGEST),
                )
            ),
        ),
    ),
)
FIELDS = {field.key: field for part in PARTS for field in part.fields}


def answer(field: Field, text: str) -> int | None:
    """None for an empty answer: not filled."""
    if not text.strip():
        return None
    most = 1 if field.most is None else field.most
    if not text.strip().isdecimal() or int(text) > most:
        raise NotValid(
            "%(field)s: “%(text)s” bukan angka 0 sampai %(most)s.", field=field.label, text=text[:20], most=most
        )
    return int(text)


def answered(query: Mapping[str, str], facts: Inputs) -> dict[str, int | None]:
    """The facts with what was answered in their place, and the marks that the new figures deserve."""
    inputs = dict(facts)
    for key, field in FIELDS.items():
        if key in query:
            inputs[key] = answer(field, query[key])
    if inputs.get("agencies_year") != facts.get("agencies_year"):
        inputs["agencies_year_all"] = inputs["agencies_year"]
    inputs["marks"] = marks(inputs, facts)
    return inputs


def marks(inputs: Inputs, facts: Inputs) -> int:
    """Marks of the figures as they now are. What only the register's other columns could tell stays as it was as long
    as the figures stay."""
    found = int(plausibility.couples_marks(inputs.get("couples"), inputs.get("unmet")))
    for group in GROUPS:
        pair = inputs.get(f"{group}_members"), inputs.get(f"{group}_target")
        found |= int(plausibility.group_marks(GroupKind(group), *pair))
    untouched = all(inputs.get(key) == facts.get(key) for key in ("users", "long_acting"))
    if untouched:
        found |= int(facts.get("marks") or 0) & int(Mark.SUM)
    else:
        found |= int(Mark.SUM) * bool(
            plausibility.long_acting_above_users(inputs.get("long_acting"), inputs.get("users"))
        )
    return found


def changed(inputs: Inputs, facts: Inputs) -> list[Field]:
    """The fields that differ from the facts."""
    return [field for key, field in FIELDS.items() if inputs.get(key) != facts.get(key)]
