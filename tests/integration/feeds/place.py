"""An area with a school, the police, a health service and social care, each feed under a sharing protocol."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

from onestory.arrive.feeds.incoming.actions import approve_mapping, bring_in, set_up_feed
from onestory.arrive.feeds.incoming.models import Feed
from onestory.arrive.feeds.incoming.reports import FeedReport
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.actions import ensure_agency, ensure_team
from onestory.platform.agencies.models import Agency, Team
from onestory.platform.people.actions import add_agency_record, add_person
from onestory.platform.people.models import AgencyRecord
from onestory.platform.sharing.actions import approve_protocol, draft_protocol

AT = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
MAPPINGS = Path(__file__).resolve().parents[3] / "onestory" / "arrive" / "feeds" / "mappings"
ABSENCE_HEADING = (
    "Record,Week ending,Sessions missed %,Letter,Reason given,What was done,"
    "Pupil number,Forename,Surname,Date of birth,UPN"
)
POLICE_HEADING = (
    "Incident number,Happened at,Reported at,Officers went,Child in the home,Summary,Type,Sent as,"
    + ",".join(
        f"Person {n} number,Person {n} forename,Person {n} surname,Person {n} born,Person {n} seen" for n in (1, 2, 3)
    )
)


def user(name: str) -> User:
    return User.objects.get_or_create(username=name, defaults={"display_name": name})[0]


def agency(name: str, sector: str, area: str = "Testshire") -> tuple[Agency, Team]:
    made = ensure_agency(name=name, sector=sector, area=area, by=None, at=AT)
    return made, ensure_team(agency=made, name="Duty", answers_for_agency=True, by=None, at=AT)


def protocol_for(agency: Agency, kinds: tuple[str, ...]) -> None:
    admits = [(kind, info) for kind in kinds for info in (InfoClass.CHRONOLOGY,)]
    drafted = draft_protocol(
        agency,
        purpose="To see a child's story whole",
        basis="safeguard",
        admits=admits,
        from_on=dt.date(2026, 1, 1),
        by=user("drafts"),
        at=AT,
    )
    approve_protocol(drafted, by=user("approves"), at=AT)


def feed(
    name: str, mapping: str, *, agency_name: str, sector: str, kinds: tuple[str, ...] = (), **changes: str
) -> Feed:
    """A feed with an approved mapping of the shipped ones; ``changes`` are replacements in its text."""
    held, team = agency(agency_name, sector)
    if kinds:
        protocol_for(held, kinds)
    text = (MAPPINGS / f"{mapping}.yaml").read_text(encoding="utf-8")
    for before, after in changes.items():
        text = text.replace(before, after)
    made = set_up_feed(name=name, team=team, mapping=text, by=user("proposes"), at=AT)
    approve_mapping(made, by=user("approves"), at=AT)
    return Feed.objects.select_related("agency", "team").get(name=name)


def school_feed(**changes: str) -> Feed:
    return feed("absence", "school-absence", agency_name="Oak School", sector="school", kinds=("absence",), **changes)


def police_feed() -> Feed:
    agency("Social Care", "childrens_social_care")
    return feed("incidents", "police-incidents", agency_name="Police", sector="police", kinds=("incident",))


def absence(record: str = "A1", day: str = "02/10/2026", share: str = "20", number: str = "P1", **more: str) -> str:
    told = {
        "letter": "1",
        "reason": "",
        "done": "",
        "first": "Ann",
        "last": "Larch",
        "born": "01/02/2018",
        "upn": "",
    } | more
    cells = (record, day, share, told["letter"], told["reason"], told["done"], number, told["first"], told["last"])
    return ",".join((*cells, told["born"], told["upn"]))


def lines(heading: str, *rows: str) -> bytes:
    return "\n".join((heading, *rows)).encode()


def came(to: Feed, content: bytes, **how: Any) -> FeedReport:
    """Bring a file in."""
    given: dict[str, Any] = {"file": io.BytesIO(content), "name": "extract.csv", "by": None, "at": AT}
    return bring_in(to, **given | how)


def absences(to: Feed, *rows: str, **how: Any) -> dict[str, int]:
    return dict(came(to, lines(ABSENCE_HEADING, *rows), **how).counts)


def held(by: Agency, label: str, *, child: bool = True, **details: Any) -> AgencyRecord:
    """Somebody whom an agency holds already."""
    with keeping():
        person = add_person(is_child=child, by=None, at=AT)
        return add_agency_record(person_id=person.id, agency_id=by.id, label=label, by=None, at=AT, **details)
