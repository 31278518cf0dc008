"""May it be decided now? Each check raises a sentence that can be shown, with the field that has to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from onestory.decide.decisions.framework import levels, outcomes


class CannotDecide(ValueError):
    """The decision cannot be taken as it is written; ``field`` names what has to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class ChangedMeanwhile(ValueError):
    """Somebody else saved meanwhile: ``theirs`` is what they wrote, ``by`` who they are. Nothing was overwritten."""

    def __init__(self, theirs: Mapping[str, Any], version: int, by: str) -> None:
        super().__init__(f"{by} changed this while you were writing. Nothing was overwritten.")
        self.theirs, self.version, self.by = theirs, version, by


@dataclass(frozen=True, slots=True)
class Footing:
    """On what a decision stands: were agencies asked on this concern, was the chronology opened by whoever decides."""

    checks_made: bool
    chronology_opened: bool


def check_decision(answers: Mapping[str, Any], footing: Footing) -> None:
    """Everything that a decision needs is there (D2–D5, C3, C5). Raises CannotDecide with the first that is not."""
    if answers.get("outcome") not in outcomes():
        raise CannotDecide("outcome", "Select what should happen")
    if answers.get("level") not in levels():
        raise CannotDecide("level", "Select the level of need")
    _words(answers, "rationale", "Enter why")
    _words(answers, "considered", "Enter what was considered, and what speaks against it")
    _words(answers, "analysis", "Enter what the chronology shows: the pattern, not this concern alone")
    if not footing.chronology_opened:
        raise CannotDecide("analysis", "Open the chronology before you decide (the link stands above this field)")
    _check_closing(answers, footing)
    if answers.get("condition_when") and not _said(answers, "condition_then"):
        raise CannotDecide("condition_then", "Enter what is to happen if the condition is met")


def _check_closing(answers: Mapping[str, Any], footing: Footing) -> None:
    """What more is needed where the matter ends here (F5.18–5.21, F5.59)."""
    outcome = outcomes()[answers["outcome"]]
    if not outcome.closes:
        return
    if not footing.checks_made:
        _words(
            answers,
            "relied_on",
            "Agencies were not asked this time: enter on which earlier checks you rely, and how old they are",
        )
    if answers.get("verified") not in ("yes", "no"):
        raise CannotDecide("verified", "Select whether the content was tested by something else than asking the family")
    if outcome.asks == "graded":
        _check_graded(answers)
    if outcome.asks == "review" and not answers.get("review_on"):
        raise CannotDecide("review_on", "Enter the day on which you look at it again")


def _check_graded(answers: Mapping[str, Any]) -> None:
    """A bad reason to tell does not make what is told untrue: the two are graded apart (D4, F5.21, F5.46)."""
    if not answers.get("source"):
        raise CannotDecide("source", "Select how far the source can be relied on")
    if answers.get("content") not in ("confirmed", "partly", "untrue"):
        raise CannotDecide("content", "It cannot be closed as malicious before its content was tested")
    _words(answers, "verified_how", "Enter what was verified, and how")
    if answers.get("verified") != "yes":
        raise CannotDecide("verified", "It cannot be closed as malicious before its content was tested")


def _words(answers: Mapping[str, Any], field: str, message: str) -> None:
    if not _said(answers, field):
        raise CannotDecide(field, message)


def _said(answers: Mapping[str, Any], field: str) -> bool:
    return bool(str(answers.get(field) or "").strip())


def check_second_person(proposed_by: UUID | None, by: UUID) -> None:
    """Whoever proposed it does not approve it."""
    if proposed_by == by:
        raise CannotDecide("approve", "Somebody else has to approve what you proposed.")
