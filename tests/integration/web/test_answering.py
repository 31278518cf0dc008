"""Answering an alert on its page, and that nothing that was typed is lost."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.utils import timezone

from onestory.oversee.signals.models import Alert, AlertChild, Answer
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Team
from onestory.platform.people.actions import add_person
from tests.integration.web.partnership import found, signed_in

pytestmark = [pytest.mark.usefixtures("families"), pytest.mark.django_db]
FAMILIES = ("abbott",)
WORDS = "Visit by Friday with the health visitor; <b>Ben</b> leads.\nنور"


@pytest.fixture
def alert() -> Alert:
    return Alert.objects.filter(state="waiting", team__name="Front Door")[0]


def given(page: str, **said: str) -> dict[str, str]:
    """What the form on the page would send, with these answers."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return dict(hidden) | {"sort": "act", "words": WORDS, "until_on": ""} | said


def test_an_answer_is_kept_and_stands_on_top_of_the_page(alert):
    client = signed_in("amina.duty")
    path = f"/alerts/{alert.pk}"
    answer = client.post(path, given(client.get(path).content.decode()))
    assert (answer.status_code, answer["Location"]) == (302, path)
    page = client.get(path).content.decode()
    assert page.index("Answered</h2>") < page.index("What was seen</h2>")
    assert "&lt;b&gt;Ben&lt;/b&gt; leads." in page
    assert "Being acted on" in page
    assert alert.pk not in Alert.objects.filter(state="waiting").values_list("pk", flat=True)


@pytest.mark.parametrize(
    ("said", "target", "message"),
    [
        ({"sort": ""}, "answer-sort_0", "Select your answer"),
        ({"sort": "perhaps"}, "answer-sort_0", "Select your answer"),
        ({"words": " "}, "answer-words", "Enter what will be done, or why not"),
        ({"sort": "not_now"}, "answer-until_on", "Enter the day on which you want to be asked again"),
        (
            {"sort": "not_now", "until_on": "1/1/2020"},
            "answer-until_on",
            "The day on which you are asked again must be in the future",
        ),
        ({"sort": "not_now", "until_on": "soon"}, "answer-until_on", "“soon” is not a day. Write it like 27/3/2018"),
        (
            {"asking": "01a20168-b67d-7d4a-85a0-890003dbd5e1"},
            "answer-words",
            "New information came in while you were writing.",
        ),
    ],
)
def test_what_is_missing_is_said_where_it_is_missing_and_what_was_typed_stays(alert, said, target, message):
    client = signed_in("amina.duty")
    path = f"/alerts/{alert.pk}"
    answer = client.post(path, given(client.get(path).content.decode(), **said))
    page = answer.content.decode()
    assert answer.status_code == 200
    summary = found(r'class="govuk-error-summary__body".*?</ul>', page)
    assert f'href="#{target}"' in summary
    assert message in summary
    assert f'id="{target}"' in page
    if "words" not in said:
        assert "Visit by Friday with the health visitor; &lt;b&gt;Ben&lt;/b&gt; leads." in page
    assert not Answer.objects.exists()


def test_a_day_that_was_left_in_the_field_does_not_stand_in_the_way_of_another_answer(alert):
    client = signed_in("amina.duty")
    path = f"/alerts/{alert.pk}"
    assert client.post(path, given(client.get(path).content.decode(), until_on="soon")).status_code == 302


def test_another_teams_alert_looks_like_one_that_there_is_not(alert):
    client = signed_in("imran.teacher")

    def bare(path: str) -> tuple[int, str]:
        answer = client.get(path)
        page = re.sub(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
        return answer.status_code, page

    assert bare(f"/alerts/{alert.pk}") == bare("/alerts/01a20168-b67d-7d4a-85a0-890003dbd5e1")
    assert bare(f"/alerts/{alert.pk}")[0] == 404
    assert client.post(f"/alerts/{alert.pk}", {"sort": "act", "words": "x"}).status_code == 404
    assert not Answer.objects.exists()


def test_what_was_typed_before_the_session_ended_is_there_after_signing_in_again(alert):
    client = signed_in("amina.duty")
    path = f"/alerts/{alert.pk}"
    form = given(client.get(path).content.decode())
    client.session.flush()
    answer = client.post(path, form)
    assert answer["Location"] == f"/sign-in?next={path}"
    back = client.post("/sign-in", {"person": "amina.duty", "next": path})
    page = client.get(back["Location"]).content.decode()
    assert "Nothing was sent.</strong>" in page
    assert "Visit by Friday with the health visitor; &lt;b&gt;Ben&lt;/b&gt; leads." in page
    assert re.search(r'value="act"\s+checked', page)
    assert not Answer.objects.exists()
    assert "Visit by Friday" not in client.get(path).content.decode()


def test_what_somebody_typed_is_given_back_to_nobody_else(alert):
    client = signed_in("amina.duty")
    path = f"/alerts/{alert.pk}"
    form = given(client.get(path).content.decode())
    client.session.flush()
    client.post(path, form)
    team = User.objects.get(username="amina.duty").memberships.get().team
    ben = User.objects.get(username="ben.worker")
    ben.memberships.update(team=team)
    client.post("/sign-in", {"person": "ben.worker"})
    page = client.get(path)
    assert page.status_code == 200
    assert "Visit by Friday" not in page.content.decode()


def test_a_forged_writer_is_not_believed(alert):
    client = Client()
    client.post(f"/alerts/{alert.pk}", {"written_by": "somebody", "words": WORDS, "sort": "act"})
    client.post("/sign-in", {"person": "amina.duty"})
    assert "Visit by Friday" not in client.get(f"/alerts/{alert.pk}").content.decode()


def test_a_page_whose_token_is_too_old_keeps_what_was_typed(alert):
    client = signed_in("amina.duty", enforce_csrf_checks=True)
    path = f"/alerts/{alert.pk}"
    form = given(client.get(path).content.decode(), csrfmiddlewaretoken="x" * 64)
    answer = client.post(path, form)
    assert (answer.status_code, answer["Location"]) == (302, path)
    page = client.get(path).content.decode()
    assert "Nothing was sent.</strong>" in page
    assert "Visit by Friday" in page
    assert not Answer.objects.exists()


def test_of_what_another_site_sent_nothing_is_kept(alert):
    client = signed_in("amina.duty", enforce_csrf_checks=True)
    path = f"/alerts/{alert.pk}"
    form = given(client.get(path).content.decode())
    answer = client.post(path, form, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "Nothing was saved." in answer.content.decode()
    assert "Visit by Friday" not in client.get(path).content.decode()
    assert not Answer.objects.exists()


def opened_from(page: str) -> dict[str, str]:
    """What the page offers to open, by its words."""
    listed = found(r'<section aria-labelledby="act">.*?</section>', page)
    links = re.findall(r'<a class="govuk-link" href="([^"]+)">([^<]+)</a>', listed)
    return {words: address.replace("&amp;", "&") for address, words in links}


def test_acting_on_it_opens_each_page_with_the_question_at_hand(alert):
    client = signed_in("amina.duty")
    offered = opened_from(client.get(f"/alerts/{alert.pk}").content.decode())
    said = alert.askings.order_by("-asked_on", "-id")[0].reasons.all()[0].says
    assert {"Ask agencies what they hold", "Ask the police for a welfare check"} < set(offered)
    for words, address in offered.items():
        answer = client.get(address)
        assert answer.status_code == 200, words
        if "Ask" in words or "assessment" in words:
            shown = html.unescape(answer.content.decode())
            assert "This answers a question to your team" in shown, words
            assert said in shown, words


def test_with_several_children_each_childs_pages_lie_together(alert):
    """One line for each child; of the other the reader knows no name."""
    one = alert.children.all()[0]
    other = add_person(is_child=True, by=None, at=timezone.now())
    with keeping():
        AlertChild.objects.create(id=-1, alert=alert, child=other, keys=one.keys, info=one.info)
    page = signed_in("amina.duty").get(f"/alerts/{alert.pk}").content.decode()
    listed = found(r'<section aria-labelledby="act">.*?</section>', page)
    names = re.findall(r"<summary[^>]*><span[^>]*>For <bdi>([^<]+)</bdi>", listed)
    assert names == ["A child", "Noah"]
    for name, part in zip(names, listed.split("<details")[1:], strict=True):
        links = re.findall(r'<a class="govuk-link" href="[^"]+">([^<]+)</a>', part)
        assert len(links) == 5
        assert all(words.endswith(f": {name}") for words in links)


def test_an_address_with_another_teams_question_says_nothing_of_it(alert):
    client = signed_in("amina.duty")
    child = alert.children.all()[0].child_id
    path = f"/children/{child}/assessments"
    Alert.objects.filter(pk=alert.pk).update(team=Team.objects.exclude(pk=alert.team_id)[0])
    for question in (str(alert.pk), "01a20168-b67d-7d4a-85a0-890003dbd5e1", "nothing"):
        assert "question to your team" not in client.get(f"{path}?question={question}").content.decode()
