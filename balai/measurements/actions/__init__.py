"""Every write of measurements."""

from balai.measurements.actions.loading import load_measurements
from balai.measurements.actions.measuring import (
    correct_measurement,
    record_measurement,
    remove_measurement,
    undo_measurement,
)

__all__ = [
    "correct_measurement",
    "load_measurements",
    "record_measurement",
    "remove_measurement",
    "undo_measurement",
]
