"""The paper form as a PDF: what the printed page asks, on A4, with a serial number on every sheet."""

import re

import pytest

from balai.access.models import acting
from balai.survey import actions
from balai.survey.rules import Block, items
from balai.survey.views.printed import drawable
from tests.families.register import AT, BY, FAR, HERE
from tests.people import person, signed_in
from tests.privacy import pdf_text
from tests.survey.asking import VISIT, couple

pytestmark = pytest.mark.django_db


def plain(answer):
    """The text of a PDF without its spaces."""
    assert answer["Content-Type"] == "application/pdf"
    return re.sub(r"\s", "", pdf_text.text_of(answer.content))


@pytest.fixture
def kader(places):
    return signed_in(person("cadre", HERE))


def test_a_blank_form_asks_every_question_on_a4_with_its_number(kader):
    answer = kader.get(f"/keluarga/desa/{HERE}/formulir-kosong.pdf")
    text = plain(answer)
    assert [item.code for item in items().values() if item.code.replace(" ", "") not in text] == []
    assert b"/MediaBox [0 0 595.28 841.89]" in answer.content
    serial = re.search(r'filename="formulir-(.+)\.pdf"', answer["Content-Disposition"])[1]
    assert serial.startswith(HERE)
    sheets = len(re.findall(rb"/Type /Page\b", answer.content))
    assert sheets > 2
    assert text.count(f"Nomorformulir{serial}") == sheets + 1


def test_the_form_of_a_family_holds_what_is_known_and_no_number_of_identity(kader, places):
    family = couple()
    with acting(BY):
        actions.answer(by=BY, at=AT, block=Block.HOUSING, subject=family, from_on=VISIT, answers={"water": 4})
    text = plain(kader.get(f"/keluarga/{family.pk}/pendataan/cetak.pdf"))
    assert family.pk.hex[:8].upper() in text
    assert "SitiRahmawati"[:5] in text
    assert "4Sumurterlindung" in text
    assert "NIK" not in text


def test_out_of_reach_there_is_no_form(kader):
    assert kader.get(f"/keluarga/desa/{FAR}/formulir-kosong.pdf").status_code == 404


def test_the_page_leads_to_the_pdf(kader):
    page = kader.get(f"/keluarga/desa/{HERE}/formulir-kosong").content.decode()
    assert f"/keluarga/desa/{HERE}/formulir-kosong.pdf" in page


def test_a_letter_that_no_font_has_leaves_a_trace():
    assert drawable("Ayu\n\u4e2d") == "Ayu \u00bf"
