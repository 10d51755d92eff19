"""A small invented world for the pages: villages of every kind, two months, both rule sets."""

import json
import uuid
from datetime import UTC, date, datetime

import numpy as np

from balai.classification import rules as classification
from balai.classification.models import Edition, Outcome, Run
from balai.classification.rules import INPUTS
from balai.regions.models import Place
from balai.villages.models import (
    AgencyActivity,
    Answer,
    Coverage,
    DataHouse,
    DataHouseAssessment,
    Document,
    FormationStep,
    Group,
    KampungKB,
    Pokja,
    PokjaMember,
    Return,
    VillageMonth,
)

AT = datetime(2025, 12, 6, 2, tzinfo=UTC)
BEFORE, NOW = "2024-11", "2025-11"
ENTERED = {"recorded_at": AT, "recorded_by": "operator:test", "source": "Rekaan untuk uji"}
COUNTS = {
    "pokja": 2, "pokja_sk": 2, "pokja_members": 30, "pokja_trained": 2, "funds": 7, "poktan": 6, "secretariat": 2,
    "data_house": 2, "companion": 2, "regulation": 2, "data_uses": 6, "mechanisms": 6, "rkm": 2, "agencies_ever": 12,
    "agencies_year": 9,
}  # fmt: skip
PLACES = (
    ("16", 1, "provinsi", "Sumatera Selatan"), ("16.05", 2, "kabupaten", "Kabupaten Musi Rawas"),
    ("16.05.01", 3, "kecamatan", "Tugumulyo"), ("16.05.02", 3, "kecamatan", "Muara Lakitan"),
    ("16.71", 2, "kota", "Kota Palembang"), ("16.71.01", 3, "kecamatan", "Ilir Barat Dua"),
    ("76", 1, "provinsi", "Sulawesi Barat"), ("76.05", 2, "kabupaten", "Kabupaten Majene"),
    ("76.05.03", 3, "kecamatan", "Sendana"),
)  # fmt: skip
NAMES = ("Surodadi", "Tegal Rejo", "Trikoyo", "Kalibening", "Widodo", "Wonokerto", "Nawangsasi", "Sukomulyo",
         "Wukirsari", "Ngadirejo", "Dwijaya", "Mataram")  # fmt: skip
MAIN, UNFORMED, SILENT, TWICE, UNKNOWN = (f"16.05.01.{2002 + number}" for number in range(5))


def places():
    """Nine regions, 30 villages, and one village that is gone."""
    rows = [(code, level, kind, name) for code, level, kind, name in PLACES]
    for parent, count in (("16.05.01", 12), ("16.05.02", 8), ("16.71.01", 5), ("76.05.03", 5)):
        rows += [(f"{parent}.{2002 + n}", 4, "desa", NAMES[n]) for n in range(count)]
    Place.objects.bulk_create(
        Place(code=code, level=level, kind=kind, name=name, search_name=name.upper(),
              parent_id=code.rpartition(".")[0] or None, source="uji")
        for code, level, kind, name in rows
    )  # fmt: skip
    return [code for code, level, _kind, _name in rows if level == 4]


def columns(count, rng):
    """Inputs of that many villages, about one in eight not filled."""
    found = {key: rng.integers(0, top, count).astype(float) for key, top in COUNTS.items()}
    couples = rng.integers(200, 900, count).astype(float)
    users = np.floor(couples * rng.uniform(0.35, 0.75, count))
    found |= {"couples": couples, "users": users, "long_acting": np.floor(users * rng.uniform(0.1, 0.4, count)),
              "unmet": np.floor(couples * rng.uniform(0.03, 0.16, count))}  # fmt: skip
    for group in ("bkb", "bkr", "bkl", "uppka", "pikr"):
        target = rng.integers(60, 200, count).astype(float)
        found |= {f"{group}_target": target, f"{group}_members": np.floor(target * rng.uniform(0, 0.6, count))}
    for key in ("funds", "poktan", "data_uses", "mechanisms"):
        found[f"{key}_unknown"] = np.zeros(count)
    found["agencies_year_all"] = found["agencies_year"] + 1
    for key in found:
        found[key][rng.random(count) < 0.03] = np.nan
    return found | {"marks": np.zeros(count)}


def outcomes(codes, found, rules, run, edition, formed):
    """Outcome rows as a run of the rule set would write them."""
    judged = classification.load(rules).judge(found)
    table = np.column_stack([found[key] for key in INPUTS])
    for row, code in enumerate(codes):
        indices = [None if value < 0 else int(value) for value in judged.indices[row]]
        yield Outcome(
            run=run, edition=edition, code=code, village_class=int(judged.village_class[row]) or None,
            class_low=int(judged.class_low[row]), class_high=int(judged.class_high[row]),
            input_index=indices[0], process_index=indices[1], output_index=indices[2],
            scores="".join(str(score) if score else "." for score in judged.scores[row]),
            reasons="".join(map(chr, judged.reasons[row])), formed=formed.get(code, True),
            inputs=json.dumps([None if np.isnan(value) else int(value) for value in table[row]]),
        )  # fmt: skip


def classified(codes, seed=7):
    """Both months under both rule sets; some villages without Kampung KB, one without any row."""
    rng = np.random.default_rng(seed)
    seen = [code for code in codes if code != SILENT]
    for period in (BEFORE, NOW):
        found = columns(len(seen), rng)
        formed = {UNFORMED: False}
        if UNKNOWN in seen:
            at = seen.index(UNKNOWN)
            for key in (*COUNTS, "funds_unknown", "poktan_unknown", "data_uses_unknown", "mechanisms_unknown"):
                found[key][at] = np.nan
        if MAIN in seen:
            at = seen.index(MAIN)
            found["bkb_members"][at], found["bkb_target"][at], found["marks"][at] = 150, 100, 8
        for rules in classification.names():
            version, used = classification.load(rules).stamp, classification.load(rules).figures
            run = Run.objects.create(rules=rules, rules_version=version, figures=used, period=period, at=AT,
                                     by="operator:test", villages=len(seen), changed=len(seen))  # fmt: skip
            edition = Edition.objects.create(rules=rules, period=period)
            Outcome.objects.bulk_create(outcomes(seen, found, rules, run, edition, formed))


def registry(invented=True):
    """One village with everything that a page can show, and one with two Kampung KB."""
    day = date(2019, 3, 14)
    founded = {"founded_earliest": day, "founded_latest": day, "invented": invented}
    main = KampungKB.objects.create(village_id=MAIN, name="Kampung KB Surodadi", **founded, **ENTERED)
    KampungKB.objects.create(village_id=TWICE, number=1, founded_earliest=date(2016, 1, 1),
                             founded_latest=date(2019, 12, 31), **ENTERED)  # fmt: skip
    KampungKB.objects.create(village_id=TWICE, number=2, ended_on=day, ended_reason="digabung", **ENTERED)
    answers = (("pokja", 1, ""), ("pokja_sk", 1, ""), ("pokja_members", 14, ""), ("fund_apbn", 0, ""),
               ("mech_planning", 1, "bulanan"), ("companion", 1, "pkb"),
               ("overview", None, "Bapak Anu RT 3"))  # fmt: skip
    Answer.objects.bulk_create(
        Answer(kampung=main, village_code=MAIN, item=item, value=value, text=text, from_on=day, **ENTERED)
        for item, value, text in answers
    )
    FormationStep.objects.create(kampung=main, step="sosialisasi", done_on=day, **ENTERED)
    Document.objects.create(kampung=main, kind="sk_pokja", level="kades", number="12/2019", dated_on=day,
                            to_on=date(2027, 1, 1), issuer="Kepala Desa Bapak Rahasia", **ENTERED)  # fmt: skip
    Coverage.objects.create(kampung=main, extent="rw", areas="RW 1, RW 2", from_on=day, **ENTERED)
    Coverage.objects.create(kampung=main, extent="desa", from_on=date(2022, 1, 1), **ENTERED)
    pokja = Pokja.objects.create(kampung=main, template="empat_seksi", from_on=day, **ENTERED)
    PokjaMember.objects.create(
        pokja=pokja, name="Ibu Rahasia", position="seksi", section="data", trained_on=day, **ENTERED
    )
    house = DataHouse.objects.create(village_id=MAIN, exists=True, has_decree=True, from_on=day, **ENTERED)
    DataHouseAssessment.objects.create(house=house, on=day, found={}, computed_class="sederhana", **ENTERED)
    DataHouseAssessment.objects.create(house=house, on=date(2018, 1, 1), found={}, **ENTERED)
    DataHouse.objects.create(village_id=TWICE, exists=False, **ENTERED)
    Group.objects.create(village_id=MAIN, kind="bkb", from_on=day, **ENTERED)
    for agency, on in ((9, date(2025, 5, 2)), (9, date(2025, 6, 2)), (26, date(2025, 7, 1)), (999, date(2025, 7, 2))):
        AgencyActivity.objects.create(village_id=MAIN, agency=agency, on=on, **ENTERED)


def returns():
    """A register with a mark and an older vintage, and one that Balai does not know."""
    common = {"code": MAIN, "period": NOW, "batch": uuid.uuid4()}
    Return.objects.create(register="pus", exported_on=date(2025, 11, 30), values={"couples": 400, "unmet": 40},
                          digest="a", superseded=True, **common)  # fmt: skip
    Return.objects.create(register="pus", exported_on=date(2025, 12, 5), values={"couples": 412, "unmet": 40},
                          digest="b", **common)  # fmt: skip
    Return.objects.create(register="poktan", exported_on=date(2025, 12, 5), digest="c", **common,
                          values={"bkb_target": 100, "bkb_members": 150, "bkr_members": None},
                          marks=[["above_target", ["bkb_members", "bkb_target"]]])  # fmt: skip
    Return.objects.create(register="masa_depan", exported_on=date(2025, 12, 5), values={"x": 1}, digest="d", **common)
    VillageMonth.objects.create(code=MAIN, period=NOW, couples=412, unmet=40)


def world():
    codes = places()
    classified(codes)
    registry()
    returns()
    return codes
