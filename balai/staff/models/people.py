"""The people of a list: narrowed and put in order as it was asked."""

from datetime import timedelta

from django.db.models import Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.utils import timezone

from balai.accounts.models import Account, Grant, OneTimeCode
from balai.accounts.rules.codes import Purpose
from balai.accounts.rules.naming import suggested_username
from balai.staff.models.reviewing import reviews

SOON = timedelta(days=30)  # a grant that ends within these days is shown as ending soon
SORTS = {
    "nama": ("name_lower", "username"),
    "akun": ("username",),
    "wilayah": ("first_region", "name_lower", "username"),
    "masuk": ("last_login", "name_lower", "username"),
    "berakhir": ("first_end", "name_lower", "username"),
}


def matching(people, asked, actor, at):
    """`people` narrowed by what the list was asked for (rules.asking.Asked), in its order."""
    on = timezone.localtime(at).date()
    shown = Grant.objects.open(on).inside(actor.ranges)
    if asked.role:
        shown = shown.filter(role=asked.role)
    if asked.region:
        shown = shown.filter(Q(region=asked.region) | Q(region__startswith=asked.region + "."))
    of_person = shown.filter(account=OuterRef("pk")).order_by()
    if asked.role or asked.region:
        people = people.filter(Exists(of_person))
    if asked.text:
        people = people.filter(Q(name__icontains=asked.text) | Q(username__icontains=asked.text))
    if asked.state == "tinjau":
        people = people.filter(pk__in=[review.grant.account_id for review in reviews(list(shown), on).values()])
    elif asked.state:
        people = people.filter(_state(asked.state, of_person, at))
    people = people.annotate(
        name_lower=Lower("name"),
        first_region=Subquery(of_person.values("account").annotate(found=Min("region")).values("found")),
        first_end=Subquery(of_person.values("account").annotate(found=Min("to_on")).values("found")),
    )
    return people.order_by(*_order(asked))


def _order(asked):
    """Who has no value comes last, whichever way the list is turned."""
    for name in SORTS[asked.sort]:
        yield F(name).desc(nulls_last=True) if asked.descending else F(name).asc(nulls_last=True)


def _state(state, of_person, at):
    on = timezone.localtime(at).date()
    invited = OneTimeCode.objects.filter(
        account=OuterRef("pk"), purpose=Purpose.INVITATION, used_at=None, expires_at__gt=at
    )
    held = Grant.objects.open(on).filter(account=OuterRef("pk"))
    return {
        "diundang": Q(Exists(invited), last_login=None, suspended_at=None),
        "belum-masuk": Q(~Exists(invited), last_login=None, suspended_at=None),
        "aktif": Q(suspended_at=None, last_login__isnull=False),
        "ditangguhkan": Q(suspended_at__isnull=False),
        "segera-berakhir": Q(Exists(of_person.filter(to_on__lte=on + SOON))),
        "tanpa-peran": Q(~Exists(held)),
    }[state]


def free_username(name, taken=frozenset()):
    """A user name made from a person's name that nobody has, and that is not in `taken`."""
    start = suggested_username(name, frozenset())
    used = Account.objects.filter(username__startswith=start).values_list("username", flat=True)
    return suggested_username(name, {*used, *taken})
