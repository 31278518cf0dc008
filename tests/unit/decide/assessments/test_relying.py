"""Whom a plan relies on and no assessment has looked at."""

from __future__ import annotations

from onestory.decide.assessments.models import Assessment
from onestory.decide.assessments.relying import ReliedOn, not_looked_at
from onestory.decide.assessments.standing import Protective


def named(who: str) -> ReliedOn:
    return ReliedOn(Protective(who, "", "", "", "", "", ""), Assessment(), "Pre-birth assessment")


def test_somebody_whom_an_assessment_names_was_looked_at() -> None:
    assert not_looked_at(["Ada’s gran, Jean Pell"], [named("Jean Pell")], ["Ada"]) == []
    assert not_looked_at(["Gran of Ada"], [named("Her gran.")], ["Ada"]) == []


def test_the_name_of_the_child_alone_makes_nobody_looked_at() -> None:
    assert not_looked_at(["Ada's mother"], [named("Ada's gran")], ["Ada Pell"]) == ["Ada's mother"]
    assert not_looked_at(["Mother of Ada"], [], ["Ada"]) == ["Mother of Ada"]
