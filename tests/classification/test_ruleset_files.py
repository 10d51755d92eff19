"""A rule-set file that cannot be meant is refused, with the file and the key."""

from importlib import resources

import pytest

from balai.base.errors import NotValid
from balai.classification.rules.ruleset import parse

FILE = "balai-2026.toml"
GOOD = resources.files("balai.classification.rules.rulesets").joinpath(FILE).read_text("utf-8")

COUNTS = '["0", "1", "2-4", "5-6"]'
PERCENTS = '["<30", "30-40", ">40-50", ">50"]'
MISTAKES = {
    "unknown key": ('count = "funds"', 'count = "funds"\nwieght = 2', "wieght"),
    "unknown input": ('count = "funds"', 'count = "founds"', "indicators.funds: “founds” bukan masukan"),
    "gap of whole numbers": (COUNTS, '["0", "1", "3-4", "5-6"]', "indicators.funds: ada celah"),
    "overlap of whole numbers": (COUNTS, '["0", "1", "1-4", "5-6"]', "indicators.funds: “1” dan “1-4” bertumpang"),
    "gap at a point": (PERCENTS, '["<30", ">30-40", ">40-50", ">50"]', "indicators.cpr: ada celah"),
    "overlap at a point": (PERCENTS, '["<=30", "30-40", ">40-50", ">50"]', "indicators.cpr: .*bertumpang"),
    "not from zero": (COUNTS, '["1", "2", "3-4", "5-6"]', "tidak mulai dari nol"),
    "not to the end": (COUNTS, '["0", "1", "2-4", "5"]', "tidak berakhir di batas atas"),
    "open end missing": (PERCENTS, '["<30", "30-40", ">40-50", ">50-90"]', "tidak berakhir"),
    "too many bands": (COUNTS, '["0", "1", "2", "3", "4-6"]', "dua sampai empat"),
    "not a band": (COUNTS, '["0", "1", "2 to 4", "5-6"]', "“2 to 4” bukan rentang"),
    "sign and two ends": (COUNTS, '["0", "1", "<2-4", "5-6"]', "bukan rentang"),
    "turned band": (COUNTS, '["0", "1", "4-2", "5-6"]', "terbalik"),
    "table with a hole": ('    ["yes", "yes", "no",  "no",  2],\n', "", "indicators.pokja: keadaan .* kena 0 baris"),
    "table with two answers": ('["yes", "no",  "-",   "-",   2]', '["yes", "-",  "-",   "-",   2]', "kena 2 baris"),
    "table row too short": ('["yes", "no",  "-",   "-",   2]', '["yes", "no",  "-",   2]', "tidak cocok dengan kolom"),
    "options in one language": ('options_en = ["Secretariat", "Rumah DataKu"]', "", "options_id dan options_en"),
    "total without unknown": ('unknown = "funds_unknown"\n', "", "unknown dan total harus ada bersama"),
    "report without score": ('of = "unmet"', 'of = "unmet"\nreport = ["users"]', "score_without_report"),
    "class missing": ('    ["yes", "yes", "yes", 4],\n]', "]", "tidak setiap keadaan"),
    "class twice": ('["yes", "yes", "yes", 4]', '["yes", "yes", "no", 4]', "ada dua kali"),
    "passing lowers the class": ('["yes", "yes", "yes", 4]', '["yes", "yes", "yes", 1]', "menurunkan kelas"),
    "indicator in no dimension": ('"cpr", "mkjp", "unmet"]', '"cpr", "mkjp"]', "kunci dimensions: setiap indikator"),
    "other name": ('name = "balai-2026"', 'name = "balai-2027"', "tidak sama dengan nama berkas"),
    "not TOML": ('name = "balai-2026"', "name = balai", FILE),
    "wrong type": ("pass_at = 3.00", 'pass_at = "tiga"', r"\$.pass_at"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named(old, new, told):
    assert old in GOOD
    with pytest.raises(NotValid, match=told) as refused:
        parse(FILE, GOOD.replace(old, new, 1).encode())
    assert FILE in str(refused.value)


def test_an_indicator_too_few_is_named():
    start, end = GOOD.index("[indicators.mkjp]"), GOOD.index("[indicators.unmet]")
    with pytest.raises(NotValid, match="kunci indicators: harus tepat"):
        parse(FILE, (GOOD[:start] + GOOD[end:]).encode())


def test_a_file_as_it_stands_is_read():
    assert parse(FILE, GOOD.encode()).name == "balai-2026"
