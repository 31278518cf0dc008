"""The Jinja2 environment of every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import BoundField
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined, Undefined
from jinja2.exceptions import UndefinedError
from jinja2.utils import missing

from onestory.platform.ui import wording


class MissingIsAMistake(Undefined):
    """An attribute that an object does not have is a mistake and not an empty place on the page.

    The design system's macros use names and keys of dictionaries that may be absent. Names that our own templates
    use are checked by a test.
    """

    def __new__(  # type: ignore[misc]
        cls, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = UndefinedError
    ) -> Undefined:
        optional = hint is not None or obj is missing or isinstance(obj, Mapping)
        return (Undefined if optional else StrictUndefined)(hint, obj, name, exc)


def environment(**options: Any) -> Environment:
    """The environment with the design system's macros, our filters and `static`, `url` for addresses."""
    made = Environment(**{**options, "undefined": MissingIsAMistake, "trim_blocks": True, "lstrip_blocks": True})
    made.loader = ChoiceLoader([_ours(made.loader), PrefixLoader({"govuk_frontend_jinja": _design_system()})])
    made.globals.update(static=static, url=address, entry_address=entry_address, choices=choices)
    made.filters.update(
        when=wording.when_words,
        day=wording.day_words,
        moment=wording.moment_words,
        sentence=wording.sentence,
        plural=wording.plural,
        listed=wording.listed,
    )
    return made


def address(name: str, **parts: Any) -> str:
    """The address of a page by its name."""
    return reverse(name, kwargs=parts or None)


def entry_address(child_id: str, entry_id: str) -> str:
    """Where an entry stands in a child's chronology: the page that holds it, and the place on that page."""
    return f"{address('chronology', child_id=child_id)}?entry={entry_id}#entry-{entry_id}"


def choices(field: BoundField) -> list[dict[str, Any]]:
    """What a field lets somebody choose from, as the design system's select and radios take it."""
    chosen = str(field.value() or "")
    return [{"value": value, "text": words, "selected": value == chosen} for value, words in field.field.choices]  # type: ignore[attr-defined]


def _ours(loader: BaseLoader | None) -> BaseLoader:
    if loader is None:
        raise ValueError("the environment needs a loader of our own templates")
    return loader


def _design_system() -> BaseLoader:
    return PackageLoader("govuk_frontend_jinja")
