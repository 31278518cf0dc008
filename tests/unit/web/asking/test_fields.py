"""A long text is drawn as the design system draws it: same elements, same classes, same words for who hears it."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.template import engines

DRAWN = '{% from "asking/fields.html" import field %}{{ field(one) }}'
ITS_OWN = """{% from "govuk_frontend_jinja/components/textarea/macro.html" import govukTextarea %}
{{ govukTextarea({"id": one.id_for_label, "name": one.html_name, "label": {"text": one.label, "classes":
 "govuk-label--s"}, "hint": {"text": one.help_text} if one.help_text else none, "value": one.value() or "", "rows":
 one.field.widget.attrs.get("rows", "4"), "errorMessage": {"text": one.errors[0]} if one.errors else none}) }}"""


class Form(forms.Form):
    words = forms.CharField(label="What is <b>wrong</b>?", widget=forms.Textarea(attrs={"rows": "7"}))

    def __init__(self, *args: object, help_text: str) -> None:
        super().__init__(*args, auto_id="a-%s")  # type: ignore[arg-type]
        self.fields["words"].help_text = help_text


def drawn(template: str, form: Form) -> str:
    page = engines["jinja2"].from_string(template).render({"one": form["words"]})
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", page).strip()


@pytest.mark.parametrize("help_text", ["", "Think of “him” & her"])
@pytest.mark.parametrize("data", [None, {"words": ""}, {"words": 'Two lines\n</textarea> "and" more'}])
def test_a_long_text_is_drawn_as_the_design_system_draws_it(data: dict[str, str] | None, help_text: str) -> None:
    form = Form(data, help_text=help_text)
    assert drawn(DRAWN, form) == drawn(ITS_OWN, form)
