"""Showing a form, acting on it, and going on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import redirect, render

from onestory.platform.access.policies import NotNow
from onestory.platform.agencies.policies import CannotChange
from onestory.platform.ui import typed_text
from onestory.platform.ui.child import Identity
from onestory.platform.ui.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class Question:
    """What a page asks. ``lead`` is read first; ``warning`` stands by itself; ``back`` is where one came from.

    ``about`` names the child or other person on top of the page; ``section`` is the part of the program it belongs to.
    """

    heading: str
    button: str
    back: str
    lead: tuple[str, ...] = ()
    warning: str = ""
    caption: str = ""
    section: str = ""
    about: Identity | None = None
    serious: bool = False


type Make = Callable[..., forms.Form]
type Act = Callable[[dict[str, Any]], str]


def ask(
    request: SignedInRequest,
    make: Make,
    question: Question,
    act: Act,
    *,
    initial: dict[str, Any] | None = None,
    template: str = "asking/form.html",
    also: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form; once it is filled in ``act`` on it and go to the address that it returns.

    A refusal (CannotChange, NotNow) stands at its field, and what was typed stays. ``also`` is told to a template that
    shows more than the form.
    """
    typed = typed_text.take_back(request)
    form = make(request.POST if request.method == "POST" else None, initial=typed or initial)
    if form.is_valid():
        try:
            return redirect(act(form.cleaned_data))
        except (CannotChange, NotNow) as refusal:
            _refuse(form, refusal)
    said = {"form": form, "question": question, "typed": typed is not None, **(also or {})}
    return render(request, template, said)


def _refuse(form: forms.Form, refusal: CannotChange | NotNow) -> None:
    field = getattr(refusal, "field", None)
    form.add_error(field if field in form.fields else _first(form), str(refusal))


def _first(form: forms.Form) -> str:
    """A refusal of no field in particular stands at the first, so that the summary's link leads there."""
    return next((name for name, one in form.fields.items() if not one.widget.is_hidden), NON_FIELD_ERRORS)
