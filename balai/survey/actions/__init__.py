"""Every write of the survey."""

from balai.survey.actions.answering import answer, undo_answers
from balai.survey.actions.drafts import drop_draft, keep_draft
from balai.survey.actions.loading import load_answers

__all__ = ["answer", "drop_draft", "keep_draft", "load_answers", "undo_answers"]
