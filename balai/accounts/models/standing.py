"""How a signed-in account stands at this moment: who acts, and why not, if it may not go on."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from balai.access.rules import PUBLIC, STRANGER, Actor
from balai.accounts.models.devices import Enrolment
from balai.accounts.models.hats import actor_of, hats_of, reached
from balai.accounts.rules import lifetimes, pins, ranges
from balai.regions.rules import span


class Lost(StrEnum):
    """Why a session does not go on as it was."""

    IDLE = "idle"
    AT_MOST = "at_most"
    DEVICE = "device"
    HAT = "hat"


@dataclass(frozen=True)
class Standing:
    actor: Actor
    hats: tuple = ()
    lost: Lost | None = None


def standing(account, session, at):
    on_device = bool(session.get("device"))
    over = lifetimes.ended(
        began_at=moment(session.get("began_at"), at), seen_at=moment(session.get("seen_at"), at),
        on_device=on_device, at=at,
    )  # fmt: skip
    if over:
        return Standing(STRANGER, lost=Lost(over.value))
    on = timezone.localtime(at).date()
    hats = held = tuple(hats_of(account, on))
    enrolment = None
    if on_device:
        enrolment = Enrolment.objects.live(at).filter(device=session["device"], account=account).first()
        if enrolment is None:
            return Standing(STRANGER, lost=Lost.DEVICE)
        hats = tuple(hat for hat in hats if hat.role.name in pins.DEVICE_ROLES)
    lost = Lost.HAT if session.get("hat") and session["hat"] not in {hat.key for hat in hats} else None
    actor = actor_of(account, session, on, held)
    return Standing(confined(actor, enrolment, on) if enrolment else actor, hats, lost)


def moment(text, at):
    """A moment that a session keeps; a session without it began now."""
    return datetime.fromisoformat(text) if text else at


def confined(actor, enrolment, on):
    """On a device an actor reaches no further than the enrolment: its roles, and the regions of that day."""
    if actor.role.name not in pins.DEVICE_ROLES:
        return replace(actor, role=PUBLIC, ranges=(), agency=None, assignment=None)
    bound = [span(code) for codes in reached(set(enrolment.regions), on).values() for code in codes]
    return replace(actor, ranges=ranges.common(actor.ranges, bound))
