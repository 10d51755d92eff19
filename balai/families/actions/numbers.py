"""Showing a number in full, and looking for one. Both are counted, so that a valid account cannot harvest."""

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Matter, Permission, Right, require
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.base.words import sentence
from balai.families import rules
from balai.families.models import Family, IdentityNumber, NumberSearch, Reveal
from balai.vault.models import canonical


class TooOften(Refused):
    """The account did this as often as it may for now."""

    status = 429


@transaction.atomic
def reveal_number(*, by, at, number, reason):
    """For an hour `by` sees the number in full on the family's page."""
    require(by, Permission.NUMBER_REVEAL, number.region)
    number = IdentityNumber.objects.visible_to(by).unrestricted().filter(pk=number.pk).first()
    if number is None or by.account is None or by.right(Matter.NUMBER) < Right.REASON:
        raise NotAllowed("Peran Anda tidak membuka nomor lengkap.")
    reason = rules.one_line(reason)
    if rules.letters(reason) < rules.REASON_LETTERS:
        raise NotValid("Tulis alasannya sedikitnya 10 huruf: untuk apa nomor ini diperlukan.")
    if Reveal.objects.by(by.account).since(at - rules.HOUR).count() >= rules.REVEALS_AN_HOUR:
        raise TooOften(
            sentence("Anda sudah membuka 30 nomor dalam satu jam. Coba lagi nanti, atau minta bantuan petugas lain.")
        )
    reveal = Reveal.objects.create(
        account=by.account, number=number, reason=reason, from_at=at, until_at=at + rules.REVEAL_LASTS
    )
    record(
        by=by, at=at, deed="number.reveal", subject=number.pk, region=number.region, why=reason,
        detail={"kind": number.kind}, subjects=[one for one in (number.family_id, number.person_id) if one],
    )  # fmt: skip
    return reveal


@transaction.atomic
def search_number(*, by, at, kind, written):
    """A list of the families in scope that hold exactly this number. What is found is recorded, never the number."""
    if by.account is None or not by.ranges:
        raise NotAllowed("Peran Anda tidak membuka pencarian nomor.")
    home = by.ranges[0][0]
    require(by, Permission.FAMILY_VIEW, home)
    number = canonical(written)
    count_search(by, at)
    rows = Family.objects.visible_to(by).living_here().unrestricted().with_number(kind, number)
    found = list(rows[: rules.MEMBERS_AT_ONCE])
    record(
        by=by, at=at, deed="number.search", subject="number.search", region=home, detail={"kind": kind},
        subjects=[family.pk for family in found],
    )  # fmt: skip
    return found


def count_search(by, at):
    """One more look for a number by the account; refused where they are too many."""
    NumberSearch.objects.by(by.account).before(at - rules.MINUTE).delete()
    if NumberSearch.objects.by(by.account).count() >= rules.SEARCHES_A_MINUTE:
        raise TooOften(sentence("Anda sudah mencari 30 nomor dalam satu menit. Tunggu satu menit, lalu coba lagi."))
    NumberSearch.objects.create(account=by.account, at=at)
