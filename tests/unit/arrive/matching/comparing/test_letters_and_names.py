"""Names as they are typed, brought down to what can be compared."""

from __future__ import annotations

import pytest

from onestory.arrive.matching.comparing.given_names import may_be_one_name
from onestory.arrive.matching.comparing.letters import says_nothing, words_of
from onestory.arrive.matching.comparing.name_families import GIVEN_FAMILIES, KNOWN_GIVEN_NAMES, SURNAME_FAMILIES
from onestory.arrive.matching.comparing.names import given_forms, given_name, sound_of, surname


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Łukasz", ("lukasz",)),
        ("Małgorzata  Żółć", ("malgorzata", "zolc")),
        ("O'Brien-Nowak", ("obrien", "nowak")),
        ("D’Souza", ("dsouza",)),
        ("  SIÔN ", ("sion",)),
        ("Straße", ("strasse",)),
        ("", ()),
        ("- . -", ()),
    ],
)
def test_words_are_plain_letters(typed: str, words: tuple[str, ...]) -> None:
    assert words_of(typed) == words


def test_other_scripts_stay_apart_and_equal() -> None:
    assert words_of("李 伟") == words_of("李 伟")
    assert words_of("李") != words_of("伟")
    assert all(word.isascii() for word in words_of("李 伟 Иван"))


@pytest.mark.parametrize("typed", ["", "n/k", "Not known", "UNKNOWN", "-", "null", "N/A", "xxx"])
def test_what_only_says_that_nothing_is_known(typed: str) -> None:
    assert says_nothing(words_of(typed))


@pytest.mark.parametrize("typed", ["Baby", "Baby Girl", "unborn", "Twin 2", "Male Infant", "not known", "Baby of"])
def test_a_child_without_a_name_has_none(typed: str) -> None:
    assert given_name(typed).squeezed is None


def test_titles_are_no_part_of_a_name() -> None:
    assert given_name("Mrs. Ann-Marie").words == ("ann", "marie")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O Brien", "O'Brien"),
        ("Ó Briain", "OBriain"),
        ("Mac Donald", "MacDonald"),
        ("Mc Donagh", "McDonagh"),
        ("St. John", "St John"),
    ],
)
def test_a_surname_written_apart_is_the_same(one: str, other: str) -> None:
    assert surname(one).squeezed == surname(other).squeezed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wiśniewska", "Wisniewski"),
        ("Smith-Jones", "Jones"),
        ("ap Owain", "Owain"),
        ("Chowdhury", "Chaudhry"),
        ("Nowicka", "Nowicki"),
        ("Li", "Lee"),
        ("Smith", "Smyth"),
        ("al-Rahman", "Rehman"),
    ],
)
def test_surnames_that_share_a_part_or_are_one_name(one: str, other: str) -> None:
    assert set(surname(one).parts) & set(surname(other).parts)


def test_a_leading_word_alone_is_not_shared() -> None:
    assert not set(surname("van Dijk").parts) & set(surname("van Houten").parts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kate", "Catherine"),
        ("Gosia", "Małgorzata"),
        ("Kuba", "Jacob"),
        ("Ellie", "Eleanor"),
        ("Ellie", "Elizabeth"),
        ("Paddy", "Padraig"),
        ("Neve", "Niamh"),
        ("Mohd", "Muhammad"),
        ("Oluwadamilola", "Damilola"),
        ("Oluwatoyosi", "Toyosi"),
        ("Chukwuemeka", "Emeka"),
        ("Ayesha", "Aisha"),
    ],
)
def test_one_name_in_another_form(one: str, other: str) -> None:
    assert set(given_name(one).forms) & set(given_name(other).forms)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hasan", "Husain"), ("Anna", "Hannah"), ("Alexander", "Alexandra"), ("Emily", "Amelia"), ("Sean", "John")],
)
def test_names_of_two_children_are_no_forms_of_one(one: str, other: str) -> None:
    assert not set(given_name(one).forms) & set(given_name(other).forms)


def test_an_unknown_name_stands_for_itself() -> None:
    assert given_forms("zorblax") == ("zorblax",)


def test_the_lists_hold_plain_words_only() -> None:
    for name in [*GIVEN_FAMILIES, *SURNAME_FAMILIES, *KNOWN_GIVEN_NAMES]:
        assert words_of(name) == (name,)


@pytest.mark.parametrize(
    ("one", "other"),
    [("chowdhury", "chaudhry"), ("smith", "smyth"), ("hussain", "hossain"), ("macdonald", "mcdonald")],
)
def test_names_that_sound_alike(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other) is not None


def test_too_little_sound_says_nothing() -> None:
    assert sound_of("mia") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sarah", "Sarah"),
        ("Xiao-Ming", "Xiaoming"),
        ("Ann Marie", "Anna"),
        ("Rahim", "Mohammed Rahim"),
        ("J", "Jonathan"),
        ("Jonatahn", "Jonathan"),
        ("Danielle", "Daniele"),
        ("Oluwafunmilayo", "Funmi"),
        ("Chi-Chi", "Chinyere"),
        ("Kehnide", "Kehinde"),
    ],
)
def test_two_ways_to_write_one_given_name(one: str, other: str) -> None:
    assert may_be_one_name(given_name(one).words, given_name(other).words)
    assert may_be_one_name(given_name(other).words, given_name(one).words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mia", "Tia"),
        ("Jayden", "Kayden"),
        ("Jayden", "Hayden"),
        ("Hasan", "Husain"),
        ("Mohammed Rahim", "Mohammed Karim"),
        ("Jia Hao", "Jia Bao"),
        ("Jia Hao", "Jia Min"),
        ("Daniel", "Danielle"),
        ("Aleksander", "Aleksandra"),
        ("Taiwo", "Kehinde"),
        ("Chidinma", "Chidiebere"),
        ("Wei", "Wen"),
        ("Ella", "Emma"),
        ("", "Ella"),
    ],
)
def test_given_names_of_two_children(one: str, other: str) -> None:
    assert not may_be_one_name(given_name(one).words, given_name(other).words)
    assert not may_be_one_name(given_name(other).words, given_name(one).words)
