"""A list of cadres: what every row would do, and doing it. The same list again changes nothing."""

from uuid import uuid4

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import ROLES, Permission, Reach, require
from balai.accounts.actions.granting import day_of, give, governed, latest_change, said
from balai.accounts.actions.people import correct_account
from balai.accounts.models import Account, Grant
from balai.accounts.models.hats import last_day
from balai.accounts.models.people import people_of
from balai.accounts.rules.granting import Terms, must_be_givable, must_fit
from balai.base.errors import NotAllowed, Problem
from balai.base.words import Said, sentence
from balai.regions.models import Place
from balai.staff.models.people import free_username
from balai.staff.rules.cadres import Column, Kind, Result

NO_PLACE = sentence("Kode wilayah %(code)s tidak dikenal atau sudah tidak berlaku.")
NOT_HERE = sentence("Wilayah %(code)s di luar wilayah Anda.")
NAME_TAKEN = sentence("Nama akun ini sudah dipakai orang lain.")
NOT_YOURS = sentence("Akun ini tidak dapat Anda ubah: sebagian penugasannya di luar wewenang Anda.")
NEW_PHONE = sentence("Telepon menjadi %(phone)s")
NEW_NAME = sentence("Nama menjadi %(name)s")
NEW_GRANT = sentence("Penugasan baru")
TWIN = sentence("Sama dengan baris %(line)d.")


def plan(*, by, at, rows):
    """A Result for every row of the list (Cadre, or Result where the row could not be read), as it stands now."""
    on = day_of(at)
    known = _Known(by, on, rows)
    results, seen = [], {}
    for row in rows:
        if isinstance(row, Result):
            results.append(row)
            continue
        key = row.username or (row.name.casefold(), row.role, row.region)
        result = known.judge(row, at)
        if key in seen and result.kind is not Kind.REFUSED:
            result.kind, result.reason = Kind.TWICE, Said(TWIN, {"line": seen[key]})
        seen.setdefault(key, row.line)
        results.append(result)
    return results


@transaction.atomic
def apply_cadres(*, by, at, rows):
    """Makes and mends what `plan` says, all or nothing. Gives the results; those that are new carry their account."""
    require(by, Permission.ACCOUNT_MANAGE, by.ranges[0][0] if by.ranges else "")
    results, lines = plan(by=by, at=at, rows=rows), {row.line: row for row in rows}
    _create(by, at, [(result, lines[result.line]) for result in results if result.kind is Kind.NEW])
    for result in results:
        if result.kind is Kind.CHANGED:
            _mend(by, at, lines[result.line], Account.objects.get(pk=result.account))
    counts = {kind.value: sum(one.kind is kind for one in results) for kind in Kind}
    record(by=by, at=at, deed="account.import", subject="cadres", region=by.ranges[0][0], detail=counts)
    return results


def _create(by, at, new):
    """All at once: `plan` has asked the rules of granting about each, in this transaction."""
    accounts, grants, seen = [], [], latest_change()
    for result, row in new:
        account = Account(username=result.username, name=row.name, phone=row.phone, invited_at=at, invited_by=by.name)
        account.set_unusable_password()
        from_on, to_on = result.days
        accounts.append(account)
        grants.append(Grant(account=account, role=row.role, region=row.region, from_on=from_on, to_on=to_on,
                            given_at=at, given_by=by.name, change_seen=seen))  # fmt: skip
        result.account = account.pk
    Account.objects.bulk_create(accounts)
    Grant.objects.bulk_create(grants)
    for grant in grants:
        record(by=by, at=at, deed="account.create", subject=grant.account_id, region=grant.region, detail=said(grant))


def _mend(by, at, row, account):
    if (row.phone and row.phone != account.phone) or row.name != account.name:
        correct_account(by=by, at=at, account=account, name=row.name, phone=row.phone or account.phone,
                        email=account.email)  # fmt: skip
    on = day_of(at)
    if not account.grants.open(on).filter(role=row.role, region=row.region).exists():
        from_on, to_on = _days(by, row, on)
        give(by=by, at=at, account=account, role=row.role, region=row.region, from_on=from_on, to_on=to_on)


def _days(by, row, on):
    """From today and as long as the officer's own grant lasts, where the list says nothing."""
    return row.from_on or on, row.to_on or last_day(by, row.region, on)


class _Known:
    """The people in the officer's scope and the places in the list, read once."""

    def __init__(self, by, on, rows):
        cadres = [row for row in rows if not isinstance(row, Result)]
        self.by, self.on = by, on
        self.people = {account.username: account for account in people_of(by, on)}
        self.held, self.by_grant, self.by_phone = set(), {}, {}
        for grant in Grant.objects.open(on).inside(by.ranges).select_related("account"):
            self.held.add((grant.account_id, grant.role, grant.region))
            self.by_grant.setdefault((grant.account.name.casefold(), grant.role, grant.region), grant.account)
        for account in self.people.values():
            if account.phone:
                self.by_phone.setdefault((account.name.casefold(), account.phone), account)
        self.places = Place.objects.on(on).in_bulk({row.region for row in cadres})
        self.taken = set(Account.objects.filter(username__in={row.username for row in cadres}).values_list(
            "username", flat=True))  # fmt: skip
        self.suggested = {row.username for row in cadres}
        self.last_days = {}

    def judge(self, row, at):
        result = Result(row.line, Kind.SAME, row.name, row.username, row.region)
        if (fault := self._fault(row)) is not None:
            result.kind, result.column, result.reason = Kind.REFUSED, *fault
            return result
        account = self._match(row)
        if account is not None:
            return self._compared(row, account, result, at)
        if row.username in self.taken:
            result.kind, result.column, result.reason = Kind.REFUSED, Column.USERNAME.value, Said(NAME_TAKEN)
            return result
        result.kind, result.username = Kind.NEW, row.username or self._free_name(row.name)
        result.days = row.from_on or self.on, row.to_on or self._own_last_day(row.region)
        return result

    def _fault(self, row):
        """(column, reason) of what the rules of granting have against the row."""
        if not self.by.covers(row.region):
            return Column.REGION.value, Said(NOT_HERE, {"code": row.region})
        if row.region not in self.places:
            return Column.REGION.value, Said(NO_PLACE, {"code": row.region})
        own = self._own_last_day(row.region)
        terms = Terms(ROLES[row.role], row.region, row.from_on or self.on, row.to_on or own)
        try:
            must_be_givable(self.by, terms, to=uuid4(), last_day=own)
        except Problem as problem:
            column = Column.ROLE if isinstance(problem, NotAllowed) else Column.TO
            return column.value, Said(problem.message, problem.params)
        try:
            must_fit(terms, Reach(self.places[row.region].level))
        except Problem as problem:
            column = Column.TO if terms.to_on and terms.to_on < terms.from_on else Column.REGION
            return column.value, Said(problem.message, problem.params)
        return None

    def _own_last_day(self, region):
        if region not in self.last_days:
            self.last_days[region] = last_day(self.by, region, self.on)
        return self.last_days[region]

    def _match(self, row):
        if row.username:
            return self.people.get(row.username)
        name = row.name.casefold()
        return self.by_grant.get((name, row.role, row.region)) or self.by_phone.get((name, row.phone))

    def _compared(self, row, account, result, at):
        result.account, result.username = account.pk, account.username
        mends = []
        if row.phone and row.phone != account.phone:
            mends.append(Said(NEW_PHONE, {"phone": row.phone}))
        if row.name != account.name:
            mends.append(Said(NEW_NAME, {"name": row.name}))
        if mends and not _may_mend(self.by, account, at):
            result.kind, result.reason = Kind.REFUSED, Said(NOT_YOURS)
            return result
        if account.pk == self.by.account or (account.pk, row.role, row.region) in self.held:
            result.what = mends
        else:
            result.what = [*mends, Said(NEW_GRANT)]
        result.kind = Kind.CHANGED if result.what else Kind.SAME
        return result

    def _free_name(self, name):
        found = free_username(name, self.suggested)
        self.suggested.add(found)
        return found


def _may_mend(by, account, at):
    try:
        governed(by, account, at)
    except NotAllowed:
        return False
    return True
