"""A decision in words, as it stands in the chronology and as whoever told is told. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onestory.decide.decisions.framework import Level, Outcome

SOURCE = (
    ("known", "Known, and right before"),
    ("not_known", "Not known: neither right nor wrong before"),
    ("wrong_before", "Was wrong before"),
)
CONTENT = (
    ("confirmed", "Confirmed by something else"),
    ("partly", "Confirmed in part"),
    ("not_tested", "Not tested"),
    ("untrue", "Shown to be untrue by something else"),
)
PARTS = (
    ("rationale", "Why"),
    ("considered", "What was considered"),
    ("analysis", "What the chronology shows"),
    ("relied_on", "Earlier checks relied on, and how old they are"),
    ("verified_how", "What was verified, and how"),
)


def decision_words(answers: Mapping[str, Any], outcomes: Mapping[str, Outcome], levels: Mapping[str, Level]) -> str:
    """The whole decision as paragraphs under their headings."""
    level = levels[answers["level"]]
    told = [f"{outcomes[answers['outcome']].label}. Level {level.level}, {level.label.lower()} ({level.edition})."]
    told += [f"{heading}\n{str(answers[name]).strip()}" for name, heading in PARTS if answers.get(name)]
    if answers.get("source"):
        told.append(f"The source\n{dict(SOURCE).get(answers['source'], '')}")
    if answers.get("content"):
        told.append(f"The content\n{dict(CONTENT).get(answers['content'], '')}")
    return "\n\n".join(told)


def reply_words(answers: Mapping[str, Any], outcomes: Mapping[str, Outcome]) -> str:
    """What whoever told and every agency that was asked are told: the outcome, and what is asked of them."""
    said = str(answers.get("reply") or "").strip()
    label = outcomes[answers["outcome"]].label
    return f"{label}. {said}" if said else f"{label}."
