"""Reading case history files, format 1: all of a file or every problem in it, and nothing in between."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from onestory.arrive.feeds.case_history import nodes, values
from onestory.arrive.feeds.case_history.case_file import FORMAT, CaseFile, ExpectedPoint
from onestory.arrive.feeds.case_history.circle import read_agency, read_person, read_relationship, social_care_of
from onestory.arrive.feeds.case_history.crosschecks import check_family, check_order
from onestory.arrive.feeds.case_history.entries import read_entry
from onestory.arrive.feeds.case_history.ground import Ground, fields, say_repeats, under
from onestory.arrive.feeds.case_history.problems import CaseFileProblems, Problem, Problems, quoted
from onestory.arrive.feeds.case_history.source import read_source
from onestory.platform.history.record import History, Relationship

FILE_KEYS = (
    "format",
    "title",
    "area",
    "published",
    "synthetic",
    "people",
    "relationships",
    "agencies",
    "entries",
    "expected",
    "acceptable_notices",
)
REQUIRED_FILE_KEYS = ("format", "title", "area", "people", "agencies", "entries")
POINT_KEYS = ("by", "what", "rests_on", "about", "ref", "theme", "basis", "min_response", "earliest_signal")
REQUIRED_POINT_KEYS = ("by", "what", "rests_on")


def read_case_history(path: Path) -> CaseFile:
    """Read one case history file.

    Raises CaseFileProblems with everything that is wrong with it; no other error, whatever the file holds.
    """
    problems = Problems(str(path))
    text = read_source(path, problems)
    root = nodes.parse(text, problems) if text is not None else None
    problems.raise_if_any()
    case_file = _read_root(path, root, Ground(problems))
    problems.raise_if_any()
    assert case_file is not None, "a file without a problem has been read"
    return case_file


def read_case_histories(paths: Iterable[Path]) -> tuple[CaseFile, ...]:
    """Read several files, each another history.

    Raises CaseFileProblems with the problems of all of them, and where two of them say that they are the
    same history (one title in one area): then neither can be taken for the right one.
    """
    problems: list[Problem] = []
    read: dict[tuple[str, str], CaseFile] = {}
    for path in paths:
        try:
            case_file = read_case_history(path)
        except CaseFileProblems as error:
            problems += error.problems
            continue
        name = _plain(case_file.history.title), _plain(case_file.history.area)
        first = read.setdefault(name, case_file)
        if first is not case_file:
            found = f"{quoted(case_file.history.title)} in {quoted(case_file.history.area)}, which {first.path} is too"
            problems.append(Problem(str(path), 0, "title", found, "each history in one file only"))
    if problems:
        raise CaseFileProblems(problems)
    return tuple(read.values())


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _read_root(path: Path, root: nodes.Node | None, ground: Ground) -> CaseFile | None:
    if root is None:
        ground.problems.add(1, "", "an empty file", f"the keys {', '.join(REQUIRED_FILE_KEYS)}")
        return None
    given = fields(ground, root, "", known=FILE_KEYS, required=REQUIRED_FILE_KEYS)
    if given is None:
        return None
    if "format" in given:
        values.choice(ground, given["format"], "format", (FORMAT,))
    title = values.line(ground, given["title"], "title") if "title" in given else None
    area = values.line(ground, given["area"], "area") if "area" in given else None
    ground.area = area or ""
    history = _read_history(ground, given, title or "", area or "")
    return CaseFile(
        path=path,
        history=history,
        expected=_expected(ground, given.get("expected")),
        acceptable_notices=_notices(ground, given.get("acceptable_notices")),
        published=_published(ground, given.get("published")),
        synthetic=bool(values.truth(ground, given["synthetic"], "synthetic")) if "synthetic" in given else False,
    )


def _read_history(ground: Ground, given: dict[str, nodes.Node], title: str, area: str) -> History:
    people = _declarations(ground, given.get("people"), "people")
    agencies = _declarations(ground, given.get("agencies"), "agencies")
    listed = _listed(ground, given.get("entries"), "entries")
    ground.person_ids, ground.agency_ids = people.keys(), agencies.keys()
    named = _name_entries(ground, listed)
    ground.people = {
        identity: person
        for identity, node in people.items()
        if (person := read_person(ground, identity, node, under("people", identity)))
    }
    ground.agencies = {
        identity: agency
        for identity, node in agencies.items()
        if (agency := read_agency(ground, identity, node, under("agencies", identity)))
    }
    ground.social_care = social_care_of(ground.agencies, area)
    relationships = _relationships(ground, given.get("relationships"))
    rows = [
        (entry, node, at)
        for node, at in named
        if (entry := read_entry(ground, node, at)) and isinstance(node, nodes.Mapping)
    ]
    check_order(ground, rows)
    entries = tuple(entry for entry, _, _ in rows)
    return History(title, area, ground.people, relationships, ground.agencies, entries)


def _declarations(ground: Ground, node: nodes.Node | None, at: str) -> dict[str, nodes.Node]:
    """The records of a mapping by their ids; the ids must be fit to be referred to."""
    if node is None:
        return {}
    if not isinstance(node, nodes.Mapping):
        ground.wrong(node, at, "a mapping from ids to records")
        return {}
    say_repeats(ground, node, at)
    for identity, line in node.key_lines.items():
        values.identity(ground, nodes.Scalar(identity, line, plain=False), under(at, identity))
    return node.values


def _listed(ground: Ground, node: nodes.Node | None, at: str) -> list[nodes.Node]:
    if node is None:
        return []
    if not isinstance(node, nodes.Listing):
        ground.wrong(node, at, "a list")
        return []
    return node.items


def _name_entries(ground: Ground, listed: list[nodes.Node]) -> list[tuple[nodes.Node, str]]:
    """Each entry with its path; notes ids that stand there twice."""
    named: list[tuple[nodes.Node, str]] = []
    for number, node in enumerate(listed, start=1):
        identity = node.values.get("id") if isinstance(node, nodes.Mapping) else None
        if not isinstance(node, nodes.Mapping) or not isinstance(identity, nodes.Scalar) or identity.is_null:
            named.append((node, under("entries", f"number {number}")))
            continue
        at = under("entries", identity.value)
        named.append((node, at))
        if identity.value in ground.entry_nodes:
            line = ground.entry_nodes[identity.value].values["id"].line
            ground.wrong(identity, under(at, "id"), f"an id that no other entry has; it stands on line {line} already")
        else:
            ground.entry_nodes[identity.value] = node
    ground.entry_ids = ground.entry_nodes.keys()
    return named


def _relationships(ground: Ground, node: nodes.Node | None) -> tuple[Relationship, ...]:
    rows = [
        (relationship, row, at)
        for number, row in enumerate(_listed(ground, node, "relationships"), start=1)
        if (relationship := read_relationship(ground, row, at := under("relationships", f"number {number}")))
    ]
    check_family(ground, rows)
    return tuple(relationship for relationship, _, _ in rows)


def _expected(ground: Ground, node: nodes.Node | None) -> tuple[ExpectedPoint, ...]:
    points = enumerate(_listed(ground, node, "expected"), start=1)
    read = (_point(ground, point, under("expected", f"number {number}")) for number, point in points)
    return tuple(point for point in read if point)


def _point(ground: Ground, node: nodes.Node, at: str) -> ExpectedPoint | None:
    given = fields(ground, node, at, known=POINT_KEYS, required=REQUIRED_POINT_KEYS)
    if given is None or any(key not in given for key in REQUIRED_POINT_KEYS):
        return None
    by = values.when(ground, given["by"], under(at, "by"))
    rests_on = values.several(ground, given["rests_on"], under(at, "rests_on"), values.entry)
    about = values.several(ground, given["about"], under(at, "about"), values.person) if "about" in given else ()
    texts = {key: values.text(ground, given[key], under(at, key)) for key in given if key in _POINT_TEXTS}
    if not by or rests_on is None or about is None or any(text is None for text in texts.values()):
        return None
    return ExpectedPoint(by=by, rests_on=rests_on, about=about, **{key: text or "" for key, text in texts.items()})


_POINT_TEXTS = frozenset(POINT_KEYS) - {"by", "rests_on", "about"}


def _notices(ground: Ground, node: nodes.Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    given = node.items if isinstance(node, nodes.Listing) else [node]
    read = (
        values.text(ground, item, under("acceptable_notices", f"number {n}")) for n, item in enumerate(given, start=1)
    )
    return tuple(text for text in read if text is not None)


def _published(ground: Ground, node: nodes.Node | None) -> dict[str, str]:
    if node is None:
        return {}
    if not isinstance(node, nodes.Mapping):
        ground.wrong(node, "published", "keys with text")
        return {}
    say_repeats(ground, node, "published")
    for key, line in node.key_lines.items():
        values.line(ground, nodes.Scalar(key, line, plain=False), under("published", key))
    read = {key: values.text(ground, value, under("published", key)) for key, value in node.values.items()}
    return {key: text for key, text in read.items() if text is not None}
