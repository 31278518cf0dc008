"""The cut of an assessment for one person of the family: sentences about others stay out, and it says so. Pure.

One assessment given to a mother and to two fathers is three documents. The cut errs on the side of leaving out: a
person reads it before it is given, and says in plain words what it means. Nothing that was left out can be put back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from onestory.decide.assessments.tool import INTERPLAY, INTERPLAY_PRESENT


class Reason(StrEnum):
    """Why something was left out, as the person reads it."""

    OTHER = "about somebody else"
    CHILD = "another child’s own part"
    REFERRER = "it could tell who came to us"
    PLACE = "a place that is protected"
    CARE = "somebody’s time in care"
    WORKER = "left out by the worker, who tells you why"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the family: the words by which a text names them, and what they are to the children."""

    id: str
    label: str
    relations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the document is: themselves and the children who are theirs; and everybody else in the family.

    ``hidden``: words that give away a protected place or who told, whoever wrote them where.
    """

    me: Person
    mine: tuple[Person, ...] = ()
    others: tuple[Person, ...] = ()
    places: frozenset[str] = frozenset()
    referrers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the whole assessment: a heading, or a question with its answer, and whose row it stands in."""

    path: str
    words: str
    heading: int = 0
    answer: str = ""
    source: str = ""
    codes: frozenset[str] = frozenset()
    row: str = ""
    """The person or the number of the row; empty outside rows."""
    free: bool = True
    """Whether the answer is words of somebody's own, which may name anybody."""


@dataclass(slots=True)
class Document:
    """What the person is given, line by line, and how much was left out for which reason."""

    lines: list[dict[str, object]] = field(default_factory=list)
    withheld: Counter[str] = field(default_factory=Counter)


WHOLE = {
    "concern": Reason.REFERRER,
    "afraid-of": Reason.OTHER,
    "thoughts-of-harm": Reason.OTHER,
    "relevance-statement": Reason.OTHER,
    INTERPLAY_PRESENT: Reason.OTHER,
    INTERPLAY: Reason.OTHER,
    "interplay-child": Reason.OTHER,
    "not-spoken-to": Reason.OTHER,
    "paternity": Reason.OTHER,
    "checked": Reason.OTHER,
}
"""Questions whose answers tell of others by their nature: they are left out whole, for everybody of the family."""
OF_ONE_PERSON = re.compile(r"^(protective|parents)\.")
"""Rows that are about one adult each: given to that adult alone."""
WORDS_FOR = {
    "mother": ("mother", "mothers", "mum", "mummy", "mam"),
    "father": ("father", "fathers", "dad", "daddy"),
    "parent": ("parent",),
    "grandparent": ("grandmother", "grandfather", "gran", "nan", "nana", "grandad", "granny"),
    "aunt_uncle": ("aunt", "auntie", "uncle"),
    "partner": ("partner", "boyfriend", "girlfriend", "husband", "wife"),
    "step_parent": ("stepfather", "stepmother", "step-father", "step-mother", "stepdad", "stepmum"),
    "sibling": ("brother", "sister", "sibling", "half-brother", "half-sister"),
    "friend": ("friend", "neighbour"),
}
ANYBODY = frozenset().union(*WORDS_FOR.values()) | {
    "parents",
    "siblings",
    "brothers",
    "sisters",
    "ex-partner",
    "relative",
}
CARE = re.compile(
    r"\b(in care|care[- ](leaver|experienced|experience|order|history)|looked[- ]after|foster\w*|"
    r"children[’']s home|leaving care|personal adviser|adopt\w*)\b",
    re.I,
)
PLACE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b\d+[a-z]? [A-Z]\w+( \w+)? "
    r"(Street|Road|Lane|Avenue|Close|Drive|Way|Court|Crescent|Terrace|Place|Gardens|House|Row|Square)\b|\brefuge\b"
)
REFERRER = re.compile(r"\b(referr\w*|reported by|anonymous\w*|caller|rang us|told us|tip-?off)\b", re.I)
FOLLOWS = re.compile(r"\b(he|she|they|him|her|his|hers|their|them|this|that|it)\b", re.I)
SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
NAME = re.compile(r"\b[^\W\d_]{2,}(?:[-’'][^\W\d_]+)*")
_MONTHS = "january february march april may june july august september october november december"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
CAPITALISED = frozenset(f"{_MONTHS} {_DAYS} english british christmas easter gp nhs".split(" "))
"""Words with a capital letter that name nobody."""


def names_in(label: str) -> frozenset[str]:
    """The words of a label that are names, without what people are to one another."""
    words = (word.casefold().removesuffix("’s").removesuffix("'s") for word in NAME.findall(label))
    return frozenset(word for word in words if word not in ANYBODY | {"of", "the"} and len(word) > 1)


def cut(pieces: Iterable[Piece], reader: Reader, *, also: Iterable[str] = ()) -> Document:
    """The document for this person. ``also``: paths that the worker leaves out besides."""
    told, worker = Document(), frozenset(also)
    rows_out: set[str] = set()
    given = list(pieces)
    mine = _rows_of_me(given, reader)
    for piece in given:
        reason = _whole(piece, reader, mine, worker)
        if piece.heading:
            told.lines.append({"heading": piece.heading, "words": piece.words}) if reason is None else None
        elif reason is not None:
            _leave_out(told, piece, reason, rows_out)
        else:
            _give(told, piece, reader)
    return told


def _rows_of_me(pieces: Iterable[Piece], reader: Reader) -> frozenset[str]:
    """Rows about one adult each in which the person is the one who is named."""
    names = names_in(reader.me.label)
    named = (one for one in pieces if one.path.endswith("-who") and OF_ONE_PERSON.match(one.path))
    return frozenset(one.path.rpartition(".")[0] for one in named if names & names_in(one.answer))


def _whole(piece: Piece, reader: Reader, mine: frozenset[str], worker: frozenset[str]) -> Reason | None:
    """Why a line stays out whole; None where it is looked at sentence by sentence."""
    if piece.path in worker:
        return Reason.WORKER
    whole = next((WHOLE[code] for code in sorted(piece.codes) if code in WHOLE), None)
    if whole is not None:
        return whole
    if not piece.row:
        return None
    if piece.row.isdigit():
        of_one = OF_ONE_PERSON.match(piece.path)
        return Reason.OTHER if of_one and piece.path.rpartition(".")[0] not in mine else None
    return None if piece.row in {one.id for one in (reader.me, *reader.mine)} else Reason.CHILD


def _leave_out(told: Document, piece: Piece, reason: Reason, rows_out: set[str]) -> None:
    """Say once for a row, or once for a question, that something was left out."""
    told.withheld[reason] += 1
    row = f"{piece.path.rpartition('.')[0]}:{reason}" if piece.row else ""
    if row and row in rows_out:
        return
    rows_out.add(row)
    words = "" if piece.row else piece.words
    told.lines.append({"words": words, "answer": "", "left_out": str(reason), "source": ""})


def _give(told: Document, piece: Piece, reader: Reader) -> None:
    kept, reasons = [], []
    for sentence, reason in _sentences(piece, reader):
        kept.append(sentence) if reason is None else reasons.append(reason)
    for reason in reasons:
        told.withheld[reason] += 1
    left_out = "; ".join(dict.fromkeys(map(str, reasons)))
    told.lines.append({"words": piece.words, "answer": " ".join(kept), "left_out": left_out, "source": piece.source})


def _sentences(piece: Piece, reader: Reader) -> Iterator[tuple[str, Reason | None]]:
    before: Reason | None = None
    for sentence in filter(str.strip, SENTENCE.split(piece.answer) if piece.free else [piece.answer]):
        reason = _about_others(sentence, reader) if piece.free else _told_of(sentence, reader)
        if reason is None and before is not None and FOLLOWS.search(sentence) and not _names_mine(sentence, reader):
            reason = before  # “She was admitted in May.” tells of whoever the sentence before told of
        before = reason
        yield sentence.strip(), reason


def _told_of(sentence: str, reader: Reader) -> Reason | None:
    """What no document tells, whoever it is for: time in care, places that are protected, who told."""
    words = sentence.casefold()
    if CARE.search(sentence):
        return Reason.CARE
    if PLACE.search(sentence) or any(place in words for place in reader.places):
        return Reason.PLACE
    if REFERRER.search(sentence) or any(name in words for name in reader.referrers):
        return Reason.REFERRER
    return None


def _about_others(sentence: str, reader: Reader) -> Reason | None:
    found = _told_of(sentence, reader)
    if found is not None:
        return found
    words = {word.casefold().removesuffix("’s").removesuffix("'s") for word in NAME.findall(sentence)}
    own = _all(names_in(one.label) for one in (reader.me, *reader.mine))
    theirs = _all(names_in(one.label) for one in reader.others) - own
    if words & theirs or words & _relations_of_others(reader) or _unknown_name(sentence, own):
        return Reason.OTHER
    return None


def _all(words: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*words)


def _relations_of_others(reader: Reader) -> frozenset[str]:
    """Words for people that could mean somebody else: all but what only the reader is."""
    others = _all(one.relations for one in reader.others)
    only_me = reader.me.relations - others
    allowed = frozenset(word for relation in only_me for word in WORDS_FOR.get(relation, ()))
    return ANYBODY - allowed


def _unknown_name(sentence: str, own: frozenset[str]) -> bool:
    """Whether a word inside the sentence is written like a name that is none of the reader's."""
    inside = list(NAME.finditer(sentence))[1:]
    return any(
        found.group()[0].isupper()
        and found.group().casefold().removesuffix("’s").removesuffix("'s") not in own | CAPITALISED
        and found.group() != "I"
        for found in inside
    )


def _names_mine(sentence: str, reader: Reader) -> bool:
    own = _all(names_in(one.label) for one in (reader.me, *reader.mine))
    return bool(own & {word.casefold() for word in NAME.findall(sentence)})
