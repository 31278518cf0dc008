"""Nothing is edited: a correction takes the place of an entry from the day on which it became known."""

from __future__ import annotations

import datetime as dt

import pytest

from onestory.platform.history.actions import (
    record_entries,
    record_relationship,
    supersede_entry,
    withdraw_entry,
    withdrawals,
    write_entries,
)
from onestory.platform.history.dates import parse_when
from onestory.platform.history.loading import load_entries, load_history
from onestory.platform.history.models import Entry
from onestory.platform.history.new_entry import EntryRefused
from onestory.platform.history.record import ConditionTest
from onestory.platform.history.story import build_story
from tests.integration.platform.history.families import AT, Family, family, new

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH = dt.date(2024, 2, 20), dt.date(2024, 3, 20)


def record(home: Family, **what: object) -> Entry:
    return record_entries([new(home.social_care, home.child, **what)], by=None, at=AT)[0]


def texts_on(home: Family, today: dt.date) -> list[str]:
    history = load_history([home.child.person_id])
    return [entry.text for entry in build_story(history, str(home.child.person_id), today).entries]


def test_a_correction_counts_from_the_day_on_which_it_was_known() -> None:
    home = family()
    first = record(home, kind="visit", text="Seen well.")
    record(home, text="Something else.")
    correction = new(home.social_care, home.child, kind="visit", text="Not seen.", known=parse_when("2024-03-01"))
    supersede_entry(first, new=correction, by=None, at=AT)

    assert texts_on(home, FEBRUARY) == ["Seen well.", "Something else."]
    assert texts_on(home, MARCH) == ["Something else.", "Not seen."]


def test_a_correction_of_what_was_recorded_wrongly_from_the_start_takes_its_very_place() -> None:
    home = family()
    first = record(home, kind="visit", text="Seen well.")
    record(home, text="Something else.")
    supersede_entry(first, new=new(home.social_care, home.child, kind="visit", text="Not seen."), by=None, at=AT)

    assert texts_on(home, FEBRUARY) == ["Not seen.", "Something else."]
    assert [entry.supersedes for entry in load_history([home.child.person_id]).entries] == [None, None]


def test_what_was_taken_back_stays_in_the_story_of_earlier_days() -> None:
    home = family()
    entry = record(home, text="About another child.")
    taken_back = withdraw_entry(entry, by=None, at=AT)

    assert texts_on(home, FEBRUARY) == ["About another child."]
    assert texts_on(home, MARCH) == []
    assert (taken_back.supersedes, taken_back.withdrawn) == (entry, True)
    assert Entry.objects.filter(id=entry.id).exists()


def test_what_should_never_have_been_recorded_leaves_every_story() -> None:
    home = family()
    entry = record(home, text="A test.")
    write_entries(withdrawals([entry], known=None), by=None, at=AT)

    assert load_history([home.child.person_id]).entries == ()


def test_only_the_last_word_can_be_corrected() -> None:
    home = family()
    first = record(home, text="One.")
    second = supersede_entry(first, new=new(home.social_care, home.child, text="Two."), by=None, at=AT)
    for act in (
        lambda: supersede_entry(first, new=new(home.social_care, home.child, text="Three."), by=None, at=AT),
        lambda: withdraw_entry(first, by=None, at=AT),
    ):
        with pytest.raises(EntryRefused, match="corrected already"):
            act()
    supersede_entry(second, new=new(home.social_care, home.child, text="Three."), by=None, at=AT)

    assert texts_on(home, FEBRUARY) == ["Three."]


def test_two_corrections_later_every_day_has_what_was_known_on_it() -> None:
    home = family()
    entry = record(home, text="One.")
    for text, known in (("Two.", "2024-02-10"), ("Three.", "2024-02-15"), ("Four.", "2024-02-15")):
        correction = new(home.social_care, home.child, text=text, known=parse_when(known))
        entry = supersede_entry(entry, new=correction, by=None, at=AT)

    assert [texts_on(home, dt.date(2024, 2, day)) for day in (1, 10, 15)] == [["One."], ["Two."], ["Four."]]


def test_a_reference_follows_the_entry_that_it_names() -> None:
    home = family()
    concern = record(home, kind="concern")
    decision = record(home, kind="decision", own={"outcome": "closed", "on_entries": (str(concern.id),)})
    better = supersede_entry(concern, new=new(home.social_care, home.child, kind="concern", text="x"), by=None, at=AT)
    history = load_history([home.child.person_id])
    assert [entry.own["on_entries"] for entry in history.entries if entry.id == str(decision.id)] == [(str(better.id),)]

    write_entries(withdrawals([better], known=None), by=None, at=AT)
    history = load_history([home.child.person_id])
    assert [entry.own for entry in history.entries] == [{"outcome": "closed"}]


def test_an_entry_about_the_wrong_child_leaves_that_childs_story_when_this_is_found() -> None:
    wrong, right = family("Ada"), family("Bo")
    entry = record(wrong, text="Bruised.")
    correction = new(right.social_care, right.child, text="Bruised.", known=parse_when("2024-03-01"))
    supersede_entry(entry, new=correction, by=None, at=AT)

    assert texts_on(wrong, FEBRUARY) == ["Bruised."]
    assert texts_on(wrong, MARCH) == []
    assert texts_on(right, FEBRUARY) == []
    assert texts_on(right, MARCH) == ["Bruised."]


def test_a_corrected_entry_can_still_be_read_by_itself() -> None:
    home = family()
    test = ConditionTest(together=frozenset({str(home.mother.id)}))
    entry = record(home, kind="condition", text="One.", own={"if": test})
    supersede_entry(entry, new=new(home.social_care, home.child, kind="condition", text="Two."), by=None, at=AT)

    assert load_entries([entry.id])[entry.id].own == {
        "if": ConditionTest(together=frozenset({str(home.mother.person_id)}))
    }


def test_a_relationship_that_was_corrected_is_read_as_it_stands_now() -> None:
    home = family()
    wrong = record_relationship(person=home.mother, relation="carer", of=home.child, by=None, at=AT)
    record_relationship(
        person=home.mother, relation="carer", of=home.child, status="denied", supersedes=wrong, by=None, at=AT
    )
    said = [(row.relation, row.status) for row in load_history([home.child.person_id]).relationships]

    assert said == [("mother", "confirmed"), ("carer", "denied")]
