"""The three kinds of refusal. Each is answered in one place: config.middleware for pages, config.cli for commands."""

from typing import Any


class Problem(Exception):
    """A refusal that a person can act on.

    `message` is a sentence in Bahasa Indonesia with %(name)s places; it is also the key under which its
    translation is looked up. `params` fill the places.
    """

    status = 400

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message, params)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class Refused(Problem):
    """The state of things does not allow it."""

    status = 409


class NotAllowed(Problem):
    """This person may not do it."""

    status = 403


class NotValid(Problem):
    """What was sent in cannot be right."""

    status = 422
