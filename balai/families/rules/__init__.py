"""Codes of the family card and what they may be together: pure."""

from balai.families.rules.codes import LeftReason, NumberKind, Relation, Sex

__all__ = ["LeftReason", "NumberKind", "Relation", "Sex"]
