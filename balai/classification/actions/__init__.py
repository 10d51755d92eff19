"""Writing classes: one way in, whatever the number of villages and months."""

from balai.classification.actions.classifying import classify, classify_months

__all__ = ["classify", "classify_months"]
