"""What the answers of a tool tell the rules: needs and risks, and which instrument was used. Pure.

So the sleeping-risk combination and the moves of a young parent feed the rules without being typed a second time
(T3.2, T3.3, T4.7).
"""

from __future__ import annotations

from collections.abc import Iterator

from onestory.decide.assessments.answering import Answer, Answers
from onestory.decide.assessments.tool import Sort, Tool

FACTORS: dict[tuple[str, str], str] = {
    ("sleep-place", "bed"): "unsafe_sleep",
    ("sleep-place", "sofa"): "unsafe_sleep",
    ("sleep-place", "seat"): "unsafe_sleep",
    ("sleep-adult", "drunk"): "alcohol_parent",
    ("sleep-adult", "drugs"): "drugs_parent",
    ("sleep-adult", "smokes"): "smoking",
    ("sleep-baby", "early"): "prematurity",
    ("sleep-risk", "sharing"): "unsafe_sleep",
    ("sleep-risk", "alcohol"): "alcohol_parent",
    ("sleep-risk", "drugs"): "drugs_parent",
    ("sleep-risk", "smoking"): "smoking",
    ("moves", "more"): "housing_insecurity",
    ("out-of-area", "no"): "housing_insecurity",
    ("out-of-area", "none"): "housing_insecurity",
}
"""By the code of a question and the answer that was chosen."""
OF_TOOL = {"young-parent": "young_parent"}
"""What completing a tool says by itself."""
MANY_MOVES = 2
"""Moves within a year from which a home counts as insecure (T4.7)."""
LICENSED = "licensed-result"


def told_factors(tool: Tool, answers: Answers) -> frozenset[str]:
    """The needs and risks that the answers name."""
    return frozenset(_factors(tool, answers))


def _factors(tool: Tool, answers: Answers) -> Iterator[str]:
    if tool.name in OF_TOOL:
        yield OF_TOOL[tool.name]
    for question in tool.questions():
        answer = answers.get(question.link)
        for code in question.codes:
            yield from (FACTORS[code, chosen] for chosen in _chosen(answer) if (code, chosen) in FACTORS)
            if code == "moves" and isinstance(answer, int) and answer >= MANY_MOVES:
                yield "housing_insecurity"


def _chosen(answer: Answer | None) -> tuple[str, ...]:
    if isinstance(answer, tuple):
        return answer
    return (answer,) if isinstance(answer, str) else ()


def instrument_of(tool: Tool, answers: Answers) -> str:
    """The instrument that was used: the licensed one whose result this tool holds, else the tool itself."""
    for question in tool.with_code(LICENSED):
        answer = answers.get(question.link)
        if question.sort is Sort.CHOICE and isinstance(answer, str) and answer not in ("", "other"):
            return answer
    return tool.name
