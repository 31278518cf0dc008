"""Bringing in a tool: one person proposes a version, a second decides. Nobody uses it before (A4)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from onestory.decide.assessments.brought import ToolBrought, ToolRuling
from onestory.decide.assessments.reading import read_tool, shipped_tools
from onestory.decide.assessments.tool import Tool
from onestory.platform.access.models import User
from onestory.platform.agencies.actions import note_change
from onestory.platform.agencies.policies import CannotChange

LARGEST = 1_000_000
"""Bytes of a file; the largest shipped tool has a twentieth of it."""


def waiting_tools() -> QuerySet[ToolBrought]:
    """Versions that nobody has decided on, the oldest first."""
    return ToolBrought.objects.filter(ruling__isnull=True).select_related("by").order_by("proposed_at", "id")


def decided_tools() -> QuerySet[ToolBrought]:
    """Versions that were decided on, the newest first."""
    found = ToolBrought.objects.filter(ruling__isnull=False).select_related("by", "ruling__by")
    return found.order_by("-ruling__decided_at", "id")


@transaction.atomic
def propose_tool(content: bytes, *, file: str, why: str, by: User, at: dt.datetime) -> ToolBrought:
    """Propose a version of a tool; nothing changes by it. Raises ToolRefused with every problem, CannotChange."""
    if len(content) > LARGEST:
        raise CannotChange("file", f"The file has {len(content):,} bytes; at most {LARGEST:,} are taken")
    tool = read_tool(content, file)
    _check_new(tool)
    if not why.strip():
        raise CannotChange("why", "Enter what this tool is for, or what has changed in it")
    proposed = ToolBrought.objects.create(
        name=tool.name,
        version=tool.version,
        title=tool.title[:300],
        file=file[:200],
        content=content.decode(),
        why=why.strip(),
        by=by,
        proposed_at=at,
    )
    note_change(f"Proposed the tool {tool.name}, version {tool.version}.", by=by, at=at)
    return proposed


def _check_new(tool: Tool) -> None:
    """A name that fits an address, and a version that is not there: answers are kept by name and version."""
    if not tool.name or len(tool.name) > 80 or len(tool.version) > 20:
        raise CannotChange("file", "The tool’s address must end in a name of at most 80 letters, its version have 20")
    shipped = shipped_tools().get(tool.name)
    there = ToolBrought.objects.filter(name=tool.name, version=tool.version).exclude(ruling__is_approved=False)
    if (shipped is not None and shipped.version == tool.version) or there.exists():
        raise CannotChange("file", f"Version {tool.version} of {tool.name} is there already: give it another version")


@transaction.atomic
def decide_tool(proposed: ToolBrought, *, approve: bool, words: str, by: User, at: dt.datetime) -> ToolRuling:
    """Approve or decline as second person. From then on it is what people begin; what was begun goes on as it was.

    Raises CannotChange.
    """
    if by.pk == proposed.by_id:
        raise CannotChange("words", "Somebody else has to decide: you proposed it yourself")
    if not words.strip():
        raise CannotChange("words", "Enter why")
    # Rows that are never changed cannot be locked by the program's role: of two at once the table keeps one.
    ruling, is_ours = ToolRuling.objects.get_or_create(
        brought=proposed, defaults={"is_approved": approve, "words": words.strip(), "by": by, "decided_at": at}
    )
    if not is_ours:
        raise CannotChange("words", "This version has been decided already")
    verb = "Approved" if approve else "Declined"
    note_change(f"{verb} the tool {proposed.name}, version {proposed.version}.", by=by, at=at)
    return ruling
