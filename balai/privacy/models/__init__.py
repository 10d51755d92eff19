from balai.privacy.models.ledger import Erased, Ledger, digest, digests
from balai.privacy.models.requests import Applicant, Request
from balai.privacy.models.walk import Subject, held, held_of, mentions, model_of, namesakes

__all__ = [
    "Applicant",
    "Erased",
    "Ledger",
    "Request",
    "Subject",
    "digest",
    "digests",
    "held",
    "held_of",
    "mentions",
    "model_of",
    "namesakes",
]
