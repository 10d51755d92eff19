"""Documents say what is there."""

import ast
import re
import runpy

import pytest

from tests.conventions.house import PACKAGE, ROOT, python, short, texts, tree
from tools.docs import pages

ADR = ROOT / "docs" / "adr"
DOCUMENTS = ("README.md", "DEVELOPERS.md", "GLOSSARY.md")
LINK = re.compile(r"\]\(((?!https?:|#)[^)#]+)")
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
# Indonesian words of the programme: where one of them is part of a name in code, the glossary explains it.
INDONESIAN = {
    "apbd", "apbdes", "apbn", "bkb", "bkkbn", "bkl", "bkr", "bupati", "camat", "dasa", "dasar", "dasawisma", "desa",
    "dusun", "elsimil", "gubernur", "hibah", "kabupaten", "kades", "kader", "kampung", "kb", "kecamatan", "kelurahan",
    "kemendagri", "kota", "mandiri", "berkembang", "berkelanjutan", "mkjp", "opd", "paripurna", "pikr", "pkb", "pkk",
    "plkb", "pokja", "poktan", "posyandu", "provinsi", "pus", "rkm", "rt", "rw", "siga", "sk", "swadaya", "uppka",
    "verval", "wisma",
}  # fmt: skip


def glossary():
    """(term, names in code) of every row of the glossary."""
    rows = ROW.findall((ROOT / "GLOSSARY.md").read_text(encoding="utf-8"))
    return [
        (term.strip(), re.findall(r"`([^`]+)`", names))
        for term, names, _meaning in rows
        if term.strip() != "Istilah" and "---" not in term
    ]


def identifiers():
    """Words of every name in the package's code, and of every key in its TOML."""
    names = set()
    for path in python(PACKAGE):
        for node in ast.walk(tree(path)):
            names |= {
                getattr(node, part)
                for part in ("id", "attr", "arg", "name")
                if isinstance(getattr(node, part, None), str)
            }
    for path in PACKAGE.rglob("*.toml"):
        names |= set(re.findall(r"^\[*([\w.]+)\]*(?:\s*=|$)", path.read_text(encoding="utf-8"), re.MULTILINE))
    return names


def words(names):
    split = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
    return {word.lower() for name in names for word in split.findall(name)}


@pytest.mark.parametrize("path", sorted(ADR.glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_is_short_and_has_its_parts(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 40
    assert re.match(rf"# {path.name[:4]} ", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in sorted(ADR.glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_command_in_a_document_exists(name):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z-]+)\b", (ROOT / name).read_text(encoding="utf-8")))
    assert named - targets == set()


def test_the_readme_names_the_two_commands_and_ci_runs_the_second():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme
    assert "make test" in readme
    assert "make test" in (ROOT / ".ci" / "run").read_text()


def test_every_balai_command_in_a_document_exists():
    commands = runpy.run_path(str(PACKAGE / "config" / "cli.py"))["COMMANDS"]
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        named = set(re.findall(r"(?:^\s*|`|“)balai (?:--lang en )?([a-z][a-z-]*)", text, re.MULTILINE))
        assert named - set(commands) == set(), name


def test_every_link_in_a_document_leads_somewhere():
    broken = [
        f"{short(path)}: {target}"
        for path, text in texts()
        if path.suffix == ".md"
        for target in LINK.findall(text)
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_every_path_in_the_developers_table_exists():
    text = (ROOT / "DEVELOPERS.md").read_text(encoding="utf-8")
    table = text.split("## Where do I change")[1].split("###")[0]
    named = {found for found in re.findall(r"`([\w/*.]+)`", table) if "/" in found.strip("/")}
    missing = [name for name in named if not list(PACKAGE.glob(name)) and not list(ROOT.glob(name))]
    assert missing == []


def test_the_glossary_is_sorted_and_every_name_in_it_is_used():
    rows = glossary()
    terms = [term.lower() for term, _names in rows]
    assert terms == sorted(terms)
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted(PACKAGE.rglob("*"))
        if path.suffix in {".py", ".toml"} and "migrations" not in path.parts
    )
    unused = [
        name
        for _term, names in rows
        for name in names
        if not re.search(rf"(?<![a-zA-Z]){re.escape(name)}(?![a-zA-Z])", source)
    ]
    assert unused == []


def test_every_indonesian_word_in_a_name_is_in_the_glossary():
    text = " ".join([*(term for term, _names in glossary()), *(name for _term, names in glossary() for name in names)])
    assert (words(identifiers()) & INDONESIAN) - words(re.findall(r"[\w-]+", text)) == set()


def test_generated_pages_are_current():
    for name, text in pages().items():
        assert (ROOT / "docs" / "generated" / name).read_text(encoding="utf-8") == text, f"{name}: run `make docs`"
