"""Words of the trade and what they mean, for a document that a family reads. Pure."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

LIST = Path(__file__).with_name("plain_words.csv")
LONG_SENTENCE = 25
"""Words from which a sentence is hard to read for somebody under strain."""


@lru_cache(maxsize=1)
def plain_words() -> dict[str, str]:
    """Each word of the trade with what it means."""
    with LIST.open(encoding="utf-8", newline="") as lines:
        return {row["word"]: row["means"] for row in csv.DictReader(lines)}


def explained(texts: Iterable[str]) -> dict[str, str]:
    """The words of the trade that stand in these texts, with what they mean."""
    whole = " ".join(texts)
    return {word: means for word, means in plain_words().items() if re.search(rf"\b{re.escape(word)}\b", whole, re.I)}


def hard_to_read(text: str) -> list[str]:
    """What makes a text hard to read, in sentences for whoever writes it."""
    long = [one for one in re.split(r"(?<=[.!?])\s+", text) if len(one.split()) > LONG_SENTENCE]
    found = [f"“{word}” is a word of the trade: {means}" for word, means in explained([text]).items()]
    return [*found, *(f"A sentence of {len(one.split())} words: “{one[:60]}…”" for one in long)]
