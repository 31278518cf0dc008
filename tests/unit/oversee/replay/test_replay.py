"""A replay: what it comes to, how it is told, and that it ends with the incident under review."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser

import pytest

from onestory.oversee.replay import replay
from onestory.oversee.replay.burden import burden
from onestory.oversee.replay.json import as_plain
from onestory.oversee.replay.page import as_page
from onestory.oversee.replay.text import as_text
from onestory.oversee.signals.rule import Level
from onestory.platform.history.record import Agency, Entry, History, Person
from tests.unit.oversee.signals.family import e, history

REPORTS = (
    e("a", "2021-03-01", "concern", told_by="family:aunt", factors="bruising"),
    e("b", "2021-04-01", "concern", told_by="public:neighbour", factors="neglect"),
)
HARM = e("z", "2021-06-01", "harm", by="hosp")
MARKUP = '<script>alert("x")</script> & "Ada"'


def told(*entries: Entry) -> History:
    return history(entries)


def test_a_replay_ends_before_the_incident_and_says_how_long_before_each_question_came() -> None:
    replayed = replay(told(*REPORTS, HARM, e("d", "2021-06-02", "concern", told_by="friend:one")))
    assert replayed.incident == HARM
    assert replayed.last_day == dt.date(2021, 6, 1)
    assert all(ask.on < dt.date(2021, 6, 1) for ask in replayed.asks)
    text = as_text(replayed)
    assert "3 March 2021 · 12 weeks before the incident under review" in text
    assert "does not say that what happened could have been prevented" in " ".join(text.split())


def test_without_an_incident_nothing_is_said_about_one() -> None:
    text = as_text(replay(told(*REPORTS)))
    assert "incident under review" not in text
    assert "could have been prevented" not in text
    assert re.search(r"\d questions? in 0.2 years", text)


def test_after_the_last_entry_the_walk_goes_on_until_promises_fall_due() -> None:
    asked = e("a", "2021-03-01", "request", type="welfare_check", of="police", stage="asked")
    (ask,) = replay(told(asked)).asks
    assert ask.on == dt.date(2021, 3, 4)


def test_what_came_out_only_afterwards_is_never_replayed() -> None:
    never = e("n", "2021-03-01", "concern", factors="bruising")
    object.__setattr__(never, "known", None)
    assert replay(told(never)).asks == []


def test_json_has_one_item_for_every_time_that_somebody_is_asked() -> None:
    replayed = replay(told(*REPORTS))
    plain = as_plain(replayed, 0.01234)
    assert list(plain) == ["title", "entries", "alerts", "seconds"]
    assert plain["seconds"] == 0.0123
    assert sum(len(alert["asked"]) for alert in plain["alerts"]) == len(replayed.asks) > 1
    for alert in plain["alerts"]:
        assert list(alert) == ["signal", "about", "level", "asked"]
        for asked in alert["asked"]:
            assert list(asked) == ["date", "rests_on", "level", "says", "consider", "ref"]
            assert asked["level"] in ("review", "act")


def test_notes_are_shown_and_not_asked() -> None:
    replayed = replay(told(e("x", "2021-03-01", "appointment", by="hv", service="new_birth_visit", outcome="missed")))
    assert replayed.asks == []
    assert [finding.level for _, finding in replayed.notes] == [Level.NOTE]


def test_burden_counts_the_questions_of_the_last_six_years_up_to_the_last_entry() -> None:
    figures = burden(replay(told(e("x", "2001-01-01", "note"), *REPORTS, e("y", "2021-05-01", "note"))))
    assert (round(figures.years, 1), figures.asks) == (6.0, 2)
    assert burden(replay(told())).asks == 0


class Page(HTMLParser):
    """Tags, links and ids of a page, to see what it holds and where it leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: set[str] = set()
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "action", "data"):
                self.links.add(value or "")


@pytest.fixture
def marked() -> str:
    """The page of a history whose every word is markup."""
    plain = told(*REPORTS, e("d", "2021-05-01", "note", by="school"), HARM)
    people = {one: Person(one, MARKUP, person.is_child, person.born) for one, person in plain.people.items()}
    agencies = {one: Agency(one, MARKUP, agency.sector) for one, agency in plain.agencies.items()}
    for entry in plain.entries:
        object.__setattr__(entry, "text", MARKUP)
    return as_page(replay(History(MARKUP, plain.area, people, plain.relationships, agencies, plain.entries)))


def test_the_page_stands_by_itself_and_runs_nothing(marked: str) -> None:
    page = Page(marked)
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(page.tags)
    assert all(link.startswith("#") for link in page.links)
    assert "default-src 'none'" in marked
    assert "url(http" not in marked


def test_names_that_hold_markup_are_shown_as_words(marked: str) -> None:
    assert "<script" not in marked
    assert marked.count("&lt;script&gt;") > 10


def test_links_of_the_page_lead_to_entries_and_ids_are_unique(marked: str) -> None:
    page = Page(marked)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_the_page_says_in_words_what_it_draws(marked: str) -> None:
    page = Page(marked)
    assert {"svg", "title", "desc", "table", "caption", "th", "h1", "main"} <= set(page.tags)
    assert 'lang="en-GB"' in marked


def test_an_empty_history_is_told_too() -> None:
    empty = replay(told())
    assert "no entries" in as_text(empty).lower()
    assert "Nothing is on record." in as_page(empty)
    assert as_plain(empty, 0)["alerts"] == []
