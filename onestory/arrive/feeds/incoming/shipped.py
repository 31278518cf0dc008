"""The mappings that are shipped, to begin with."""

from __future__ import annotations

from pathlib import Path

from onestory.arrive.feeds.extracts import read_mapping

FOLDER = Path(__file__).resolve().parents[1] / "mappings"


def shipped_mappings() -> list[tuple[str, str]]:
    """The name and the title of each."""
    return [(path.stem, read_mapping(path.read_text(encoding="utf-8")).title) for path in sorted(FOLDER.glob("*.yaml"))]


def shipped_mapping(name: str) -> str:
    """The text of one; empty where there is none of this name."""
    return next((path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yaml") if path.stem == name), "")
