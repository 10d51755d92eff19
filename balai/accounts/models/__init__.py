from balai.accounts.models.account import Account
from balai.accounts.models.codes import OneTimeCode
from balai.accounts.models.devices import Device, Enrolment
from balai.accounts.models.grants import Assignment, Grant
from balai.accounts.models.hats import Hat, actor_of, hats_of
from balai.accounts.models.sessions import Session
from balai.accounts.models.standing import Lost, Standing, standing

__all__ = [
    "Account",
    "Assignment",
    "Device",
    "Enrolment",
    "Grant",
    "Hat",
    "Lost",
    "OneTimeCode",
    "Session",
    "Standing",
    "actor_of",
    "hats_of",
    "standing",
]
