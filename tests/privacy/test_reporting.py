"""The report of a person: all of it, for the person, as JSON and on paper."""

import json

import pytest
from django.utils import translation

from balai.access.models import AuditEntry, acting, unscoped
from balai.base.errors import NotAllowed, NotValid
from balai.families.models import Person
from balai.privacy import actions
from balai.privacy.models import Request, held, model_of
from balai.privacy.rules import RequestState, catalogue
from balai.privacy.views import paper
from balai.privacy.views.wording import exact, officers, plain, shown
from balai.vault.models import opened
from tests import people
from tests.families import register
from tests.privacy import pdf_text, planted

AT = register.AT
LONG = "diserahkan kepada orangnya sendiri"


def reported(by, person, request=None):
    with acting(by):
        return actions.report_person(by=by, at=AT, person=person, reason=LONG, request=request)


@pytest.fixture
def full(places, officer):
    """(report, what was planted, what the tables hold) of a person with something in every column."""
    subject, canaries = planted.everywhere()
    with unscoped("uji"):
        person = Person.objects.get(pk=subject.person)
    made = reported(officer, person)
    with unscoped("uji"):
        rows = {table.key: list(rows) for table, rows in held(subject)}
    return made, canaries, rows


def without_the_report(rows):
    return [row for row in rows if getattr(row, "deed", "") != "person.report"]


def test_the_report_holds_every_table_that_leads_to_the_person(full):
    made, _canaries, rows = full
    leading = {key for key, table in catalogue().tables.items() if table.leads_to_a_person}
    assert {part.table.key for part in made.parts} == leading == set(rows)


def test_the_report_holds_all_that_was_planted_and_every_value_of_every_row(full):
    made, canaries, rows = full
    written = paper.as_json(made)
    text = json.dumps(written, ensure_ascii=False)
    assert [where for where, one in canaries.items() if json.dumps(one, ensure_ascii=False) not in text] == []
    tables = {one["table"]: one for one in written["tables"]}
    missing = []
    for key, there in rows.items():
        for row in there:
            told = next((one for one in tables[key]["rows"] if _is(one, row)), {})
            for field in row._meta.concrete_fields:
                held_value = getattr(row, field.attname)
                place = (row.pk, row._meta.db_table, field.column)
                wanted = opened(held_value, *place) if planted.is_sealed(field) else exact(held_value)
                if field.name not in told or told[field.name] != wanted:
                    missing.append((key, field.name))
    assert missing == []


def _is(told, row):
    key = row._meta.pk
    return told[key.name] == exact(getattr(row, key.attname))


def test_numbers_are_in_clear_because_they_are_the_persons_own(full):
    made, _canaries, _rows = full
    text = json.dumps(paper.as_json(made))
    assert planted.NIK in text
    assert planted.KK in text


def test_the_paper_holds_the_same_and_no_letter_vanishes(full):
    made, canaries, _rows = full
    text = pdf_text.text_of(paper.as_pdf(made)).replace("\n", " ")
    close = text.replace(" ", "")
    for one in (*planted.secrets(canaries), planted.NAME, planted.NIK, planted.KK):
        assert one.replace(" ", "") in close, one
    for said in ("Data yang disimpan tentang Anda", "Tanggal lahir", "Anggota keluarga", "Siapa", "Perempuan"):
        assert said.replace(" ", "") in close, said


def test_the_paper_speaks_english_too(full):
    made, _canaries, _rows = full
    with translation.override("en"):
        text = pdf_text.text_of(paper.as_pdf(made)).replace(" ", "")
    assert "Dayofbirth" in text


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("Siti", "Siti"), ("Łukasz Đặng", "Łukasz Đặng"), ("ᮞᮥᮔ᮪ᮓ", "[U+1B9E][U+1BA5][U+1B94][U+1BAA][U+1B93]"),
        ("a\tb\nc", "a b c"), ("李", "[U+674E]"), ("\x07", "[U+0007]"), ("😀", "[U+1F600]"),
    ],
)  # fmt: skip
def test_a_letter_that_no_font_has_is_written_by_its_number(written, drawn):
    assert paper.drawable(written) == drawn


def test_a_long_text_goes_over_the_page(places, officer):
    person = register.head_of(register.family())
    with acting(officer):
        note = "panjang " * 120
        actions.receive_request(by=officer, at=AT, person=person, kind="access", proof="known", note=note.strip())
    for number in range(40):
        with acting(officer):
            actions.receive_request(by=officer, at=AT, person=person, kind="access", proof="known", note=f"ke-{number}")
    pdf = paper.as_pdf(reported(officer, person))
    assert pdf.count(b"/Type /Page\n") > 5
    assert pdf_text.text_of(pdf).replace(" ", "").count("panjang") == 120


def test_a_text_longer_than_a_page_is_printed_whole(places):
    page = paper.Paper("uji", AT)
    page.pair("Catatan", "kata " * 3000)
    page.pair("Sesudahnya", "ada")
    text = pdf_text.text_of(bytes(page.output()))
    assert text.replace(" ", "").count("kata") == 3000
    assert "Sesudahnya" in text


def test_what_other_persons_rows_say_is_counted_not_shown(places, officer):
    family, person = planted.family()
    with acting(officer):
        child = family.people.get(relation=3)
        child.mother = person
        child.save(update_fields=["mother"])
    made = reported(officer, person)
    assert [(one.table, one.field, one.count) for one in made.mentions] == [("families.person", "mother", 1)]
    written = paper.as_json(made)
    assert written["mentions"] == [{"table": "families.person", "field": "mother", "count": 1}]
    rows = next(one["rows"] for one in written["tables"] if one["table"] == "families.person")
    assert [row["name"] for row in rows] == ["Siti Aminah"]
    assert "Disebutpadadataoranglain" in pdf_text.text_of(paper.as_pdf(made)).replace(" ", "")


def test_the_report_leaves_a_trace_with_its_reason(places, officer):
    _family, person = planted.family()
    reported(officer, person)
    entry = AuditEntry.objects.get(deed="person.report")
    assert entry.change.why == LONG
    assert set(entry.touched.values_list("subject", flat=True)) == {person.pk, person.family_id}
    assert set(entry.matters.split()) == {"names", "number"}


def test_the_report_says_who_looked_by_name(places):
    account = people.person("field_officer", register.KECAMATAN, name="Bu Ratna")
    _family, person = planted.family()
    actor = people.actor(account)
    made = reported(actor, person)
    assert "Bu Ratna" in json.dumps(paper.as_json(made), ensure_ascii=False)
    assert "BuRatna" in pdf_text.text_of(paper.as_pdf(made)).replace(" ", "")
    assert officers({actor.name, "operator:uji", ""}) == {
        actor.name: "Bu Ratna", "operator:uji": "operator:uji", "": "",
    }  # fmt: skip


def test_a_report_ends_the_request_it_was_made_for(places, officer):
    _family, person = planted.family()
    with acting(officer):
        request = actions.receive_request(by=officer, at=AT, person=person, kind="access", proof="known")
        request = actions.grant_request(by=officer, at=AT, request=request, reason=LONG)
        reported(officer, person, request)
        assert Request.objects.get().known_state is RequestState.DONE
        reported(officer, person, request)
        assert Request.objects.get().done_at == AT


def test_who_may_not_or_does_not_see_the_person_gets_no_report(places, officer):
    _family, person = planted.family()
    auditor = register.actor("auditor", register.KABUPATEN)
    for by in (auditor, register.actor("cadre", register.HERE), register.actor("field_officer", register.FAR)):
        with pytest.raises(NotAllowed):
            reported(by, person)
    with pytest.raises(NotValid), acting(officer):
        actions.report_person(by=officer, at=AT, person=person, reason="  ")
    assert not AuditEntry.objects.filter(deed="person.report").exists()


@pytest.mark.parametrize(
    ("value", "said"),
    [(True, "ya"), (False, "tidak"), (AT, "16 Desember 2025 10.00"), (AT.date(), "16 Desember 2025"),
     ({"a": ["é"]}, '{"a": ["é"]}'), (b"\x01\xff", "01ff"), ("Jalan", "Jalan"), (3, 3)],
)  # fmt: skip
def test_values_are_said_as_people_read_them(value, said):
    assert plain(value) == said


def test_choices_and_missing_values_are_said_in_words():
    table = catalogue().tables["families.person"]
    assert shown(table, "sex", 2) == "Perempuan"
    assert shown(table, "born_on", None) == "belum diisi"
    assert shown(table, "name", "Siti") == "Siti"
    assert model_of(table) is Person


def test_values_are_exact_in_json():
    assert [exact(one) for one in (None, 1, "x", AT, AT.date(), b"\x01", [1])] == [
        None, 1, "x", "2025-12-16T03:00:00+00:00", "2025-12-16", "01", [1],
    ]  # fmt: skip
