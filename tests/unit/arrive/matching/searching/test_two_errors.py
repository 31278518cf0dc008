"""Whatever two slips somebody makes, the record that is meant shares a key with the question, and comes first."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onestory.arrive.matching.comparing.identifiers import is_nhs_number
from onestory.arrive.matching.comparing.weights import expected_weights
from onestory.arrive.matching.searching.keys import Kind, Stated, keys_of
from onestory.arrive.matching.searching.name_tokens import name_words
from onestory.arrive.matching.searching.near_misses import (
    near_dates,
    near_local_numbers,
    near_nhs_numbers,
    near_postcodes,
)
from onestory.arrive.matching.searching.ranking import Ranking, Record
from onestory.arrive.matching.searching.sought import keys_to_look_up, read_question

GIVEN = st.sampled_from(
    ["elizabeth", "mohammed", "oluwaseun", "krzysztof", "siobhan", "jack", "mei", "farhana", "gethin"]
)
FAMILY = st.sampled_from(
    ["ashworth", "kowalczyk", "okonkwo", "chowdhury", "oconnor", "smith", "li", "llewellyn", "nowak"]
)
BORN = st.dates(dt.date(1950, 1, 1), dt.date(2026, 1, 1))
LETTER = st.sampled_from("abcdefghijklmnopqrstuvwxyz")
NUMBERS = st.integers(0, 999_999).map(lambda serial: f"999{serial:06d}")


@st.composite
def slipped(draw: st.DrawFn, word: str, letters: st.SearchStrategy[str] = LETTER) -> str:
    """The word with one letter wrong, missing, too many, or two changed round."""
    at = draw(st.integers(0, len(word) - 2))
    kind = draw(st.sampled_from(["wrong", "missing", "more", "round"]))
    if kind == "missing":
        return word[:at] + word[at + 1 :]
    if kind == "more":
        return word[:at] + draw(letters) + word[at:]
    if kind == "round":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + draw(letters) + word[at + 1 :]


def shared(question: str, stated: Stated) -> bool:
    asked = {one.key.number for one in keys_to_look_up(read_question(question))}
    return not asked.isdisjoint(one.number for one in keys_of(stated))


def near_day(draw: st.DrawFn, born: dt.date) -> str:
    near = draw(st.sampled_from(near_dates(f"{born:%Y%m%d}")))
    return f"{near[6:]}/{near[4:6]}/{near[:4]}"


@st.composite
def question_with_birth_date(draw: st.DrawFn) -> tuple[str, Stated]:
    given_name, family, born = draw(GIVEN), draw(FAMILY), draw(BORN)
    stated = Stated((name_words(given_name, family),), born.isoformat())
    day = f"{born:%d/%m/%Y}"
    for field in draw(st.sampled_from(["gg", "ss", "gs", "gd", "sd"])):
        given_name = draw(slipped(given_name)) if field == "g" else given_name
        family = draw(slipped(family)) if field == "s" else family
        day = near_day(draw, born) if field == "d" else day
        assume(len(given_name) > 1 and len(family) > 1)
    parts = draw(st.permutations([given_name, family]))
    return f"{' '.join(parts)} {day}", stated


@given(question_with_birth_date())
@settings(max_examples=200, deadline=None)
def test_a_name_and_a_birth_date_with_two_slips_still_share_a_key(asked):
    assert shared(*asked), asked


@given(GIVEN, FAMILY, BORN, st.integers(0, 99999999))
def test_names_that_are_right_share_a_key_whatever_was_typed_beside_them(given_name, family, born, nonsense):
    stated = Stated((name_words(given_name, family),), born.isoformat())
    assert shared(f"{family} {given_name} 9{nonsense:09d}", stated)
    assert shared(f"{family} {given_name} {born.day:02}/{born.month:02}/1911", stated)


@given(GIVEN, FAMILY, st.sampled_from(["MK9 3AB", "M1 1AA", "MK19 6QT"]), st.data())
@settings(max_examples=200, deadline=None)
def test_a_name_and_a_postcode_with_a_slip_in_each_still_share_a_key(given_name, family, postcode, data):
    stated = Stated((name_words(given_name, family),), postcodes=(postcode,))
    near = data.draw(st.sampled_from(near_postcodes(postcode.replace(" ", ""))))
    wrong = data.draw(slipped(given_name))
    assume(len(wrong) > 1)
    assert shared_with_place(f"{wrong} {family}", near, stated)


@pytest.mark.parametrize("postcode", ["MK93AB", "M11AA", "MK196QT", "EC1A1BB"])
def test_every_slip_in_a_postcode_leads_back_to_the_right_one(postcode):
    assert all(postcode in near_postcodes(near) for near in near_postcodes(postcode))


def shared_with_place(names: str, place: str, stated: Stated) -> bool:
    asked = {one.key.number for one in keys_to_look_up(read_question(names, postcode=place))}
    return not asked.isdisjoint(one.number for one in keys_of(stated))


@given(NUMBERS, st.data())
@settings(max_examples=200, deadline=None)
def test_an_nhs_number_with_up_to_two_wrong_digits_leads_to_the_right_one(serial, data):
    right = next((serial + check for check in "0123456789" if is_nhs_number(serial + check)), None)
    assume(right is not None)
    typed = list(right)
    for at in data.draw(st.lists(st.integers(0, 9), min_size=1, max_size=2, unique=True)):
        typed[at] = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != typed[at]]))
    assert right in near_nhs_numbers("".join(typed))


@given(st.text("0123456789", min_size=5, max_size=9), st.data())
def test_an_agencys_number_with_one_slip_leads_to_the_right_one(number, data):
    typed = data.draw(slipped(number, st.sampled_from("0123456789")))
    assume(typed != number and len(typed) >= 4)
    assert number in near_local_numbers(typed)


@given(BORN)
def test_every_near_day_is_a_day_and_near_both_ways(born):
    digits = f"{born:%Y%m%d}"
    for near in near_dates(digits):
        dt.datetime.strptime(near, "%Y%m%d").replace(tzinfo=dt.UTC)
        assert digits in near_dates(near)


def test_a_key_that_tells_a_location_is_negative_and_no_other_is():
    stated = Stated(
        (name_words("Ella", "Fenwick"),), "2016-05-04", "9990000018", "", "P1", ("MK9 3AB",), ("07700900123",)
    )
    for key in keys_of(stated):
        assert (key.number < 0) == (key.kind in (Kind.PLACE, Kind.NAME_PLACE, Kind.PHONE))


@pytest.mark.parametrize("label", ["Mother of Child F", "Unborn baby", "Sibling 1", "Father", "", "(not known)"])
def test_what_names_nobody_finds_nobody(label):
    assert not [one for one in keys_of(Stated((name_words("", "", label),))) if one.kind < Kind.BORN]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Nowak, Anna 4/5/2016 MK9 3AB", (("anna", "nowak"), "4/5/2016", "MK93AB", "", "")),
        ("anna nowak 14th June 2017", (("anna", "nowak"), "14/6/2017", "", "", "")),
        ("999 000 0018 Gosia", (("gosia",), "", "", "9990000018", "")),
        ("L826200114001", ((), "", "", "", "L826200114001")),
        ("Chen Wei 2016", (("chen", "wei"), "2016", "", "", "")),
        ("Gosia Isla Otis", (("gosia", "isla", "otis"), "", "", "", "")),
    ],
)
def test_a_question_in_one_line_is_told_apart(typed, read):
    found = read_question(typed)
    assert (set(found.names), found.born, found.postcode, found.nhs_number, found.upn) == (set(read[0]), *read[1:])


def test_who_is_meant_comes_before_a_namesake():
    ranking = Ranking(read_question("Jhon Smith 5/4/2016"), expected_weights())
    records = [
        Record("1", "namesake", (("John", "Smith"),), "2011-09-30"),
        Record("2", "meant", (("John", "Smith"),), "2016-05-04"),
        Record("3", "sister", (("Joan", "Smith"),), "2016-01-04"),
    ]
    assert ranking.ranked(records, 10)[0].person == "meant"


def test_who_is_meant_is_not_lost_among_many_who_share_a_near_number():
    ranking = Ranking(read_question("Jhon Smiht 999 000 0028"), expected_weights())
    others = [
        Record(str(at), f"p{at}", ((f"Anna{at}", "Kowalska"),), nhs_number="9990000018", worth=9) for at in range(200)
    ]
    meant = Record("m", "meant", (("John", "Smith"),), nhs_number="9990000018", worth=9)
    assert ranking.ranked([*others, meant], 10)[0].person == "meant"
