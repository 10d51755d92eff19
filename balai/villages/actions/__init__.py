from balai.villages.actions.figures import record_returns
from balai.villages.actions.recorded import correct
from balai.villages.actions.registry import (
    correct_kampung,
    end_kampung,
    record_answers,
    register_kampung,
    register_kampungs,
)

__all__ = [
    "correct",
    "correct_kampung",
    "end_kampung",
    "record_answers",
    "record_returns",
    "register_kampung",
    "register_kampungs",
]
