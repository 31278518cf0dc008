"""Cells of tables that leave the program: nothing in them runs in a spreadsheet. Pure Python."""

from __future__ import annotations

# The wide forms too: a spreadsheet that is set to an eastern script takes them for the same.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_text_cell(text: str) -> str:
    """A value as a spreadsheet shows it and does not run it: what could begin a formula gets an apostrophe before it.

    Spaces before the sign do not hide it from a spreadsheet.
    """
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text
