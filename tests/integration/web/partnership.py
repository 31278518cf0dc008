"""A small partnership for the pages' tests: families of the demonstration, the people who work there, alerts."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import yaml
from django.test import Client

from onestory.arrive.feeds.actions import import_files
from onestory.oversee.signals.actions import read_again
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.people.models import Person
from onestory.web.demonstration import load_people_who_work_here

DEMONSTRATION = Path(__file__).resolve().parents[3] / "demonstration"
AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def load(*families: str | Path) -> None:
    """Import these families (names of the demonstration's, or files), load who works here, and read the stories."""
    paths = [one if isinstance(one, Path) else DEMONSTRATION / "families" / f"{one}.yaml" for one in families]
    import_files(paths, by=None, at=AT)
    people_file = DEMONSTRATION / "people-who-work-here.yaml"
    load_people_who_work_here(path=people_file, since_on=dt.date(2020, 1, 1), at=AT)
    children = Person.objects.filter(is_child=True).values_list("id", flat=True)
    read_again(child_ids=list(children), today=AT.date(), at=AT)


def three_times(name: str, folder: Path) -> Path:
    """A family's file with every entry three times, and another name for its child."""
    told = yaml.safe_load((DEMONSTRATION / "families" / f"{name}.yaml").read_text(encoding="utf-8"))
    told["title"] += ", three times"
    for person in told["people"].values():
        person["label"] += " three"
    told["entries"] = [_copied(entry, copy) for copy in ("", "-b", "-c") for entry in told["entries"]]
    told.pop("expected", None)
    path = folder / f"{name}-three.yaml"
    path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    return path


def _copied(entry: dict[str, Any], copy: str) -> dict[str, Any]:
    own = {key: f"{entry[key]}{copy}" for key in ("id", "action", "request", "from") if key in entry}
    lists = {"on_entries": [f"{one}{copy}" for one in entry["on_entries"]]} if "on_entries" in entry else {}
    return entry | own | lists


def found(pattern: str, page: str, group: int = 0) -> str:
    """What the pattern finds on the page; it must be there."""
    match = re.search(pattern, page, re.S)
    assert match, pattern
    return match[group]


def child(label: str) -> Person:
    """The child of this name."""
    with keeping():  # a test knows whom it means; who may know of the child is what pages are asked
        return Person.objects.filter(is_child=True, records__label=label).distinct().get()


def signed_in(username: str, *, enforce_csrf_checks: bool = False, raise_request_exception: bool = True) -> Client:
    """A browser in which this person is signed in."""
    client = Client(enforce_csrf_checks=enforce_csrf_checks, raise_request_exception=raise_request_exception)
    client.force_login(User.objects.get(username=username))
    return client
