"""Ways to sign in, as tests need them."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import encrypt
from django.utils import timezone

from tests.people import person

PASSWORD = "kampung damai di tepi sungai"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def now():
    return timezone.now()  # noqa: TID251  as the pages do


def with_password(role="family_office", region="16.05", **fields):
    account = person(role, region, **fields)
    account.set_password(PASSWORD)
    account.save()
    return account


def with_generator(account):
    """Gives the account a code generator whose seed the tests know."""
    return Authenticator.objects.create(user=account, type="totp", data={"secret": encrypt(SEED)})


def code(steps=0, seed=SEED):
    """What the generator shows now, or some half minutes earlier or later."""
    return format_hotp_value(hotp_value(seed, int(time.time()) // 30 + steps))


def try_password(client, username, password=PASSWORD, **headers):
    return client.post("/masuk/", {"login": username, "password": password}, **headers)
