"""The Jinja2 environment of every page."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """The environment: a name that is not defined is a mistake, not an empty place on the page."""
    made = Environment(**{"undefined": StrictUndefined, **options})
    made.globals.update(static=static, url=reverse)
    return made
