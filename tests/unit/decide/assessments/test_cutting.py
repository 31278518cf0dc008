"""One assessment given to a mother and to two fathers is three documents; what is left out is said."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestory.decide.assessments.cutting import Document, Person, Piece, Reader, Reason, cut
from onestory.decide.assessments.plain import explained, hard_to_read

ANN = Person("ann", "Ann Vale")
BEN = Person("ben", "Ben Vale")
MOTHER = Person("m", "Mother of Ann, Rosalind Vale", frozenset({"mother"}))
FIRST = Person("f", "Ann's father, Gregor Thorne", frozenset({"father"}))
SECOND = Person("g", "Ben's father, Idris Kemp", frozenset({"father"}))
FOR_MOTHER = Reader(MOTHER, (ANN, BEN), (FIRST, SECOND), frozenset({"harbour house"}), frozenset({"ottoline"}))
FOR_FIRST = Reader(FIRST, (ANN,), (BEN, MOTHER, SECOND), frozenset({"harbour house"}), frozenset({"ottoline"}))
FOR_SECOND = Reader(SECOND, (BEN,), (ANN, MOTHER, FIRST), frozenset({"harbour house"}), frozenset({"ottoline"}))

SAID = {
    "ann's": "Ann builds towers and laughs.",
    "ben's": "Ben hides under the table.",
    "mother's": "Rosalind takes tablets. She was on a ward in May.",
    "first's": "Gregor lost his licence.",
    "second's": "Idris came drunk.",
    "place": "They sleep at Harbour House now.",
    "street": "The flat is 12 Larch Close.",
    "care": "Rosalind was a care leaver.",
    "referrer": "Ottoline heard shouting.",
    "called": "An anonymous caller was worried.",
    "nobody's": "The kitchen is clean and warm.",
}


def whole() -> list[Piece]:
    lines = [
        Piece("reason", "Why now", heading=2),
        Piece("reason-concern", "What was reported, by whom?", answer="By Ottoline.", codes=frozenset({"concern"})),
        Piece("voice.ann.voice-words", "Ann Vale", heading=3, row="ann"),
        Piece("voice.ann.voice-words", "What did the child tell us?", answer=SAID["ann's"], row="ann"),
        Piece("voice.ben.voice-words", "Ben Vale", heading=3, row="ben"),
        Piece("voice.ben.voice-words", "What did the child tell us?", answer=SAID["ben's"], row="ben"),
        Piece("protective.1.protective-who", "Who?", answer="Joan", row="1"),
        Piece("protective.1.protective-does", "What do they do?", answer="Has them on Fridays.", row="1"),
    ]
    rest = [name for name in SAID if name not in ("ann's", "ben's")]
    return lines + [Piece(f"around-{n}", f"Around {n}", answer=SAID[name]) for n, name in enumerate(rest)]


def told(document: Document) -> str:
    return json.dumps(document.lines, ensure_ascii=False)


@pytest.mark.parametrize(
    ("reader", "theirs"),
    [
        (FOR_MOTHER, {"ann's", "ben's", "mother's", "nobody's"}),
        (FOR_FIRST, {"ann's", "first's", "nobody's"}),
        (FOR_SECOND, {"ben's", "second's", "nobody's"}),
    ],
)
def test_each_is_given_what_is_theirs_and_nothing_else(reader: Reader, theirs: set[str]) -> None:
    text = told(cut(whole(), reader))
    assert {name for name, words in SAID.items() if words.split(". ")[0].rstrip(".") in text} == theirs


def test_what_is_left_out_is_said_with_its_reason_and_counted() -> None:
    document = cut(whole(), FOR_FIRST)
    for reason in (Reason.OTHER, Reason.CHILD, Reason.REFERRER, Reason.PLACE, Reason.CARE):
        assert document.withheld[reason] >= 1
        assert str(reason) in told(document)


def test_a_sentence_that_goes_on_about_somebody_else_stays_out_with_the_one_before() -> None:
    assert "ward" not in told(cut(whole(), FOR_FIRST))
    assert "ward" in told(cut(whole(), FOR_MOTHER))


def test_a_name_that_nobody_knows_is_taken_for_somebody_else() -> None:
    piece = Piece("q", "What?", answer="On Friday Ann was with Bartholomew. Ann slept well.")
    assert "Bartholomew" not in told(cut([piece], FOR_FIRST))
    assert "Ann slept well." in told(cut([piece], FOR_FIRST))


def test_father_can_mean_either_where_there_are_two_and_only_him_where_there_is_one() -> None:
    piece = Piece("q", "What?", answer="Her father shouts.")
    alone = Reader(FIRST, (ANN,), (MOTHER,))
    assert "shouts" not in told(cut([piece], FOR_FIRST))
    assert "shouts" in told(cut([piece], alone))


def test_a_row_about_one_adult_is_given_to_that_adult_alone() -> None:
    rows = [
        Piece("protective.1.protective-who", "Who?", answer="Gregor", row="1"),
        Piece("protective.1.protective-does", "What do they do?", answer="Walks with her to school.", row="1"),
    ]
    assert "Walks with her" in told(cut(rows, FOR_FIRST))
    assert "Walks with her" not in told(cut(rows, FOR_MOTHER))


def test_the_worker_can_leave_out_more_and_never_less() -> None:
    document = cut(whole(), FOR_FIRST, also=["voice.ann.voice-words"])
    assert SAID["ann's"] not in told(document)
    assert document.withheld[Reason.WORKER] >= 1


@pytest.mark.parametrize(
    "code", ["interplay-present", "interplay-how", "interplay-child", "afraid-of", "relevance-statement"]
)
def test_answers_that_are_about_others_by_their_nature_stay_out_whole(code: str) -> None:
    piece = Piece("q", "What?", answer="Nothing that names anybody.", codes=frozenset({code}))
    for reader in (FOR_MOTHER, FOR_FIRST, FOR_SECOND):
        assert "Nothing that names" not in told(cut([piece], reader))


SECRETS = ["Rosalind", "Idris", "Ben", "Harbour House", "Ottoline", "care leaver", "12 Larch Close"]


@given(st.lists(st.sampled_from([*SAID.values(), "She cried.", "It was cold.", "Ann ate."]), min_size=1, max_size=8))
def test_whatever_is_written_in_whatever_order_nothing_of_others_reaches_him(sentences: list[str]) -> None:
    document = cut([Piece("q", "What?", answer=" ".join(sentences))], FOR_FIRST)
    assert [secret for secret in SECRETS if secret in told(document)] == []
    assert "ward" not in told(document)


def test_words_of_the_trade_are_explained_and_long_sentences_named() -> None:
    assert explained(["A strategy discussion was held."]) == {
        "strategy discussion": "a talk between police, health and social care about what to do first"
    }
    assert hard_to_read("We met. You came.") == []
    assert any("sentence of 30 words" in one for one in hard_to_read("word " * 30))
