"""What stands on the pages, and that nothing in a record is ever markup."""

from __future__ import annotations

import re

import pytest

from onestory.arrive.feeds.actions import import_files
from onestory.oversee.signals.models import Alert
from onestory.platform.access.facts import LeadProfessional
from onestory.platform.access.models import User
from onestory.platform.access.settling import begin_ties
from onestory.platform.people.models import Person
from tests.integration.web.partnership import AT, child, found, signed_in

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("abbott", "wojcik")
LONG_AGO = AT.replace(year=2020)


def shown(path: str, user: str = "amina.duty") -> str:
    answer = signed_in(user).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_page_about_a_child_names_the_child_with_birth_date():
    noah = child("Noah")
    alert = Alert.objects.all()[0]
    pages = ["", "/chronology", "/chronology/picture", "/chronology/print", "/chronology/print?purpose=x"]
    for path in (*(f"/children/{noah.pk}{page}" for page in pages), f"/alerts/{alert.pk}"):
        bar = found(r'<div class="onestory-identity".*?</p>\s*</div>', shown(path))
        assert "Noah" in bar
        assert "Born 22 January 2024" in bar


def test_my_work_holds_what_my_team_must_answer_and_nothing_of_another_teams():
    theirs = shown("/")
    assert "A health need that is not met" in theirs
    nobodys = shown("/", "imran.teacher")
    assert "A health need" not in nobodys
    assert "Nothing waits for an answer from you or your team." in nobodys


def test_the_family_page_says_what_is_promised_with_conditions_first():
    page = shown(f"/children/{child('Filip').pk}")
    promised = page[page.index('id="promised"') : page.index('id="involved"')]
    assert re.findall(r'onestory-tag--promise">([^<]+)<', promised)[0] == "Standing condition"


def test_a_filtered_chronology_can_be_printed_with_its_filters_stated():
    noah = child("Noah")
    page = shown(f"/children/{noah.pk}/chronology?kind=appointment")
    printing = found(r'href="(/children/[^"]+/chronology/print\?kind=appointment)"', page, 1)
    assert "What are you printing it for?" in shown(printing)
    paper = shown(f"{printing}&purpose=Strategy+discussion")
    for words in (
        "Kind: Appointment",
        "Strategy discussion",
        "Amina Yusuf",
        "Duty social worker (front door)",
    ):
        assert words in paper


def test_a_wrong_filter_is_said_and_neither_picture_nor_paper_show_something_else():
    start = f"/children/{child('Noah').pk}/chronology"
    page = shown(f"{start}?since=32/1/2026")
    assert "There is a problem" in page
    assert 'href="#filter-since"' in page
    assert 'id="filter-since"' in page
    for other in ("/picture", "/print"):
        answer = signed_in("amina.duty").get(f"{start}{other}?since=32/1/2026")
        assert (answer.status_code, answer["Location"]) == (302, f"{start}?since=32%2F1%2F2026")


def test_as_it_was_known_on_a_day_shows_less_and_says_so():
    start = f"/children/{child('Noah').pk}/chronology"
    everything, then = shown(start), shown(f"{start}?known_on=1/1/2025")
    assert "This is what was on record on 1 January 2025" in then
    assert everything.count('class="onestory-days__row"') > then.count('class="onestory-days__row"') > 0


EVIL = "<script>alert(1)</script>"


def test_names_and_words_in_any_script_are_text(tmp_path):
    file = tmp_path / "evil.yaml"
    file.write_text(
        f"""format: 1
title: Evil {EVIL}
area: Milton Keynes
synthetic: true
people:
  kid: {{label: "{EVIL} نور \\u202e 😀", kind: child, born: 2020-01-01}}
  mum: {{label: "\\"><img src=x onerror=alert(1)>", kind: adult}}
relationships:
  - {{person: mum, is: mother, of: kid}}
agencies:
  csc: {{name: "Children's {EVIL}", sector: childrens_social_care}}
entries:
  - {{id: x1, date: 2026-01-01, by: csc, kind: concern, about: [kid, mum], text: "{EVIL} <b>bold</b>", ref: "{EVIL}"}}
"""
    )
    import_files([file], by=None, at=AT)
    kid = Person.objects.get(records__label__startswith=EVIL)
    amina = str(User.objects.get(username="amina.duty").pk)
    begin_ties(facts=[LeadProfessional(since=LONG_AGO, user=amina, person=str(kid.pk))], by=None, at=LONG_AGO)
    for page in ("", "/chronology", "/chronology/picture", "/chronology/print?purpose=%3Cscript%3E"):
        text = shown(f"/children/{kid.pk}{page}")
        assert "alert(1)" in text
        assert EVIL not in text
        assert "<img" not in text
        assert "<b>bold" not in text


def test_no_markup_styles_itself_and_every_script_has_its_nonce():
    for path in ("/", "/families", f"/children/{child('Noah').pk}", f"/children/{child('Noah').pk}/chronology/picture"):
        answer = signed_in("amina.duty").get(path)
        text, policy = answer.content.decode(), answer["Content-Security-Policy"]
        nonce = found(r"'nonce-([^']+)'", policy, 1)
        assert " style=" not in text
        assert "<style" not in text
        assert {one for one in re.findall(r"<script([^>]*)>", text) if f'nonce="{nonce}"' not in one} == set()
        assert not re.search(r"\son[a-z]+=", text)


def test_the_rules_can_be_read():
    page = shown("/rules")
    for path in re.findall(r'href="(/rules/[a-z_]+)"', page):
        assert "Learnt from" in shown(path)
    assert len(re.findall(r'href="/rules/[a-z_]+"', page)) >= 20
