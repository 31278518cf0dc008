"""Reading the people of a file, how they are related, and the agencies."""

from __future__ import annotations

from collections.abc import Mapping

from onestory.arrive.feeds.case_history import nodes, values
from onestory.arrive.feeds.case_history.ground import Ground, fields, under
from onestory.arrive.feeds.case_history.problems import quoted
from onestory.platform.history.record import Agency, Person, Relationship
from onestory.platform.history.vocabulary import RELATIONS, STATUSES

PERSON_KEYS = ("label", "kind", "born")
PERSON_KINDS = ("child", "adult")
AGENCY_KEYS = ("name", "sector", "area")
RELATIONSHIP_KEYS = ("person", "is", "of", "status", "known", "from", "until", "by", "ref")
SOCIAL_CARE = "childrens_social_care"


def read_person(ground: Ground, identity: str, node: nodes.Node, at: str) -> Person | None:
    """One person; without a label the id is shown."""
    given = fields(ground, node, at, known=PERSON_KEYS, required=("kind",))
    if given is None:
        return None
    label = values.line(ground, given["label"], under(at, "label")) if "label" in given else identity
    kind = values.choice(ground, given["kind"], under(at, "kind"), PERSON_KINDS) if "kind" in given else None
    born = values.recorded_when(ground, given["born"], under(at, "born")) if "born" in given else None
    return Person(identity, label, kind == "child", born) if kind and label else None


def read_agency(ground: Ground, identity: str, node: nodes.Node, at: str) -> Agency | None:
    """One agency; without a name the id is shown."""
    given = fields(ground, node, at, known=AGENCY_KEYS, required=("sector",))
    if given is None:
        return None
    name = values.line(ground, given["name"], under(at, "name")) if "name" in given else identity
    sector = values.sector(ground, given["sector"], under(at, "sector")) if "sector" in given else None
    area = values.line(ground, given["area"], under(at, "area")) if "area" in given else ""
    return Agency(identity, name, sector, area or "") if name and sector else None


def social_care_of(agencies: Mapping[str, Agency], area: str) -> str | None:
    """The id of children's social care of the file's own area, None where the file has none."""
    for wanted in (area, ""):
        for agency in agencies.values():
            if agency.sector == SOCIAL_CARE and agency.area == wanted:
                return agency.id
    return None


def read_relationship(ground: Ground, node: nodes.Node, at: str) -> Relationship | None:
    """One row on how two people are related, as one source recorded it."""
    given = fields(ground, node, at, known=RELATIONSHIP_KEYS, required=("person", "is", "of"))
    if given is None:
        return None
    person = values.person(ground, given["person"], under(at, "person")) if "person" in given else None
    of = values.person(ground, given["of"], under(at, "of")) if "of" in given else None
    relation = values.choice(ground, given["is"], under(at, "is"), RELATIONS) if "is" in given else None
    status = (
        values.choice(ground, given["status"], under(at, "status"), STATUSES) if "status" in given else STATUSES[-1]
    )
    known = values.recorded_when(ground, given["known"], under(at, "known")) if "known" in given else None
    since = values.when(ground, given["from"], under(at, "from")) if "from" in given else None
    until = values.when(ground, given["until"], under(at, "until")) if "until" in given else None
    by = values.agency(ground, given["by"], under(at, "by")) if "by" in given else None
    ref = values.text(ground, given["ref"], under(at, "ref")) if "ref" in given else ""
    if since and until and until.last < since.first:
        found = f"{quoted(until.text)}, which is before from ({since})"
        ground.wrong(given["until"], under(at, "until"), "the same time as from, or later", found)
    if person and person == of:
        ground.wrong(given["of"], under(at, "of"), "another person", f"{quoted(person)} related to themselves")
        return None
    if not (person and of and relation and status):
        return None
    return Relationship(person, relation, of, status, known, since, until, by, ref or "")
