"""Who brings a feed in, who sets it up, and whether that may happen now. Each refusal is a sentence to be shown."""

from __future__ import annotations

from onestory.arrive.feeds.incoming.models import Feed, FeedMapping, FeedRun
from onestory.platform.access.models import User
from onestory.platform.access.roles import ROLES
from onestory.platform.access.sight import Sight

ADMINISTRATOR = "partnership_administrator"


class NotPossible(ValueError):
    """It may not happen now; the message says why. ``field`` : the field of a form at which it stands."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def may_bring_in(sight: Sight, feed: Feed) -> bool:
    """The feed's own team brings it in; nobody whose role shows no case content."""
    return feed.team_id == sight.team_id and "no_case_content" not in ROLES[sight.role].groups


def may_set_up(sight: Sight) -> bool:
    """The partnership's administrators set feeds up and approve their mappings, which tell of nobody."""
    return sight.role == ADMINISTRATOR


def check_may_approve(mapping: FeedMapping, *, by: User) -> None:
    """A second person approves a mapping, once, and only the newest."""
    if mapping.approved_at is not None:
        raise NotPossible("approve", "This mapping has been approved already")
    if mapping.proposed_by_id == by.id:
        raise NotPossible("approve", "Somebody else has to approve it: you proposed it yourself")


def approved_mapping(feed: Feed) -> FeedMapping:
    """The newest mapping of a feed that a second person has approved. Raises NotPossible."""
    found = feed.mappings.exclude(approved_at=None).order_by("-version").first()
    if found is None:
        raise NotPossible(
            "file", f"No mapping of the feed {feed.name} has been approved yet, so nothing can be taken in"
        )
    return found


def check_may_confirm(run: FeedRun) -> None:
    """A file is brought in once, after it was checked, by the mapping that is in force."""
    if run.state != FeedRun.State.CHECKED:
        raise NotPossible("file", "This file no longer waits to be brought in")
    if run.mapping_id != approved_mapping(run.feed).id:
        raise NotPossible("file", "The mapping has changed since this file was checked. Check it again")
