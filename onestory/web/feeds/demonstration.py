"""Two feeds of the demonstration, with their sharing protocols and what came in last; all invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from onestory.arrive.feeds.incoming.actions import approve_mapping, bring_in, set_up_feed
from onestory.arrive.feeds.incoming.queries import feed_named
from onestory.arrive.feeds.incoming.shipped import shipped_mapping
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.sharing.actions import approve_protocol, draft_protocol
from onestory.platform.sharing.admission import admitted

PROPOSES, APPROVES = "gwen.partnership", "oscar.privacy"


@dataclass(frozen=True, slots=True)
class Sent:
    """A feed: its name, which shipped mapping it uses, whose it is, the kinds that come in by it, and the file."""

    name: str
    mapping: str
    agency: str
    kinds: tuple[str, ...]
    basis: str
    file: str


FEEDS = (
    Sent(
        "larkenby-absence",
        "school-absence",
        "Larkenby Primary School",
        ("absence",),
        "school",
        "larkenby-absence.csv",
    ),
    Sent(
        "police-incidents",
        "police-incidents",
        "Thames Valley Police",
        ("incident",),
        "safeguard",
        "police-incidents.csv",
    ),
)


@transaction.atomic
def load_feeds(folder: Path, *, at: dt.datetime, feeds: Sequence[Sent] = FEEDS) -> list[str]:
    """Set the feeds up and bring their files in; what is there already stays as it is. Returns what was done.

    A feed whose agency no team answers for is passed over. Raises RuntimeError outside the demonstration.
    """
    if not settings.DEMO:
        raise RuntimeError("The feeds of the demonstration are loaded in demonstration mode only.")
    said = []
    for sent in feeds:
        team = Team.objects.filter(agency__name=sent.agency, answers_for_agency=True).select_related("agency").first()
        if team is None or feed_named(sent.name) is not None:
            continue
        said += _load(sent, team, folder, at)
    return said


def _load(sent: Sent, team: Team, folder: Path, at: dt.datetime) -> list[str]:
    proposes, approves = (User.objects.get(username=name) for name in (PROPOSES, APPROVES))
    _admit(sent, team.agency, proposes, approves, at)
    mapping = set_up_feed(name=sent.name, team=team, mapping=shipped_mapping(sent.mapping), by=proposes, at=at)
    approve_mapping(mapping, by=approves, at=at)
    with (folder / sent.file).open("rb") as file:
        return bring_in(mapping.feed, file=file, name=sent.file, by=None, at=at).lines()


def _admit(sent: Sent, agency: Agency, proposes: User, approves: User, at: dt.datetime) -> None:
    """A protocol for what the feed brings, where none admits it yet."""
    today = timezone.localdate(at)
    if all(admitted(agency.id, kind, InfoClass.CHRONOLOGY, today) for kind in sent.kinds):
        return
    drafted = draft_protocol(
        agency,
        purpose=f"What {agency.name} records every day stands beside what others hold on a child.",
        basis=sent.basis,
        admits=[(kind, InfoClass.CHRONOLOGY) for kind in sent.kinds],
        from_on=today,
        by=proposes,
        at=at,
    )
    approve_protocol(drafted, by=approves, at=at)
