"""Patterns that the rules find in what the reader sees, for a day that is past. Pure.

On the day itself the page shows the questions that were asked (oversee/signals), as far as the reader may know of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onestory.oversee.signals.rule import Finding, Level
from onestory.oversee.signals.rules import ALL_RULES
from onestory.oversee.signals.wording import sentence
from onestory.web.decision_page.known import Known
from onestory.web.waiting.presenters import Item

AT_MOST = 8
TITLES = {rule.signal: rule.title for rule in ALL_RULES}


@dataclass(frozen=True, slots=True)
class PatternShown:
    """One pattern: its title, what was seen, and the alert where there is one to answer."""

    title: str
    says: str
    alert: str = ""
    tag: str = ""


def patterns_found(known: Known) -> tuple[PatternShown, ...]:
    """What the rules see in the children's stories, the gravest and then the latest first, each pattern once."""
    found: dict[tuple[str, str], tuple[int, int, PatternShown]] = {}
    for story in known.stories.values():
        if not story.exists:
            continue
        for rule in ALL_RULES:
            for finding in rule.evaluate(story, known.today).findings:
                latest = max((story.position(one) for one in map(story.entry, finding.triggers) if one), default=0)
                shown = PatternShown(TITLES[finding.signal], sentence(story, finding), tag=_tag(finding))
                found.setdefault((finding.signal, finding.key), (int(finding.level), latest, shown))
    ordered = sorted(found.values(), key=lambda one: one[:2], reverse=True)
    return tuple(one for level, _, one in ordered if level > Level.NOTE)[:AT_MOST]


def _tag(finding: Finding) -> str:
    return "Act now" if finding.level is Level.ACT else ""


def asked_of_reader(alerts: Iterable[Item]) -> tuple[PatternShown, ...]:
    """The open questions that the reader may know of, as patterns with a place to answer them."""
    return tuple(
        PatternShown(one.words, one.more, alert=one.alert, tag=one.tag if one.tone == "act" else "") for one in alerts
    )
