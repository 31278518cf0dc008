"""What the templates are made with: a missing name is a mistake, and what somebody typed is never markup."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2 import Environment, UndefinedError, meta, nodes

import onestory


@pytest.fixture
def env() -> Environment:
    engine = engines["jinja2"]
    assert isinstance(engine, Jinja2)
    return engine.env


@pytest.mark.parametrize(
    "source", ["{{ page.nothing }}", "{% for x in page.nothing %}{% endfor %}", "{% if page.no %}{% endif %}"]
)
def test_an_attribute_that_an_object_does_not_have_is_a_mistake(env, source):
    with pytest.raises(UndefinedError):
        env.from_string(source).render(page=object())


PAGES = ("chronology", "signals", "ui", "web")
OURS = sorted(one for name in PAGES for one in Path(onestory.__file__).parent.glob(f"**/jinja2/{name}/*.html"))
FRAME = {"who", "demonstration", "written_by", "csrf_input", "csp_nonce", "section"}
OF_ITS_PAGE = {
    "chronology/print.html": {"page", "printed_at"},
    "signals/alert.html": {"page", "form", "steps", "typed"},
    "signals/load.html": {"load", "most", "sentences", "verdict"},
    "signals/rule.html": {"rule", "spoken"},
    "signals/rules.html": {"rules"},
    "web/advice.html": {"concern", "form", "problem", "words"},
    "web/decision.html": {"back", "concern", "form", "page", "problem", "theirs", "version"},
    "web/duty_queue.html": {"more", "rows"},
    "web/failed.html": {"again", "typed"},
    "web/families.html": {"mine", "name", "count", "more", "results", "rows"},
    "web/family.html": {
        "page",
        "promises",
        "alerts",
        "changes",
        "child",
        "holders",
        "leads",
        "aftercare",
        "may_say_who_endangers",
    },
    "web/known.html": {"form", "page"},
    "web/my_work.html": {"ahead", "feeds", "more", "stretches"},
    "web/sign_in.html": {"form", "people", "next"},
    "web/standing_conditions.html": {"conditions", "end", "ending", "form", "identity", "may", "set"},
}


def names_made_in(tree: nodes.Template) -> set[str]:
    """What the template itself imports, sets or defines: blocks see it, though the finder does not know that."""
    imported = {
        name if isinstance(name, str) else name[1] for one in tree.find_all(nodes.FromImport) for name in one.names
    }
    macros = {one.name for one in tree.find_all(nodes.Macro)}
    targets = [one.target for one in tree.find_all(nodes.Assign)]
    targets += [one.target for one in tree.find_all(nodes.AssignBlock)]
    return imported | macros | {one.name for one in targets if isinstance(one, nodes.Name)}


@pytest.mark.parametrize("path", OURS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_uses_only_names_that_its_page_gives(env, path):
    name = f"{path.parent.name}/{path.name}"
    tree = env.parse(path.read_text(encoding="utf-8"))
    used = meta.find_undeclared_variables(tree) - names_made_in(tree)
    given = {"page"} if path.parent.name == "chronology" else set()
    assert used <= FRAME | env.globals.keys() | OF_ITS_PAGE.get(name, given)


def test_an_optional_key_of_the_design_systems_macros_may_be_absent(env):
    assert env.from_string("{{ given.missing }}|{{ 'x' if given.missing }}").render(given={}) == "|"


def test_what_somebody_typed_is_text(env):
    shown = env.from_string("{{ typed }}").render(typed="<script>alert(1)</script>")
    assert shown == "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_an_entry_has_an_address_on_whichever_page_it_stands(env):
    child = "01a20168-b67d-7d4a-85a0-890003dbd5e1"
    shown = env.from_string("{{ entry_address(child, 'e1') }}").render(child=child)
    assert shown == f"/children/{child}/chronology?entry=e1#entry-e1"
