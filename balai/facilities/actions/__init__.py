"""Every write about places that serve a village."""

from balai.facilities.actions.facilities import (
    apply_facilities,
    close_facility,
    correct_facility,
    record_facility,
    reopen_facility,
)

__all__ = ["apply_facilities", "close_facility", "correct_facility", "record_facility", "reopen_facility"]
