"""Writing classes: one way in, whatever the number of villages and months."""

from balai.classification.actions.classifying import classify, classify_months
from balai.classification.actions.evidence import Evidence, gather

__all__ = ["Evidence", "classify", "classify_months", "gather"]
