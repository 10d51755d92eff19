"""Writes the pages that are built from code into docs/generated; `--check` fails when they are not current."""

import sys
from pathlib import Path

from balai.access.rules import ROLES, DataClass, Matter, Permission, described
from balai.classification.rules import CLASSES, DIMENSIONS, load, names
from balai.classification.rules.declared import Table
from balai.indicators.rules import PROGRAMMES, parts
from balai.indicators.rules import catalogue as definitions_of_indicators
from balai.indicators.rules.book import entry
from balai.intake.rules.registers import registers
from balai.privacy.rules import Erase, catalogue
from balai.villages.rules import agencies, groups, items

TARGET = Path(__file__).resolve().parent.parent / "docs" / "generated"
HEAD = "<!-- Written by `make docs`; do not edit. -->\n\n"
PERIODS = {
    "month": "column BULAN",
    "half": "column PERIODE",
    "described": "the last month before the export",
    "list": "none: a list of villages",
    "sheet": "of the profile sheet, not a file of SIGA",
}
DIMENSION_NAMES = {"input": "Input", "process": "Process", "output": "Output"}


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    cells = ([str(cell).replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines)
    return "\n".join("| " + " | ".join(line) + " |" for line in cells) + "\n"


def _scores(indicator):
    """What gives 1, 2, 3, 4, as the file says it."""
    if not isinstance(indicator, Table):
        return [*indicator.bands, *["not reachable"] * (4 - len(indicator.bands))]
    found = {score: [] for score in range(1, 5)}
    for *facts, score in indicator.table:
        said = [f"{key}: {fact}" for key, fact in zip(indicator.columns, facts, strict=True) if fact != "-"]
        found[score].append(", ".join(said))
    return ["; or ".join(found[score]) or "not reachable" for score in range(1, 5)]


def _rule_set(name):
    rules = load(name)
    valid = f"{rules.valid_from} to {rules.valid_to or 'further notice'}"
    yield f"## {rules.name}: {rules.name_id}\n\n"
    yield f"Version {rules.version}, digest `{rules.digest}`. Valid {valid}. Source: {rules.source}.\n\n"
    missing = "counts as no or zero" if rules.missing_is_zero else "gives no score"
    yield f"Figures are scored as *{rules.figures}*. What is not filled {missing}. "
    yield f"A dimension passes when the mean of its scores is {rules.pass_at / 100:.2f} or more.\n\n"
    for dimension in DIMENSIONS:
        rows = [
            [
                f"`{key}`",
                rules.indicators[key].name_id,
                rules.indicators[key].counts_id,
                *_scores(rules.indicators[key]),
            ]
            for key in rules.dimensions[dimension]
        ]
        yield (
            f"### {DIMENSION_NAMES[dimension]}\n\n"
            + table(["key", "name", "what counts", "1", "2", "3", "4"], rows)
            + "\n"
        )
    passes = [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)]
    rows = [["yes" if p else "no" for p in triple] + [CLASSES[int(rules.class_of[triple])].name] for triple in passes]
    yield "### Class\n\n" + table(["input passes", "process passes", "output passes", "class"], rows) + "\n"


def rules_page():
    yield "# Rule sets\n\n"
    yield "From the files in `balai/classification/rules/rulesets`. Why: [0005](../adr/0005-rule-sets-are-data.md).\n\n"
    for name in names():
        yield from _rule_set(name)


def registers_page():
    yield "# Registers of SIGA\n\n"
    yield "What `balai import siga` recognises, from `balai/intake/registers.toml`. A file is told by its columns; "
    yield "a column that is missing is not filled.\n\n"
    for register in registers().values():
        yield f"## `{register.key}`: {register.name_id}\n\n"
        yield f"{register.name_en}. Source: {register.source}. Month: {PERIODS[register.period]}.\n\n"
        told = ", ".join(" or ".join(f"“{name}”" for name in either) for either in register.signature)
        yield f"Recognised by: {told}.\n\n" if told else ""
        rows = [[f"“{c.heading}”", f"`{c.key}`", c.name_id, c.name_en, c.kind] for c in register.columns.values()]
        if rows:
            yield table(["column", "key", "name", "in English", "kind"], rows) + "\n"
        for field, keys in register.month.items():
            yield f"- feeds `{field}` = {' + '.join(f'`{key}`' for key in keys)}\n"
        for check in register.checks:
            yield f"- marked as implausible: {_check(check)}\n"
        yield "\n" if register.month or register.checks else ""


def _check(check):
    keys = [f"`{key}`" for key in check.keys]
    if check.is_sum:
        return f"{keys[0]} ≠ {' + '.join(keys[1:])}"
    return f"{' + '.join(keys[:-1])} > {keys[-1]}"


def items_page():
    yield "# Items of a village's profile\n\n"
    yield "From `balai/villages/rules/items.toml`. No answer means not filled, which is neither no nor zero.\n\n"
    for key, group in groups().items():
        rows = [
            [f"`{item.key}`", item.name_id, item.name_en, item.kind, ", ".join(item.choices), item.source]
            for item in items().values()
            if item.group == key
        ]
        yield f"## {group.name_id}\n\n" + table(["key", "name", "in English", "kind", "choices", "source"], rows) + "\n"
    yield "## Agencies\n\n"
    yield "Numbers of the national portal; the part of the pentahelix is our own reading of the name.\n\n"
    rows = [
        [a.number, a.name_id, a.name_en, a.pentahelix or "", "yes" if a.own_programme else ""]
        for a in agencies().values()
    ]
    yield table(["number", "name", "in English", "pentahelix", "runs the programme"], rows)


def roles_page():
    facts = described()
    titles = {role.name: role.title for role in facts}
    yield "# Who may see and do what\n\n"
    yield "From `balai/access/rules/roles.py`, which the program, the walls of the database and this page share. "
    yield "Why: [0011](../adr/0011-appointing-is-a-right-of-its-own.md), "
    yield "[0012](../adr/0012-doors-and-two-walls.md). A grant is a role over a region, from a day to a day.\n\n"
    rows = [
        [
            f"`{role.name}`", role.title, ", ".join(reach.name.lower() for reach in role.reach),
            "yes" if role.second_factor else "no", "assigned families only" if role.assigned else "",
        ]
        for role in facts
    ]  # fmt: skip
    yield "## Roles\n\n" + table(["role", "title", "granted over", "second factor", "sees"], rows) + "\n"
    yield "## Permissions\n\n"
    rows = [
        [f"`{permission}`", *("x" if permission in role.may else "" for role in facts)] for permission in Permission
    ]
    yield table(["", *(f"`{role.name}`" for role in facts)], rows) + "\n"
    yield from _rights(facts)
    yield "## Who appoints whom\n\n"
    yield "Always inside the own region, agency and dates, never oneself. The operator of the command line appoints "
    yield f"{', '.join(f'`{name}`' for name in ROLES if not any(name in role.gives for role in facts))}.\n\n"
    rows = [
        [
            f"`{role.name}`",
            *(
                ", ".join(titles[name] for name in names)
                for names in (role.gives, role.gives_through_others, role.given_by)
            ),
        ]
        for role in facts
    ]
    yield table(["role", "appoints", "also, through those", "appointed by"], rows)


def _rights(facts):
    yield "## Rights by matter\n\n"
    yield "P1 to P4 is how much harm a leak does. *aggregate*: counts of at least k; *masked*: the row, a number to "
    yield "its last four; *reason*: in full for an hour after a typed reason; each includes the ones before it.\n\n"
    rows = [
        [
            f"`{role.name}`" + (f", {agency}" if agency else ""),
            *(right.name.lower() if right else "–" for right in rights.values()),
        ]
        for role in facts
        for agency, rights in role.rights.items()
    ]
    yield table(["role", *(f"{matter} ({matter.data_class})" for matter in Matter)], rows) + "\n"


ERASURE = {
    Erase.DELETE: "rows deleted",
    Erase.BLANK: "personal columns emptied",
    Erase.FORGET: "reasons and values blanked",
    Erase.STAYS: "stays",
}


def processing_page():
    known = catalogue()
    yield "# Register of processing\n\n"
    yield "UU 27/2022, article 31. From `balai/privacy/fields.toml`; the same stands at `/hak-warga/pemrosesan`. "
    yield "Why: [0018](../adr/0018-one-file-of-fields.md). \\* a lawyer has yet to confirm it.\n\n"
    for table_ in known.tables.values():
        if table_.is_personal or table_.leads_to_a_person:
            yield from _processed(table_)
    yield "## Tables without data of families\n\n"
    rows = [
        [f"`{one.key}`", one.name.en, one.highest, one.purpose.en, _star(one.keep.name.en, one.keep.lawyer)]
        for one in known.tables.values()
        if not (one.is_personal or one.leads_to_a_person)
    ]
    yield table(["table", "name", "class", "purpose", "kept"], rows) + "\n## How long\n\n"
    rows = [
        [f"`{key}`", _star(one.name.en, one.lawyer), "" if one.days is None else one.days, one.since, one.source]
        for key, one in known.keeps.items()
    ]
    yield table(["rule", "kept", "days", "since", "source"], rows)


def _processed(one):
    """One table with data of persons, with the class of each of its columns."""
    yield f"## `{one.key}`: {one.name.en} ({one.name.id})\n\n"
    erased = ERASURE[one.erase] + (f" ({one.stays_because})" if one.stays_because else "")
    rows = [
        ["purpose", one.purpose.en],
        ["basis", _star(one.basis.name.en, one.basis.lawyer)],
        ["kept", _star(one.keep.name.en, one.keep.lawyer)],
        ["received by", "; ".join(receiver.en for receiver in one.receives)],
        ["leads to a person by", ", ".join(f"`{path}`" for path in {one.person: 0, one.family: 0} if path)],
        ["at erasure", erased],
        ["no walls, because", one.unwalled_because],
        *([level, ", ".join(f"`{name}`" for name in one.fields_of(level))] for level in DataClass),
    ]
    yield table(["", ""], [row for row in rows if row[1]]) + "\n"


def _star(text, lawyer):
    return f"{text} \\*" if lawyer else text


def _figure(code, one):
    """How one figure is worked out, as its file says it."""
    keys = ("table", "among", "counted", "against", "value", "over", "how", "formula")
    return [f"`{code}`", *(f"`{said}`" if (said := getattr(one, key)) else "" for key in keys)]


def _indicator(found, one):
    record = entry(found, one)
    yield f"### {one.code} {one.name_en} ({one.name_id})\n\n{one.means_en}\n\n"
    rows = [
        ["concept", one.name_en],
        ["definition", one.means_en],
        ["classification", ", ".join(part.name_en for code, part in parts(one).items() if code != one.code)],
        ["size", record["ukuran"]],
        ["unit", f"{one.unit} ({record['satuan']})"],
        ["numerator", one.counted_en],
        ["denominator", one.of_en],
        ["better", one.direction],
        ["levels", one.levels],
        ["source", f"{one.source} ({one.basis})"],
        ["note", one.note_en],
        ["waits for", record["waits"]],
        ["beside", ", ".join(one.beside)],
        *(["band", _band(band)] for band in one.bands),
        ["version", f"{one.version}, since {one.since}"],
    ]
    yield table(["", ""], [row for row in rows if row[1]]) + "\n"
    head = ["figure", "table", "among", "counted", "against", "value", "over", "how", "formula"]
    written = [_figure(code, part) for code, part in parts(one).items()]
    used = [at for at in range(len(head)) if any(row[at] for row in written)]
    yield table([head[at] for at in used], [[row[at] for at in used] for row in written]) + "\n"


def _band(band):
    bounds = [f"at least {band.at_least}"] * (band.at_least is not None)
    bounds += [f"at most {band.at_most}"] * (band.at_most is not None)
    return f"{' and '.join(bounds)}: {band.word_en} (from {band.since}; {band.source})"


def indicators_page():
    found = definitions_of_indicators()
    yield "# Book of indicators\n\n"
    yield "From the files in `balai/indicators/rules/catalogue`, on the tables of `balai/indicators/rules/promised`. "
    yield "Why: [0024](../adr/0024-promised-tables-and-expressions.md). "
    yield "`balai indicators export --json` gives the same as records.\n\n"
    for programme in PROGRAMMES:
        yield f"## {programme.capitalize()}\n\n"
        for one in found.indicators.values():
            if one.programme == programme:
                yield from _indicator(found, one)
    yield "## Numbers that law or science may change\n\n"
    rows = [
        [f"`{name}`", one.about_en, "; ".join(f"{value.value} from {value.since}" for value in one.values),
         f"{one.source} ({one.basis})"]
        for name, one in found.parameters.items()
    ]  # fmt: skip
    yield table(["name", "what it is", "value", "source"], rows)


def pages():
    """File name to text of every generated page."""
    written = {
        "rules.md": rules_page(),
        "registers.md": registers_page(),
        "items.md": items_page(),
        "indicators.md": indicators_page(),
        "roles.md": roles_page(),
        "processing.md": processing_page(),
    }
    return {name: HEAD + "".join(parts).rstrip() + "\n" for name, parts in written.items()}


def main():
    stale = []
    for name, text in pages().items():
        path = TARGET / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        sys.exit(f"Not current: {', '.join(stale)}. Run `make docs`.")


if __name__ == "__main__":
    main()
