"""Which papers should be there: drawn tables."""

from datetime import date

import pytest

from balai.families.rules import FIELDS, told_value
from balai.identity.rules import DocumentKind, paper_warnings

ON = date(2025, 12, 16)
CARD, CHILD, BIRTH = DocumentKind.CARD, DocumentKind.CHILD_CARD, DocumentKind.BIRTH
PAPERS = {
    "17 today without a card": ("2008-12-16", False, {CARD: False}, [CARD]),
    "16 without a card": ("2008-12-17", False, {CARD: False}, []),
    "16, married, without a card": ("2008-12-17", True, {CARD: False}, [CARD]),
    "16 with a card": ("2008-12-17", False, {CARD: True}, [CARD]),
    "5 without a child's card or a certificate": ("2020-01-01", False, {CHILD: False, BIRTH: False}, [CHILD, BIRTH]),
    "5 with both": ("2020-01-01", False, {CHILD: True, BIRTH: True}, []),
    "30 with a child's card": ("1995-01-01", False, {CHILD: True, CARD: True}, [CHILD]),
    "30 without a certificate": ("1995-01-01", False, {BIRTH: False, CHILD: False}, []),
    "nothing asked": ("1995-01-01", False, {}, []),
    "day of birth not known": ("", False, {CARD: False}, []),
}


@pytest.mark.parametrize(("born", "married", "held", "found"), PAPERS.values(), ids=PAPERS.keys())
def test_a_paper_that_should_be_there_is_told(born, married, held, found):
    born_on = date.fromisoformat(born) if born else None
    assert [kind for kind, _said in paper_warnings(held, born_on, ON, married=married)] == found


def test_every_paper_has_a_name():
    assert dict(DocumentKind.choices()) == {kind.value: kind.label for kind in DocumentKind}


def test_the_trail_of_a_family_names_every_paper():
    assert {kind: FIELDS[f"document_{kind}"] for kind in DocumentKind} == dict(DocumentKind.choices())
    assert [told_value("document_card", held) for held in (True, False, None)] == ["ada", "belum ada", "belum diisi"]
