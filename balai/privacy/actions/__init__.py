"""Every write about persons' rights. Whoever calls acts: personal tables open to nobody else (access.models.acting)."""

from balai.privacy.actions.accounts import erase_account
from balai.privacy.actions.erasing import erase_person, replay_erasures
from balai.privacy.actions.keeping import follow_persons, retain
from balai.privacy.actions.reporting import report_account, report_person
from balai.privacy.actions.requests import (
    correct_by_request,
    grant_request,
    lift_restriction,
    receive_request,
    refuse_request,
    withdraw_request,
)

__all__ = [
    "correct_by_request",
    "erase_account",
    "erase_person",
    "follow_persons",
    "grant_request",
    "lift_restriction",
    "receive_request",
    "refuse_request",
    "replay_erasures",
    "report_account",
    "report_person",
    "retain",
    "withdraw_request",
]
