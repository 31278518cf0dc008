"""The catalogue of rules, written from the rules themselves: an index and a page for each, for docs/rules."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

from onestory.oversee.signals.rule import Level, Parameter, Rule
from onestory.oversee.signals.rules import ALL_RULES
from onestory.oversee.signals.wording import sector_words

LEVELS = {
    Level.NOTE: "note (shown, nobody is asked)",
    Level.REVIEW: "review (a team is asked)",
    Level.ACT: "act (a child may be at immediate or significant risk and nobody has responded)",
}
SOURCES = (
    "`F` is the Milton Keynes Multi-Agency Child Safeguarding Practice Review, Child 'F' (October 2020), `T` the "
    "Milton Keynes thematic learning review (August 2017), each with its paragraph; `LP` is a learning point of F. "
    "Letters with a number such as `L5` name what this software must do."
)


def pages(rules: tuple[Rule, ...] = ALL_RULES) -> Mapping[str, str]:
    """File name to text: README.md is the index."""
    return {"README.md": _index(rules), **{f"{rule.signal}.md": _page(rule) for rule in rules}}


def sees(rule: Rule) -> str:
    """What the rule looks for, in one sentence: the first line of its file."""
    words = (sys.modules[rule.look.__module__].__doc__ or "").strip()
    return " ".join(words.split("\n\n")[0].split())


def _index(rules: tuple[Rule, ...]) -> str:
    rows = "\n".join(f"| [{rule.title}]({rule.signal}.md) | {sees(rule)} | {rule.source} |" for rule in rules)
    return f"""# The rules

What the program looks for, {len(rules)} patterns that reviews keep finding. A rule reads a child's story as it was
known on a day and says in one plain sentence what it saw, on which entries, and what to consider. It gives no score,
ranks no family and predicts nothing; every sentence could be read out to the parent.

{SOURCES}

These pages are generated from the rules (`make docs`); a test fails where they are not current.

| rule | what it sees | learnt from |
|---|---|---|
{rows}
"""


def _page(rule: Rule) -> str:
    return "\n".join(_parts(rule)) + "\n"


def _parts(rule: Rule) -> Iterator[str]:
    yield f"# {rule.title}\n"
    yield f"{sees(rule)}\n"
    yield f"**Why.** {rule.why}\n"
    yield f"**To consider.** {rule.consider}\n"
    yield f"**Learnt from.** {rule.source}\n"
    yield f"**Who is asked.** {sector_words(rule.owner)}; level: {LEVELS[rule.level]}."
    if rule.grace_days:
        yield (
            f"Where the dates are days and no child in need or protection plan is open, the question waits "
            f"{rule.grace_days} day{'s' if rule.grace_days > 1 else ''} for the answer that usually comes."
        )
    if rule.parameters:
        yield "\n## What a partnership may tune\n"
        yield "| parameter | value | meaning |\n|---|---|---|"
        yield "\n".join(_row(parameter) for parameter in rule.parameters)
    yield f"\nIn the code: `onestory/oversee/signals/rules/{rule.signal}.py` (signal `{rule.signal}`)."


def _row(parameter: Parameter) -> str:
    return f"| `{parameter.name}` | {parameter.default} {parameter.unit} | {parameter.meaning} |"
