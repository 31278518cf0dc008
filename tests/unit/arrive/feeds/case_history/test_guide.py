"""The guide for authors describes the format as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onestory.arrive.feeds.case_history.circle import AGENCY_KEYS, PERSON_KEYS, RELATIONSHIP_KEYS
from onestory.arrive.feeds.case_history.entries import ENTRY_KEYS
from onestory.arrive.feeds.case_history.reading import FILE_KEYS, POINT_KEYS
from onestory.platform.history.vocabulary import FACTORS, KINDS, RELATIONS, REPORTERS, RESTRICTIONS, STATUSES

GUIDE = (Path(__file__).parents[5] / "docs/guides/case-history-files.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"\w+", GUIDE))


def test_the_example_is_a_valid_file(read) -> None:
    example = re.search(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    assert example
    assert len(read(example[1]).history.entries) == 2


@pytest.mark.parametrize(
    "words",
    [
        FILE_KEYS,
        PERSON_KEYS,
        AGENCY_KEYS,
        RELATIONSHIP_KEYS,
        POINT_KEYS,
        ENTRY_KEYS,
        RELATIONS,
        STATUSES,
        REPORTERS,
        RESTRICTIONS,
    ],
)
def test_every_key_and_word_is_described(words) -> None:
    assert set(words) <= WORDS


def test_every_factor_is_listed() -> None:
    assert [code for code in FACTORS if f"`{code}`" not in GUIDE] == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_kind_has_a_row_with_its_keys_and_their_words(kind) -> None:
    (row,) = [line for line in GUIDE.splitlines() if re.match(rf"\| [^|]*`{kind.code}`", line) and line.count("|") == 3]
    for key in kind.keys:
        assert f"`{key.name}`" in row
        assert [word for word in key.allowed if f"`{word}`" not in row] == []
