from balai.identity.actions.doubles import record_entered_twice, undo_entered_twice
from balai.identity.actions.joining import join_persons, part_persons
from balai.identity.actions.papers import record_documents

__all__ = ["join_persons", "part_persons", "record_documents", "record_entered_twice", "undo_entered_twice"]
