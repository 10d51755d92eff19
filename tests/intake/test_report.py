import pytest

from balai.base.errors import NotValid
from balai.base.words import Said
from balai.intake.actions.report import Report
from balai.intake.inputs.held import NOTE, Remark
from tests.intake.conftest import report_lines


def remark(**changed):
    told = {"status": NOTE, "file": "a.csv", "line": 2, "column": "PUS", "value": "x",
            "reason": Said("a %(b)s", {"b": 1}), "remedy": Said("c")}  # fmt: skip
    return Remark(**told | changed)


def test_a_report_stands_when_the_import_stands(tmp_path):
    path = tmp_path / "r.csv"
    with Report(path) as report:
        report.add(remark())
        report.add(remark(line=None))
        assert not path.exists()
    assert [(line["line"], line["reason"], line["remedy"]) for line in report_lines(path)] == [
        ("2", "a 1", "c"), ("", "a 1", "c"),
    ]  # fmt: skip
    assert [file.name for file in tmp_path.iterdir()] == ["r.csv"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_report_of_nothing_has_its_headings(tmp_path):
    with Report(tmp_path / "r.csv"):
        pass
    assert (tmp_path / "r.csv").read_text("utf-8-sig") == "file,line,column,value,status,reason,remedy\n"


def test_the_report_that_was_there_stays_when_the_import_fails(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text("old")
    with pytest.raises(RuntimeError), Report(path):
        raise RuntimeError
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["r.csv"]


@pytest.mark.parametrize("place", ["nowhere/r.csv", "."])
def test_a_place_that_cannot_be_written_is_refused_first(tmp_path, place):
    with pytest.raises(NotValid, match="tidak dapat ditulis"):
        Report(tmp_path / place)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_no_cell_is_taken_for_a_formula(tmp_path, start):
    path = tmp_path / "r.csv"
    with Report(path) as report:
        report.add(remark(value=start + "1+1", file=start + "a.csv", column=start))
    line = report_lines(path)[0]
    assert (line["value"], line["file"], line["column"]) == (f"'{start}1+1", f"'{start}a.csv", f"'{start}")
