"""Who stands where on the family map, and how it is drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from xml.etree import ElementTree

import pytest

from onestory.platform.history.dates import parse_when
from onestory.platform.history.record import History, Person, Relationship
from onestory.web.family import layout
from onestory.web.family.drawing import draw, wrapped
from onestory.web.family.family_map import MOST_PEOPLE, FamilyMap, Figure, family_map
from onestory.web.family.layout import Layout, lay_out
from onestory.web.family.ties import ties
from tests.unit.arrive.chronology.histories import entry

TODAY = dt.date(2026, 11, 22)
SVG = "{http://www.w3.org/2000/svg}"
BORN = {"mia": "2020-03-05", "sam": "2015-06", "baby": "2027-01"}


def family(*rows: tuple[str, ...], also: Iterable[str] = ()) -> History:
    """A history of these relationships: person, relation, of, and perhaps status and when that became known."""
    named = dict.fromkeys([*(one for row in rows for one in (row[0], row[2])), *also])
    people = {
        one: Person(one, one.title(), one in BORN, parse_when(BORN[one]) if one in BORN else None) for one in named
    }
    relationships = tuple(
        Relationship(
            person=row[0],
            relation=row[1],
            of=row[2],
            status=row[3] if len(row) > 3 else "confirmed",
            known=parse_when(row[4]) if len(row) > 4 else None,
        )
        for row in rows
    )
    return History("Family", "", people, relationships, {}, ())


def mapped(history: History, child: str = "mia") -> FamilyMap:
    """The map around a child."""
    the_map = family_map(history, child, TODAY)
    assert the_map is not None
    return the_map


def placed(history: History) -> Layout:
    """Where everybody stands."""
    found = lay_out(mapped(history))
    assert found is not None
    return found


def figures(history: History, child: str = "mia") -> dict[str, Figure]:
    return {figure.id: figure for figure in mapped(history, child).figures}


def test_the_signs_of_the_convention_and_nobodys_sex_is_guessed():
    shown = figures(
        family(
            ("mother", "mother", "mia"),
            ("father", "father", "mia"),
            ("mother", "mother", "baby"),
            ("nan", "grandparent", "mia"),
        )
    )
    assert {id: figure.sign for id, figure in shown.items()} == {
        "mother": "circle",
        "father": "square",
        "mia": "unknown",
        "baby": "triangle",
        "nan": "unknown",
    }
    assert [id for id, figure in shown.items() if figure.focus] == ["mia"]


def test_children_stand_eldest_left_and_grandparents_on_top():
    shown = figures(family(("mother", "mother", "mia"), ("mother", "mother", "sam"), ("nan", "grandparent", "mia")))
    assert [id for id, figure in shown.items() if figure.generation == 2] == ["sam", "mia"]
    assert (shown["nan"].generation, shown["mother"].generation) == (0, 1)


def test_a_parent_who_is_a_child_stands_above_her_own_child():
    shown = figures(family(("sam", "mother", "mia"), ("mother", "mother", "sam")))
    assert shown["mother"].generation < shown["sam"].generation < shown["mia"].generation


@pytest.mark.parametrize(
    ("relation", "mark", "dashed"),
    [
        ("spouse", "", False),
        ("partner", "", True),
        ("ex_partner", "/", False),
        ("ex_spouse", "//", False),
        (None, "", False),
    ],
)
def test_how_a_couple_is_joined(relation, mark, dashed):
    rows = [("mother", "mother", "mia"), ("father", "father", "mia")]
    the_map = mapped(family(*rows, *([("father", relation, "mother")] if relation else [])))
    (union,) = the_map.unions
    assert (set(union.people), union.mark, union.dashed, union.known) == (
        {"mother", "father"},
        mark,
        dashed,
        bool(relation),
    )


def test_the_latest_word_says_how_a_couple_is_joined():
    rows = [("mother", "mother", "mia"), ("father", "father", "mia")]
    apart, again = (
        ("father", "ex_partner", "mother", "confirmed", "2018"),
        ("father", "partner", "mother", "confirmed", "2021"),
    )
    (union,) = mapped(family(*rows, apart, again)).unions
    assert (union.mark, union.dashed) == ("", True)
    (union,) = mapped(family(*rows, again, ("mother", "ex_spouse", "father", "confirmed", "2022"))).unions
    assert union.mark == "//"


def test_what_has_ended_separates_and_what_is_denied_joins_nobody():
    rows = family(("mother", "mother", "mia"), ("joe", "spouse", "mother"), ("dan", "partner", "mother", "denied"))
    ended = replace(rows.relationships[1], until=parse_when("2024"))
    the_map = mapped(replace(rows, relationships=(rows.relationships[0], ended, rows.relationships[2])))
    assert {(union.id, union.mark) for union in the_map.unions} == {("mother", ""), ("joe+mother", "/")}


def test_the_dead_bear_a_cross_and_the_day():
    rows = family(("nan", "grandparent", "mia"), ("mother", "mother", "mia"))
    told = entry("e", "2026-03-02", about=("nan",), own={"died": ("nan",)})
    shown = figures(replace(rows, entries=(told,)))
    assert [(id, one.note) for id, one in shown.items() if one.died] == [("nan", "died 2 March 2026")]
    the_map = mapped(replace(rows, entries=(told,)))
    layout = lay_out(the_map)
    assert layout is not None
    assert draw(the_map, layout, "Family").count("l30 30m0 -30l-30 30") == 1


def test_the_sex_that_is_on_record_is_shown_and_goes_before_what_a_relationship_tells():
    rows = family(("mother", "mother", "mia"), ("alex", "mother", "sam"))
    people = dict(rows.people) | {"mia": replace(rows.people["mia"], sex="female")}
    people["alex"] = replace(people["alex"], sex="male")
    shown = figures(replace(rows, people=people))
    assert (shown["mia"].sign, shown["alex"].sign, shown["mother"].sign) == ("circle", "square", "circle")


def test_a_denied_parents_line_is_struck_through():
    rows = [("mother", "mother", "mia"), ("dan", "father", "mia", "denied", "2020-02")]
    the_map = mapped(family(*rows))
    assert [one.denied for one in the_map.descents] == [True]
    assert "l14 -9m-14 4l14 -9" in draw(the_map, placed(family(*rows)), "Family")
    assert "l14 -9m-14 4l14 -9" not in draw(mapped(family(rows[0])), placed(family(rows[0])), "Family")


def test_alleged_and_denied_parents_are_said_in_words_and_the_latest_word_counts():
    rows = [
        ("mother", "mother", "mia"),
        ("dan", "father", "mia", "alleged", "2020-01"),
        ("dan", "father", "mia", "denied", "2020-02"),
    ]
    assert [one.words for one in mapped(family(*rows)).descents] == ["denied father"]
    rows.append(("dan", "father", "mia", "confirmed", "2021-01"))
    assert [one.words for one in mapped(family(*rows)).descents] == [""]


def test_two_men_named_as_father_have_a_line_each():
    rows = [
        ("mother", "mother", "mia"),
        ("dan", "father", "mia", "alleged", "2020-01"),
        ("joe", "father", "mia", "confirmed", "2020-01"),
    ]
    the_map = mapped(family(*rows))
    assert {(one.union, one.words) for one in the_map.descents} == {
        ("mother+joe", ""),
        ("mother+dan", "alleged father"),
    }


def test_other_ties_are_links_said_once_and_shared_parents_need_none():
    rows = [
        ("mother", "mother", "mia"),
        ("mother", "mother", "sam"),
        ("sam", "half_sibling", "mia"),
        ("nan", "grandparent", "mia"),
        ("nan", "grandparent", "sam"),
        ("nan", "carer", "mia"),
    ]
    (link,) = mapped(family(*rows)).links
    assert (link.upper, set(link.lowers), link.words) == ("nan", {"mia", "sam"}, "grandparent, carer")


def test_too_many_for_a_picture():
    crowd = [(f"aunt{i}", "aunt_uncle", "mia") for i in range(MOST_PEOPLE)]
    assert family_map(family(*crowd), "mia", TODAY) is None


def test_everything_on_record_about_a_relationship_stands_in_the_order_in_which_it_became_known():
    rows = family(("dan", "father", "mia", "confirmed", "2021-01"), ("dan", "father", "mia", "alleged", "2020-01"))
    (tie,) = ties(rows.relationships)
    assert ([row.status for row in tie.rows], tie.status) == (["alleged", "confirmed"], "confirmed")


def drawn(history: History) -> ElementTree.Element:
    return ElementTree.fromstring(draw(mapped(history), placed(history), "Family map of Mia"))


BIG = family(
    ("mother", "mother", "mia"),
    ("mother", "mother", "sam"),
    ("dan", "father", "sam"),
    ("dan", "ex_partner", "mother"),
    ("joe", "father", "mia", "alleged", "2020-01"),
    ("joe", "partner", "mother"),
    ("nan", "grandparent", "mia"),
    ("friend", "friend", "mother"),
)


def test_everybody_is_drawn_with_name_and_age_and_nobody_upon_another():
    picture = drawn(BIG)
    titles = [one.text for one in picture.iter(f"{SVG}title")]
    assert titles[0] == "Family map of Mia"
    assert set(titles[1:]) == {"Mia, 6 years old", "Sam, about 11 years old", "Mother", "Dan", "Joe", "Nan", "Friend"}
    places = placed(BIG).places
    people = [place for name, place in places.items() if name.startswith("p")]
    for i, (x, y) in enumerate(people):
        for other_x, other_y in people[i + 1 :]:
            assert abs(x - other_x) >= layout.FIGURE_WIDTH or abs(y - other_y) >= layout.FIGURE_HEIGHT


def test_an_alleged_father_is_said_on_the_line():
    assert "alleged father" in {one.text for one in drawn(BIG).iter(f"{SVG}text")}


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", 'a"]; evil [label="', "نور ‮ محمد 😀", "back\\slash", "{|}"]
)
def test_no_name_breaks_the_picture(name):
    plain = family(("mother", "mother", "mia"))
    people = {**plain.people, "mother": Person("mother", name, False)}
    picture = drawn(History("", "", people, plain.relationships, {}, ()))
    assert name in [one.text for one in picture.iter(f"{SVG}title")]
    assert {one.tag.removeprefix(SVG) for one in picture.iter()} <= {
        "svg",
        "title",
        "g",
        "path",
        "text",
        "rect",
        "circle",
    }


def test_a_child_alone_can_be_drawn():
    assert drawn(family(also=["mia"])).get("role") == "img"


def test_where_graphviz_fails_there_is_no_picture_and_no_error(monkeypatch, caplog):
    @lru_cache
    def broken() -> None:
        raise OSError("the module is not there")

    monkeypatch.setattr(layout, "_graphviz", broken)
    assert lay_out(mapped(BIG)) is None
    assert "The family map could not be drawn" in caplog.text


def test_long_names_are_wrapped_and_cut():
    assert wrapped("Mother") == ["Mother"]
    assert wrapped("Maternal grandmother") == ["Maternal", "grandmother"]
    assert wrapped("Anna Maria Wolfeschlegelsteinhausen") == ["Anna Maria", "Wolfeschlegelstei…"]
    assert wrapped("Wolfeschlegelsteinhausenbergerdorff") == ["Wolfeschlegelstei…"]
