"""Who is relied on to protect a child, as the assessments that a reader may see have it (F5.14, F5.16)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from onestory.decide.assessments.answers import Standing, answer_of, rows_of
from onestory.decide.assessments.choosing import tool_of
from onestory.decide.assessments.models import AnswerGiven, Assessment
from onestory.decide.assessments.queries import visible_assessments
from onestory.decide.assessments.standing import Protective, protective_of
from onestory.decide.assessments.states import State
from onestory.platform.access.sight import Sight


@dataclass(frozen=True, slots=True)
class ReliedOn:
    """Somebody who is relied on, and the assessment that says so."""

    person: Protective
    assessment: Assessment
    title: str


def relied_on(sight: Sight, people: Collection[UUID]) -> list[ReliedOn]:
    """Everybody who is relied on to protect these children, by the newest assessment that names them.

    Two queries, however many assessments there are. What is still being written does not count.
    """
    done = visible_assessments(sight).filter(
        people__known_as__in=people, people__is_child=True, state__in=(State.COMPLETED, State.SIGNED)
    )
    newest_first = sorted(set(done), key=lambda one: (one.completed_at, one.id), reverse=True)
    told: dict[UUID, dict[str, object]] = {one.id: {} for one in newest_first}
    latest = AnswerGiven.objects.filter(assessment__in=told, path__contains=".").order_by(
        "assessment", "path", "-number"
    )
    for assessment, path, value in latest.distinct("assessment", "path").values_list("assessment", "path", "value"):
        told[assessment][path] = value
    return list(_each_once(one for assessment in newest_first for one in _of(assessment, told[assessment.id])))


def _of(assessment: Assessment, told: dict[str, object]) -> Iterator[ReliedOn]:
    tool = tool_of(assessment.tool, assessment.tool_version)
    answers = {path: answer_of(value) for path, value in told.items() if value not in ("", [], None)}
    for one in protective_of(tool, Standing(answers, rows_of(tool, (), answers), {})):
        yield ReliedOn(one, assessment, tool.title)


def _each_once(found: Iterable[ReliedOn]) -> Iterator[ReliedOn]:
    seen: set[str] = set()
    for one in found:
        name = " ".join(one.person.who.casefold().split())
        if name not in seen:
            seen.add(name)
            yield one


def not_looked_at(labels: Iterable[str], looked_at: Iterable[ReliedOn], children: Iterable[str]) -> list[str]:
    """Those of these people whom no assessment names as relied on: nobody has tested what is asked of them.

    Compared word by word, without the children's own names: “Ada’s mother” is not “Ada’s gran”.
    """
    own = frozenset().union(*map(_words, children)) | {"of", "the", "and", "his", "her", "their"}
    named = [_words(one.person.who) - own for one in looked_at]
    return [label for label in labels if not any((_words(label) - own) & words for words in named)]


def _words(label: str) -> frozenset[str]:
    found = (word.strip(".,;:()").casefold() for word in label.split())
    return frozenset(word.removesuffix("’s").removesuffix("'s") for word in found) - {""}
