"""From where somebody tries, and how often codes may be guessed at from there."""

from axes.models import AccessFailureLog
from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from balai.accounts.rules import limits
from balai.base.errors import Refused


class TooOften(Refused):
    status = 429


def address_of(request):
    """The client's address: the connection's, or what the nearest of our own proxies noted. The rest of
    X-Forwarded-For is the client's own tale.
    """
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXIES and len(told) >= settings.PROXIES:
        return told[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR")


def hashed_name(username):
    """What is kept of a name that was typed: people type their password there, too."""
    return salted_hmac("balai.sign-in", username.strip().lower(), algorithm="sha256").hexdigest()


def may_try(request, at):
    """TooOften when this address failed too often, at codes or at passwords."""
    failed = AccessFailureLog.objects.filter(
        ip_address=address_of(request), attempt_time__gt=at - limits.ONE_ADDRESS.within
    )
    until = limits.ONE_ADDRESS.free_at(list(failed.values_list("attempt_time", flat=True)), at)
    if until:
        raise TooOften(
            "Terlalu banyak percobaan dari jaringan ini. Coba lagi pukul %(until)s.",
            until=f"{timezone.localtime(until):%H.%M}",
        )


def note_failure(request):
    AccessFailureLog.objects.create(
        username="code", ip_address=address_of(request), user_agent="", http_accept="", path_info=request.path[:255]
    )
