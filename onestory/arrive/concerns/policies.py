"""May it happen now? Each check raises a sentence that can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onestory.arrive.concerns.models import Draft
from onestory.arrive.concerns.questions import Questionnaire


class ChangedMeanwhile(ValueError):
    """Somebody, or the same person in another window, saved something else meanwhile. ``theirs`` says what."""

    def __init__(self, theirs: Mapping[str, Any], version: int) -> None:
        super().__init__("This was changed in another window while you were writing. Nothing was overwritten.")
        self.theirs, self.version = theirs, version


class CannotSend(ValueError):
    """It cannot be sent as it is; the message can be shown."""


def check_version(draft: Draft, seen: int) -> None:
    """What is saved must build on what was last seen. Raises ChangedMeanwhile."""
    if draft.version != seen:
        raise ChangedMeanwhile(draft.answers, draft.version)


def check_complete(form: Questionnaire, answers: Mapping[str, Any], *, has_child: bool) -> None:
    """Every needed question is answered, and it is said who it is about. Raises CannotSend with the first gap."""
    for question in form.questions:
        if question.needed and not answers.get(question.name):
            raise CannotSend(question.missing)
    if form.names_family and not has_child and not answers.get("child_name"):
        raise CannotSend("Choose the child, or enter what is known of them")
