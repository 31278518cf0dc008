"""Which tools there are, and what completing one writes into the chronology."""

from __future__ import annotations

from onestory.decide.assessments.reading import shipped_tools
from onestory.decide.assessments.tool import Tool

ENTRY_TYPES = {
    "shared-early-help": "early_help",
    "child-and-family": "child_and_family",
    "pre-birth": "pre_birth",
    "parenting": "parenting",
}
"""Tools that are assessments in the chronology, by its own words; any other is a tool that was used."""
CLOCKS = {"child-and-family": "assessment", "pre-birth": "assessment", "parenting": "assessment"}


class NoSuchTool(LookupError):
    """There is no tool of this name and version."""


def tool_of(name: str, version: str | None = None) -> Tool:
    """The tool of this name. Raises NoSuchTool."""
    tool = shipped_tools().get(name)
    if tool is None or (version is not None and tool.version != version):
        raise NoSuchTool(name)
    return tool
