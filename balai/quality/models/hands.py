"""Whose hand wrote of a family: nobody verifies his own."""

from django.db.models import Max

from balai.access.models import AuditSubject
from balai.quality.models.verification import Verification
from balai.quality.rules import BY_HAND, Outcome


def own_hand(by, families):
    """Those of the families of which this account wrote something by hand since they were last verified."""
    verified = Verification.objects.filter(
        family__in=families, outcome=Outcome.VERIFIED.value, undone_at__isnull=True
    ).order_by()
    since = dict(verified.values_list("family").annotate(Max("entry")))
    touched = AuditSubject.objects.filter(subject__in=families, entry__by=by.name, entry__deed__in=BY_HAND)
    return {family for family, entry in touched.values_list("subject", "entry") if entry > since.get(family, 0)}
