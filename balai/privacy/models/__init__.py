from balai.privacy.models.ledger import Erased, Ledger, digest, digests
from balai.privacy.models.requests import Applicant, Request
from balai.privacy.models.walk import Subject, held, mentions, model_of

__all__ = [
    "Applicant",
    "Erased",
    "Ledger",
    "Request",
    "Subject",
    "digest",
    "digests",
    "held",
    "mentions",
    "model_of",
]
