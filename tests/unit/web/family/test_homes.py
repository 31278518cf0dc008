"""Who lives with whom, from what entries say."""

from __future__ import annotations

import datetime as dt

from onestory.web.family.homes import at_home_with, lives
from tests.unit.arrive.chronology.histories import entry, history

TODAY = dt.date(2021, 12, 31)
CAME = entry("came", "2019-05", "household", own={"joined": ("father",)}, about=("mia", "sam"))
LEFT = entry("left", "2021-02-01", "household", own={"left": ("father",)}, about=("mia", "sam"))


def test_whoever_joined_lives_there_until_an_entry_says_that_they_left():
    came, left = history(CAME), history(LEFT, CAME)
    assert at_home_with("mia", lives(came, TODAY)) == {"father"}
    assert at_home_with("mia", lives(left, TODAY)) == frozenset()
    (father,) = lives(left, TODAY)
    assert [(step.sort, step.home_of, step.entry.id) for step in father.steps] == [
        ("joined", ("mia", "sam"), "came"),
        ("left", ("mia", "sam"), "left"),
    ]


def test_what_lies_ahead_is_not_so_yet():
    ahead = entry("ahead", "2022-03", "household", own={"joined": ("stranger",)})
    assert lives(history(ahead), TODAY) == ()


def test_a_child_who_moves_is_not_the_home_that_they_move_to():
    moved = entry("moved", "2020-03", "household", own={"joined": ("sam",)}, about=("mia", "sam"))
    (sam,) = lives(history(moved), TODAY)
    assert sam.now.home_of == ("mia",)
