from balai.villages.actions.crosschecks import mark_crossings
from balai.villages.actions.documents import StepTaken, attach_evidence, record_document, record_step
from balai.villages.actions.figures import record_returns
from balai.villages.actions.people import record_companion, record_member, record_pokja, record_training
from balai.villages.actions.places import (
    assess_data_house,
    record_activities,
    record_coverage,
    record_data_house,
    record_data_houses,
    record_group,
)
from balai.villages.actions.recorded import correct
from balai.villages.actions.registry import (
    correct_kampung,
    end_kampung,
    record_answers,
    register_kampung,
    register_kampungs,
)

__all__ = [
    "StepTaken",
    "assess_data_house",
    "attach_evidence",
    "correct",
    "correct_kampung",
    "end_kampung",
    "mark_crossings",
    "record_activities",
    "record_answers",
    "record_companion",
    "record_coverage",
    "record_data_house",
    "record_data_houses",
    "record_document",
    "record_group",
    "record_member",
    "record_pokja",
    "record_returns",
    "record_step",
    "record_training",
    "register_kampung",
    "register_kampungs",
]
