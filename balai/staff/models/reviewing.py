"""Grants that an officer has to look at: their place was split, merged or ended, or their giver lost the power."""

from dataclasses import dataclass, field
from uuid import UUID

from balai.access.rules import Actor
from balai.accounts.models.account import Account
from balai.accounts.models.grants import Grant
from balai.accounts.models.hats import hats_of, reached
from balai.accounts.rules.granting import may_appoint
from balai.base.words import Said, sentence
from balai.regions.models import Change
from balai.regions.rules import ChangeKind

WHAT = {
    ChangeKind.SPLIT: sentence("Wilayah ini dipecah pada %(on)s. Penugasannya tetap di %(old)s saja."),
    ChangeKind.MERGED: sentence("Wilayah ini digabung ke %(new)s pada %(on)s. Penugasannya tidak ikut ke sana."),
    ChangeKind.ENDED: sentence("Wilayah ini berakhir pada %(on)s."),
}
GIVER_GONE = sentence("Pemberi penugasan ini tidak lagi berwenang memberikannya.")


@dataclass
class Review:
    grant: Grant
    reasons: list[Said] = field(default_factory=list)
    choices: dict[str, str] = field(default_factory=dict)  # code to name of places that came of the grant's own


def reviews(grants, on):
    """Grant id to Review, for those of the open `grants` that need one."""
    found = {}
    now = reached({grant.region for grant in grants}, on)
    changes = _changes({code for codes in now.values() for code in codes}, on)
    givers = _givers({grant.given_by for grant in grants}, on)
    for grant in grants:
        review = Review(grant)
        for code in sorted(now[grant.region]):
            _note_changes(review, changes.get(code, ()))
        if grant.given_by in givers and not _still_may(givers[grant.given_by], grant):
            review.reasons.append(Said(GIVER_GONE))
        if review.reasons:
            found[grant.pk] = review
    return found


def _changes(codes, on):
    rows = Change.objects.filter(kind__in=WHAT, old__in=codes, on__lte=on).select_related("old", "new").order_by("pk")
    found = {}
    for change in rows:
        found.setdefault(change.old_id, []).append(change)
    return found


def _note_changes(review, changes):
    told = set()
    for change in changes:
        if change.pk <= review.grant.change_seen:
            continue
        if change.new_id:
            review.choices[change.new_id] = change.new_name or change.new.name
        if change.kind == ChangeKind.SPLIT and ChangeKind.SPLIT in told:
            continue
        told.add(change.kind)
        names = {"on": str(change.on), "old": change.old.name, "new": change.new_name}
        review.reasons.append(Said(WHAT[ChangeKind(change.kind)], names))


def _givers(names, on):
    """Name of every giver that is an account to the actors of its hats; operators of the server always may."""
    ids = {name.removeprefix("account:"): name for name in names if name.startswith("account:")}
    found = {name: [] for name in ids.values()}
    for account in Account.objects.filter(pk__in=[UUID(one) for one in ids]):
        for hat in hats_of(account, on):
            found[account.actor_name].append(Actor(account.actor_name, hat.role, hat.ranges, hat.agency))
    return found


def _still_may(hats, grant):
    return any(may_appoint(hat, grant.role, grant.region, grant.agency_kind) for hat in hats)
