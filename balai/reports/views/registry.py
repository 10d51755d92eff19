"""What the registry holds of one village on a day, without anybody's name, NIP or telephone."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import get_language

from balai.base.words import sentence
from balai.villages import rules
from balai.villages.models import (
    AgencyActivity,
    Answer,
    Companion,
    Coverage,
    DataHouse,
    DataHouseAssessment,
    Document,
    FormationStep,
    Group,
    KampungKB,
    Pokja,
    PokjaMember,
)
from balai.villages.rules import ItemKind

SHOWN_GROUPS = ("pokja", "funds", "poktan", "facilities", "support", "data_uses", "mechanisms", "criteria")
# Free texts may name persons, so none of them is shown before accounts exist.
DOCUMENT_NAMES = {
    "sk_pokja": sentence("SK Pokja"), "regulasi": sentence("Regulasi"), "rkm": sentence("Rencana kerja (RKM)"),
    "sk_rumah_dataku": sentence("SK Rumah DataKu"), "lainnya": sentence("Dokumen lain"),
}  # fmt: skip
ISSUER_NAMES = {
    "gubernur": sentence("gubernur"), "bupati": sentence("bupati/wali kota"), "camat": sentence("camat"),
    "kades": sentence("kepala desa/lurah"), "lainnya": sentence("penerbit lain"),
}  # fmt: skip
EXTENT_NAMES = {"rw": sentence("sebagian RW"), "dusun": sentence("sebagian dusun"), "desa": sentence("seluruh desa")}
TEMPLATE_NAMES = {
    "empat_seksi": sentence("empat seksi (Perban 20/2023)"), "delapan_fungsi": sentence("delapan fungsi keluarga"),
}  # fmt: skip
FREQUENCIES = {
    "mingguan": sentence("mingguan"), "bulanan": sentence("bulanan"), "triwulan": sentence("tiga bulanan"),
    "semesteran": sentence("enam bulanan"), "tahunan": sentence("tahunan"), "lainnya": sentence("frekuensi lain"),
}  # fmt: skip
COMPANIONS = {
    "pkb": sentence("PKB"), "kader": sentence("kader"), "rt_rw": sentence("RT/RW"),
    "perangkat": sentence("perangkat desa"), "pkk": sentence("PKK"), "toga_toma": sentence("tokoh agama/masyarakat"),
    "opd_kb": sentence("OPD-KB"), "perwakilan": sentence("perwakilan provinsi"),
    "plkb_non_pns": sentence("PLKB non-PNS"), "lainnya": sentence("lainnya"),
}  # fmt: skip
HOUSE_CLASSES = {
    "sederhana": sentence("sederhana"), "lengkap": sentence("lengkap"), "paripurna": sentence("paripurna"),
    "integratif": sentence("integratif"),
}  # fmt: skip
DETAILS = {**FREQUENCIES, **COMPANIONS}


@dataclass
class Fact:
    """One item: `state` is yes, no, count or none (not filled)."""

    name: str
    state: str
    value: int | None = None
    detail: str = ""
    since: object = None
    source: str = ""


@dataclass
class House:
    row: DataHouse
    assessments: list


@dataclass
class Kampung:
    """One Kampung KB with everything that hangs on it."""

    row: KampungKB
    groups: list
    filled: int
    asked: int
    steps: list
    documents: list
    coverage: list
    pokja: Pokja | None
    template_name: str
    members: int
    trained: int
    sections: list
    companion: Companion | None


def kampungs(village):
    return list(KampungKB.objects.filter(village_id=village).order_by("number"))


def kampung(row, day):
    answers = Answer.objects.profile(row, day)
    groups = [
        (name_of(rules.groups()[key]), [fact(answers, item) for item in shown_items(key)]) for key in SHOWN_GROUPS
    ]
    groups = [(name, facts) for name, facts in groups if facts]
    facts = [one for _name, members in groups for one in members]
    pokja = Pokja.objects.on(row, day)
    members = list(PokjaMember.objects.of(pokja).in_force(day).values_list("section", "trained_on")) if pokja else []
    names = rules.SECTIONS[rules.PokjaTemplate(pokja.template)] if pokja else {}
    counted = Counter(section for section, _trained in members)
    return Kampung(
        row=row, groups=groups, filled=sum(one.state != "none" for one in facts), asked=len(facts),
        steps=[(rules.STEP_NAMES[rules.FormationStepKind(step.step)], step)
               for step in FormationStep.objects.standing().filter(kampung=row).order_by("done_on")],
        documents=[(DOCUMENT_NAMES[one.kind], ISSUER_NAMES[one.level], one)
                   for one in Document.objects.standing().filter(kampung=row).order_by("dated_on", "number")],
        coverage=[(EXTENT_NAMES[one.extent], one)
                  for one in Coverage.objects.standing().filter(kampung=row).order_by("from_on")],
        pokja=pokja, template_name=TEMPLATE_NAMES[pokja.template] if pokja else "",
        members=len(members), trained=sum(trained is not None for _section, trained in members),
        sections=[(name, counted[key]) for key, name in names.items()],
        companion=Companion.objects.in_force(day).filter(kampung=row).order_by("from_on").last(),
    )  # fmt: skip


def shown_items(group):
    return [rules.items()[key] for key in rules.items_of(group) if rules.items()[key].kind is not ItemKind.TEXT]


def name_of(named):
    return named.name_en if get_language() == "en" else named.name_id


def fact(answers, item):
    answer = answers.get(item.key)
    if answer is None or answer.value is None:
        return Fact(name_of(item), "none")
    state = "count" if item.kind is ItemKind.COUNT else "yes" if answer.value else "no"
    return Fact(name_of(item), state, answer.value, DETAILS.get(answer.text, ""), answer.from_on, answer.source)


def house(village, day):
    row = DataHouse.objects.on(village, day)
    if row is None:
        return None
    found = DataHouseAssessment.objects.of(row).standing().filter(on__lte=day).order_by("-on")
    return House(row, [(HOUSE_CLASSES.get(one.computed_class, ""), one) for one in found])


def groups(village, day):
    """Kind of poktan to how many stand in the registry on that day."""
    rows = Group.objects.in_force(day).filter(village_id=village).values_list("kind", flat=True)
    counted = Counter(rows)
    return (
        [(kind.value.upper().replace("PIKR", "PIK-R"), counted[kind.value]) for kind in rules.GroupKind]
        if counted
        else []
    )


def agencies(village, day):
    """(name, own programme, activities, last day) of the agencies active in the twelve months up to that day."""
    found = {}
    rows = (
        AgencyActivity.objects.standing().filter(village_id=village, on__lte=day, on__gte=rules.year_before(day))
        .order_by("on").values_list("agency", "on")
    )  # fmt: skip
    for number, on in rows:
        if number in rules.agencies():
            found[number] = (found.get(number, (0, None))[0] + 1, on)
    return [
        (name_of(rules.agencies()[number]), rules.agencies()[number].own_programme, count, last)
        for number, (count, last) in sorted(found.items(), key=lambda pair: -pair[1][0])
    ]
