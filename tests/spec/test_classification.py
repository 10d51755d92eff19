import pytest
import yaml

from balai.classification import rules
from balai.classification.rules import CLASSES, DIMENSIONS, GROUPS, INDICATORS
from tests.spec.drawn import drawn, inputs, span

# Inputs that give a score in both rule sets, so that a drawn score can be laid out as a village.
WHOLE = 10_000
FORM = {
    "pokja": {1: "pokja=0", 2: "pokja=1 pokja_sk=1 pokja_members=0 pokja_trained=0",
              3: "pokja=1 pokja_sk=1 pokja_members=5 pokja_trained=0",
              4: "pokja=1 pokja_sk=1 pokja_members=5 pokja_trained=1"},
    "funds": {score: f"funds={n} funds_unknown=0" for score, n in ((1, 0), (2, 1), (3, 2), (4, 5))},
    "poktan": {score: f"poktan={n} poktan_unknown=0" for score, n in ((1, 0), (2, 1), (3, 3), (4, 5))},
    "facilities": {n + 1: f"secretariat={n > 0:d} data_house={n > 1:d}" for n in (0, 1, 2)},
    "companion_regulation": {n + 1: f"companion={n > 0:d} regulation={n > 1:d}" for n in (0, 1, 2)},
    "data_use": {score: f"data_uses={n} data_uses_unknown=0" for score, n in ((1, 0), (2, 1), (3, 2), (4, 4))},
    "mechanisms": {score: f"mechanisms={n} mechanisms_unknown=0 rkm=1"
                   for score, n in ((1, 0), (2, 1), (3, 3), (4, 5))},
    "agencies": {score: f"agencies_ever={n} agencies_year={n}" for score, n in ((1, 0), (2, 1), (3, 4), (4, 7))},
    "participation": {score: " ".join(f"{g}_members={n} {g}_target=100" for g in GROUPS)
                      for score, n in ((1, 5), (2, 15), (3, 25), (4, 35))},
    "cpr": {score: f"couples=1000 users={n}" for score, n in ((1, 200), (2, 300), (3, 500), (4, 600))},
    "unmet": {score: f"couples=1000 unmet={n}" for score, n in ((1, 200), (2, 110), (3, 80), (4, 10))},
}  # fmt: skip
MKJP = {1: 10, 2: 21, 3: 23, 4: 50}


def laid_out(scores):
    village = {}
    for key, score in scores.items():
        if key != "mkjp":
            village |= inputs(FORM[key][score])
    return village | {"long_acting": village["users"] * MKJP[scores["mkjp"]] // 100}


@pytest.mark.parametrize("name", rules.names())
@pytest.mark.parametrize("row", drawn("classification/vectors.txt"))
def test_twelve_scores_give_three_indices_and_a_class(name, row):
    scores = {key: int(row[key]) for key in INDICATORS}
    found = rules.explain(rules.load(name), laid_out(scores))
    assert {line.key: line.score for line in found.lines} == scores
    assert {key: f"{found.indices[key]:.2f}" for key in DIMENSIONS} == {key: row[key] for key in DIMENSIONS}
    assert CLASSES[found.village_class].name == row["class"]


PASSING = {
    "input": {"pokja": 4, "funds": 3, "poktan": 4, "facilities": 3, "companion_regulation": 3},
    "process": {"data_use": 3, "mechanisms": 3, "agencies": 3},
    "output": {"participation": 3, "cpr": 3, "mkjp": 3, "unmet": 3},
}


@pytest.mark.parametrize("name", rules.names())
@pytest.mark.parametrize("row", drawn("classification/truth.txt"))
def test_which_dimensions_pass_decides_the_class(name, row):
    scores = {}
    for dimension in DIMENSIONS:
        scores |= {key: score if row[dimension] == "yes" else 2 for key, score in PASSING[dimension].items()}
    found = rules.explain(rules.load(name), laid_out(scores))
    assert found.passes == {key: row[key] == "yes" for key in DIMENSIONS}
    assert CLASSES[found.village_class].name == row["class"]


@pytest.mark.parametrize("name", rules.names())
@pytest.mark.parametrize("row", [*drawn("classification/forms.txt"), *drawn("classification/missing.txt")])
def test_a_score_or_the_range_that_is_left(name, row):
    found = rules.explain(rules.load(name), inputs(row["inputs"]))
    line = next(line for line in found.lines if line.key == row["indicator"])
    low, high = span(row[name])
    assert (line.low, line.high, line.score) == (low, high, low if low == high else None)


@pytest.mark.parametrize("name", rules.names())
@pytest.mark.parametrize("row", drawn("classification/percents.txt"))
def test_a_percentage_falls_into_its_band(name, row):
    part = round(float(row["percent"]) * WHOLE / 100)
    village = {
        "cpr": {"couples": WHOLE, "users": part},
        "mkjp": {"users": WHOLE, "long_acting": part},
        "unmet": {"couples": WHOLE, "unmet": part},
        "participation": {f"{g}_{k}": n for g in GROUPS for k, n in (("members", part), ("target", WHOLE))},
    }[row["indicator"]]
    found = rules.explain(rules.load(name), village)
    assert next(line.score for line in found.lines if line.key == row["indicator"]) == int(row[name])


@pytest.mark.parametrize("key", ["cpr", "mkjp", "unmet"])
def test_both_rule_sets_agree_on_every_whole_percent(key):
    portal, balai = (rules.load(name).plans[key].bands for name in rules.names())
    for percent in range(101):
        assert portal.score_one(percent) == balai.score_one(percent)


def test_real_figures_give_the_scores_that_were_worked_out_by_hand(shared_data):
    pages = yaml.safe_load((shared_data / "kampungkb_pages.yaml").read_text(encoding="utf-8"))
    villages = [v for value in pages["siga_sulbar"].values() if isinstance(value, list) for v in value
                if isinstance(v, dict) and "hitung_ulang_peneliti" in v]  # fmt: skip
    assert len(villages) == 18
    for village in villages:
        known, mix = village["hitung_ulang_peneliti"], village["mix"]
        facts = {"couples": village["pus"], "users": village["peserta_kb_aktif"], "unmet": village["unmet_need"],
                 "long_acting": mix["iud"] + mix["implan"] + mix["vasektomi"] + mix["tubektomi"]}  # fmt: skip
        for group in ("bkb", "bkr", "bkl"):
            facts |= {f"{group}_members": village["poktan"][group]["kesertaan"],
                      f"{group}_target": village["poktan"][group]["sasaran"]}  # fmt: skip
        portal, balai = ({line.key: line for line in rules.explain(rules.load(n), facts).lines} for n in rules.names())
        participation, *others = known["skor_output_poktan3_cpr_mkjp_unmet"]
        assert [portal[key].score for key in ("cpr", "mkjp", "unmet")] == others, village["desa"]
        whole = [int(portal[key].value.params["percent"] + 0.5) for key in ("cpr", "mkjp", "unmet")]
        assert all(abs(a - known[f"{k}_persen"]) <= 1 for a, k in zip(whole, ("cpr", "mkjp", "unmet"), strict=True))
        assert balai["participation"].score == participation, village["desa"]
