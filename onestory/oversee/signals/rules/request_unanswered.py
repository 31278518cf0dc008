"""A welfare check, a service or a test was asked for, and there is no answer."""

from collections.abc import Iterator

from onestory.oversee.signals.reading import SHUT_OUT, before, ids, waits
from onestory.oversee.signals.rule import Clock, Parameter, Pattern, Rule, Settings
from onestory.platform.history.record import Entry
from onestory.platform.history.story import Story

ANSWERING = ("visit", "appointment", "check", "assessment", "meeting")
"""Kinds of entry that can be what the asked agency then did."""


def look(story: Story, settings: Settings, clock: Clock) -> Iterator[Pattern]:
    """Each request without an answer when its days are over, or declined with nothing in its place."""
    for request in story.of("request"):
        if request.own.get("stage") not in ("asked", "declined") or not story.bears_on_child(request):
            continue
        if _answered(story, request) or not clock.within(story.day(request), settings["fresh"]):
            continue
        urgent = request.own.get("type") == "welfare_check"
        if clock.passed(story.day(request), waits(request, settings["urgent"]) if urgent else settings["other"]):
            past = before(story.day(request), story.unsettled_reports, 183, story.position(request))
            yield Pattern(
                key=request.own.get("request", request.id),
                triggers=(request.id,),
                context=ids([*_doors(story, request), *(item.entry for item in reversed(past[-3:]))]),
                says="A request has had no answer: {request}.",
                parts={"request": (request.id,)},
            )


def _doors(story: Story, request: Entry) -> list[Entry]:
    """Visits of those weeks at which nobody was let in: often the reason for asking."""
    near = [e for e in story.of("visit") if abs((story.day(e) - story.day(request)).days) <= 42]
    return [e for e in near if e.own.get("outcome") in SHUT_OUT and story.bears_on_child(e)][-3:]


def _answered(story: Story, request: Entry) -> bool:
    """Answered or accepted by its own id, by another stage of it, or by what the asked agency then did."""
    name, of = request.own.get("request"), request.own.get("of")
    named = name is not None and any(later.own.get("request") == name for later in story.after(request, "request"))
    return named or bool(of and any(later.by == of for later in story.after(request, *ANSWERING)))


RULE = Rule(
    signal="request_unanswered",
    title="A request without an answer",
    why="It was never clear whether the police had been formally asked for a welfare check, and none was made.",
    consider="Ask again formally: what, how urgent, on which grounds; record the answer.",
    source="F5.51, F5.52, LP10",
    look=look,
    needs=frozenset({"request"}),
    parameters=(
        Parameter("urgent", 3, "days", "days to answer a welfare check asked for on a given day"),
        Parameter("other", 42, "days", "days to answer any other request"),
        Parameter("fresh", 183, "days", "how long it may still be asked about"),
    ),
)
