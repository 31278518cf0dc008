"""Which tools there are, shipped and brought in, and what completing one writes into the chronology."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from onestory.decide.assessments.brought import ToolBrought
from onestory.decide.assessments.reading import ENTRY_TYPES, read_tool, shipped_tools
from onestory.decide.assessments.tool import Tool

__all__ = ["CLOCKS", "ENTRY_TYPES", "NoSuchTool", "tool_of", "tools_now"]
CLOCKS = {"child-and-family": "assessment", "pre-birth": "assessment", "parenting": "assessment"}


class NoSuchTool(LookupError):
    """There is no tool of this name and version."""


def tool_of(name: str, version: str | None = None) -> Tool:
    """The tool of this name: in this version, or in the one that is used now. Raises NoSuchTool."""
    tool = shipped_tools().get(name)
    if tool is not None and version == tool.version:
        return tool
    brought = ToolBrought.objects.filter(name=name, ruling__is_approved=True)
    brought = brought.filter(version=version) if version is not None else brought
    latest = brought.order_by("-ruling__decided_at", "-id").first()
    if latest is not None:
        return _read(latest.id, latest.content, latest.file)
    if tool is None or version is not None:
        raise NoSuchTool(name)
    return tool


def tools_now() -> dict[str, Tool]:
    """Every tool that can be begun now: the shipped ones, and over them what the partnership brought in. One query."""
    brought = ToolBrought.objects.filter(ruling__is_approved=True).order_by("ruling__decided_at", "id")
    return shipped_tools() | {one.name: _read(one.id, one.content, one.file) for one in brought}


@lru_cache(maxsize=200)
def _read(brought: UUID, content: str, file: str) -> Tool:
    """A version that was approved never changes: it is read once."""
    return read_tool(content.encode(), file)
