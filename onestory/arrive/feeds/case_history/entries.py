"""Reading the entries of the chronology."""

from __future__ import annotations

from typing import Any

from onestory.arrive.feeds.case_history import nodes, values
from onestory.arrive.feeds.case_history.ground import Ground, fields, say, under
from onestory.arrive.feeds.case_history.problems import joined, quoted
from onestory.arrive.feeds.case_history.shapes import read_shape
from onestory.platform.history.dates import When
from onestory.platform.history.record import Entry, Reporter, who_was_told
from onestory.platform.history.vocabulary import KINDS, REPORTERS, RESTRICTIONS, Key, Kind, Shape

ENTRY_KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        Key("id", Shape.CODE, meaning="unique in the file"),
        Key("date", Shape.WHEN, meaning="when it happened"),
        Key(
            "known", Shape.WHEN, meaning="when the recording agency had it; absent: on the date; never: only afterwards"
        ),
        Key("by", Shape.AGENCY, meaning="agency that holds the record"),
        Key("kind", Shape.CHOICE, tuple(KINDS), "what kind of entry it is"),
        Key("about", Shape.PEOPLE, meaning="people it concerns"),
        Key("seen", Shape.PEOPLE, meaning="children seen in person by a professional on that occasion"),
        Key("seen_alone", Shape.PEOPLE, meaning="children seen without their carers"),
        Key("together", Shape.PEOPLE, meaning="people recorded as being in contact with one another"),
        Key("reporter", Shape.TEXT, meaning="who told"),
        Key("factors", Shape.FACTORS, meaning="needs and risks named"),
        Key("text", Shape.TEXT, meaning="one or two factual sentences: what was recorded then"),
        Key("ref", Shape.TEXT, meaning="paragraph of the published source"),
        Key("shared_with", Shape.AGENCIES, meaning="agencies that were told at the time; [] for nobody"),
        Key(
            "count",
            Shape.NUMBER,
            meaning="how many of the same kind it stands for, where their dates are not published",
        ),
        Key("restricted", Shape.CHOICE, RESTRICTIONS, "narrower visibility"),
    )
}
REQUIRED = ("id", "date", "by", "kind", "about")
REPORTER_KEYS = ("as", "agency", "label")
NEVER = "never"
_PLAIN = ENTRY_KEYS.keys() - {"id", "date", "known", "kind", "reporter"}
_KINDS_WITH_KEY = {
    name: [kind.code for kind in KINDS.values() if name in kind.by_name]
    for kind in KINDS.values()
    for name in kind.by_name
}


def _elsewhere(kind: Kind) -> dict[str, str]:
    return {
        name: f"a key of {joined(codes)}, but the kind is {kind.code}"
        for name, codes in _KINDS_WITH_KEY.items()
        if name not in kind.by_name
    }


_ELSEWHERE = {code: _elsewhere(kind) for code, kind in KINDS.items()}
_KEYS_OF_KIND = {code: tuple(ENTRY_KEYS | kind.by_name) for code, kind in KINDS.items()}
_KEYS_OF_ANY_KIND = tuple(dict.fromkeys((*ENTRY_KEYS, *_KINDS_WITH_KEY)))


def read_entry(ground: Ground, node: nodes.Node, at: str) -> Entry | None:
    """One entry, checked by itself; None where too much is wrong with it to check it against the others."""
    kind = _kind_of(node)
    known_keys = _KEYS_OF_KIND[kind.code] if kind else _KEYS_OF_ANY_KIND
    elsewhere = _ELSEWHERE[kind.code] if kind else None
    given = fields(ground, node, at, known=known_keys, required=REQUIRED, elsewhere=elsewhere)
    if given is None:
        return None
    if "kind" in given:
        values.choice(ground, given["kind"], under(at, "kind"), KINDS)
    _check_shared_with(ground, node, at)
    happened, known = _dates(ground, given, at)
    plain = {name: _read(ground, ENTRY_KEYS[name], given[name], at) for name in given if name in _PLAIN}
    if "id" in given:
        plain["id"] = values.identity(ground, given["id"], under(at, "id"))
    reporter = _reporter(ground, given["reporter"], under(at, "reporter")) if "reporter" in given else None
    own = (
        {name: _read(ground, key, given[name], at) for name, key in kind.by_name.items() if name in given}
        if kind
        else {}
    )
    _check_one_of(ground, node, kind, own, at)
    stated = {name: value for name, value in plain.items() if value is not None}
    if not kind or not happened or "id" not in stated or "by" not in stated or "about" not in stated:
        return None
    _check_people(ground, given, stated, happened, at)
    shared_with = stated.pop("shared_with", None)
    told = who_was_told(
        kind=kind.code,
        by=stated["by"],
        shared_with=shared_with,
        sent_to=own.get("to") if kind.code == "concern" else None,
        social_care=ground.social_care,
    )
    return Entry(happened=happened, known=known, kind=kind.code, reporter=reporter, told=told, own=own, **stated)


def _check_one_of(ground: Ground, node: nodes.Node, kind: Kind | None, own: dict[str, Any], at: str) -> None:
    if kind and kind.one_of and not any(str(own.get(name) or "").strip() for name in kind.one_of):
        ground.wrong(node, at, f"at least one of {joined(kind.one_of)}", "none of them")


def _kind_of(node: nodes.Node) -> Kind | None:
    given = node.values.get("kind") if isinstance(node, nodes.Mapping) else None
    return KINDS.get(given.value) if isinstance(given, nodes.Scalar) else None


def _read(ground: Ground, key: Key, node: nodes.Node, at: str) -> Any:
    return read_shape(ground, key, node, under(at, key.name))


def _check_shared_with(ground: Ground, node: nodes.Node, at: str) -> None:
    # Absent means "as usual", [] means nobody. A key with nothing behind it could be meant as either.
    given = node.values.get("shared_with") if isinstance(node, nodes.Mapping) else None
    if isinstance(given, nodes.Scalar) and given.plain and given.value == "":
        ground.wrong(
            given, under(at, "shared_with"), "agencies, or [] for nobody; leave the key out where it is not stated"
        )


def _dates(ground: Ground, given: dict[str, nodes.Node], at: str) -> tuple[When | None, When | None]:
    happened = values.recorded_when(ground, given["date"], under(at, "date")) if "date" in given else None
    node = given.get("known")
    if node is None:
        return happened, happened
    if isinstance(node, nodes.Scalar) and node.value == NEVER:
        return happened, None
    known = values.recorded_when(ground, node, under(at, "known"), or_word=f", or {NEVER}")
    if happened and known and known.last < happened.last:
        found = f"{say(node)}, which is before the date {happened}"
        ground.wrong(node, under(at, "known"), "the date or later (a month or a year counts by its last day)", found)
    return happened, known


def _reporter(ground: Ground, node: nodes.Node, at: str) -> Reporter | None:
    given = fields(ground, node, at, known=REPORTER_KEYS, required=("as",))
    if given is None:
        return None
    role = values.choice(ground, given["as"], under(at, "as"), REPORTERS) if "as" in given else None
    agency = values.agency(ground, given["agency"], under(at, "agency")) if "agency" in given else None
    label = values.line(ground, given["label"], under(at, "label")) if "label" in given else None
    return Reporter(role, agency, label or "") if role else None


def _check_people(ground: Ground, given: dict[str, nodes.Node], stated: dict[str, Any], on: When, at: str) -> None:
    if not stated["about"]:
        ground.wrong(given["about"], under(at, "about"), "at least one person")
    for name in ("seen", "seen_alone"):
        for child in stated.get(name, ()):
            _check_seen(ground, given[name], under(at, name), child, on)


def _check_seen(ground: Ground, node: nodes.Node, at: str, child: str, on: When) -> None:
    person = ground.people.get(child)
    if person is None:  # declared, but with errors of its own
        return
    if not person.is_child:
        ground.wrong(node, at, "people whose kind is child", f"{quoted(child)}, who is an adult")
    elif person.born and on.last < person.born.first:
        found = f"{quoted(child)}, who is not born on {on} (born {person.born})"
        ground.wrong(node, at, "children who are born by the entry's date", found)
