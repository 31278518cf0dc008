"""The administrator's pages: who may open them, what they change, what they refuse, and what they leave on record."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onestory.platform.access.actions import grant_tie, list_reader
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import AccessRecord, Listing, Tie, User
from onestory.platform.access.roles import ROLES
from onestory.platform.access.ties import Because, Kind
from onestory.platform.accounts.models import OrganisationSignIn
from onestory.platform.agencies.models import Agency, Change, Membership, Team
from onestory.platform.notices.models import Notice
from onestory.platform.people.actions import add_agency_record, add_person
from tests.integration.web.office import AT, Office, everybody_by_role, open_office, same_bytes

pytestmark = pytest.mark.django_db
ADMINISTRATORS = {"partnership_administrator"}
OFFICE = ADMINISTRATORS | {"privacy_officer"}


@pytest.fixture
def office() -> Office:
    return open_office()


def pages(office: Office) -> dict[str, set[str]]:
    """Every page with the roles that it is for."""
    ben, ruth = office.posts["ben"], office.team("ruth")
    provider = OrganisationSignIn.objects.create(agency=ruth.agency, issuer="https://a.example", client_id="x")
    only = [
        "",
        "/agencies/new",
        f"/agencies/{ruth.agency_id}",
        f"/agencies/{ruth.agency_id}/teams/new",
        f"/agencies/{ruth.agency_id}/sign-in/new",
        f"/sign-in/{provider.pk}",
        f"/sign-in/{provider.pk}/open",
        f"/sign-in/{provider.pk}/shut",
        f"/teams/{ruth.pk}",
        f"/teams/{ruth.pk}/change",
        f"/teams/{ruth.pk}/invite",
        "/people",
        f"/people/{ben.user_id}",
        f"/people/{ben.user_id}/link",
        f"/people/{ben.user_id}/link/made",
        f"/posts/{ben.pk}/role",
        f"/posts/{ben.pk}/end",
        "/roles",
    ]
    found = {f"/administration{path or '/'}": ADMINISTRATORS for path in only}
    return found | {"/administration/changes": OFFICE}


def test_each_page_is_for_its_roles_and_absent_for_all_others(office: Office) -> None:
    for role, username in everybody_by_role(office).items():
        client = office.client(username)
        absent = client.get("/administration/nowhere")
        assert absent.status_code == 404
        for path, roles in pages(office).items():
            answer = client.get(path)
            if role in roles:
                assert answer.status_code == 200, (role, path)
            else:
                assert same_bytes(answer, absent), (role, path)
                assert same_bytes(client.post(path), absent), (role, path)
        OrganisationSignIn.objects.all().delete()


def test_what_is_not_there_looks_absent_to_an_administrator_too(office: Office) -> None:
    gwen = office.client("gwen")
    for path in pages(office):
        parts = path.split("/")
        if len(parts) > 3 and len(parts[3]) == 36:
            parts[3] = str(uuid4())
            assert gwen.get("/".join(parts)).status_code == 404


def test_a_role_says_in_a_sentence_what_it_is(office: Office) -> None:
    said = office.client("gwen").get("/administration/roles").content.decode()
    for role in ROLES.values():
        assert role.sentence().replace("'", "&#39;") in said


def test_an_agency_its_team_and_somebody_who_works_there(office: Office) -> None:
    gwen = office.client("gwen")
    gwen.post("/administration/agencies/new", {"name": "Harbour Nursery", "sector": "early_years", "area": ""})
    nursery = Agency.objects.get(name="Harbour Nursery")
    gwen.post(f"/administration/agencies/{nursery.pk}/teams/new", {"name": "Room leads", "inbox_label": "Rooms inbox"})
    team = Team.objects.get(agency=nursery)
    assert team.answers_for_agency  # the first one: what is asked must reach somebody
    invited = {"display_name": "Lena Marsh", "username": "lena.marsh", "email": "lena@example.org", "role": "teacher"}
    answer = gwen.post(f"/administration/teams/{team.pk}/invite", invited)
    lena = User.objects.get(username="lena.marsh")
    assert answer["Location"] == f"/administration/people/{lena.pk}/link"
    answer = gwen.post(answer["Location"], {"anew": "no"}, follow=True)
    link = answer.content.decode().split("/account/first-time?key=")[1].split('"')[0]
    assert Client().get(f"/account/first-time?key={link}").status_code == 200
    assert "shown once" in gwen.get(f"/administration/people/{lena.pk}/link/made").content.decode()
    said = gwen.get("/administration/changes").content.decode()
    for words in ("Added the agency Harbour Nursery.", "Made an account for Lena Marsh.", "began as Teacher"):
        assert words in said
    assert (
        AccessRecord.objects.filter(what="administration", actor=office.user("gwen")).count() == Change.objects.count()
    )


def test_another_team_answers_and_none_may_stop_answering(office: Office) -> None:
    gwen, front = office.client("gwen"), office.team("amina")
    other = {"name": front.name, "inbox_label": front.inbox_label, "answers": "yes"}
    assert gwen.post(f"/administration/teams/{front.pk}/change", other).status_code == 302
    front.refresh_from_db()
    assert front.answers_for_agency
    answer = gwen.post(f"/administration/teams/{front.pk}/change", {**other, "answers": ""})
    assert "What is asked must reach somebody" in answer.content.decode()


def test_a_teams_phone_is_kept_changed_and_said_in_the_history_of_changes(office: Office) -> None:
    gwen, front = office.client("gwen"), office.team("amina")
    page, kept = (
        f"/administration/teams/{front.pk}/change",
        {"name": front.name, "inbox_label": "Door", "answers": "yes"},
    )
    wrong = gwen.post(page, kept | {"phone": "ask Amina"}).content.decode()
    assert "Enter a telephone number" in wrong
    assert "ask Amina" in wrong  # what was typed stays
    assert gwen.post(page, kept | {"phone": "01632 960100 ext 7"}).status_code == 302
    front.refresh_from_db()
    assert front.phone == "01632 960100 ext 7"
    assert "01632 960100 ext 7" in gwen.get(f"/administration/teams/{front.pk}").content.decode()
    assert "phone 01632 960100 ext 7" in gwen.get("/administration/changes").content.decode()


@pytest.mark.parametrize(
    ("path", "given", "words"),
    [
        (
            "agencies/new",
            {"name": "Northport Police", "sector": "police", "area": ""},
            "There is an agency of this",
        ),
        ("agencies/new", {"name": "", "sector": "police", "area": ""}, "Enter the name of the agency"),
        (
            "agencies/{agency}/teams/new",
            {"name": "Control Room", "inbox_label": "x"},
            "has a team of this name",
        ),
        (
            "teams/{team}/invite",
            {"display_name": "Ann", "username": "BEN", "email": "", "role": "teacher"},
            "Somebody of another name has this user name",
        ),
        (
            "teams/{team}/invite",
            {"display_name": "Ann", "username": "ann.new", "email": "BEN@example.org", "role": "teacher"},
            "Somebody has this e-mail address already",
        ),
        (
            "teams/{team}/invite",
            {"display_name": "Ben", "username": "ben", "email": "", "role": "privacy_officer"},
            "End the other post first",
        ),
        (
            "teams/{team}/invite",
            {"display_name": "Gwen", "username": "gwen", "email": "", "role": "police_officer"},
            "Another administrator has to change your own posts",
        ),
        ("posts/{gwen}/role", {"role": "social_worker"}, "Another administrator has to change your own posts"),
        ("posts/{gwen}/end", {"last_on": ""}, "Another administrator has to change your own posts"),
        ("posts/{ben}/end", {"last_on": "1/2/2026"}, "The last day must be today or later"),
        (
            "agencies/{agency}/sign-in/new",
            {"issuer": "http://a.example", "client_id": "x"},
            "The address must begin with https://",
        ),
        (
            "agencies/{agency}/sign-in/new",
            {"issuer": "https://a.example", "client_id": "x", "secret_reference": "hunter2"},
            "Write env:ONESTORY_PROVIDER_",
        ),
    ],
)
def test_a_refusal_stands_on_the_page_and_changes_nothing(
    office: Office, path: str, given: dict[str, str], words: str
) -> None:
    team = office.team("priya")
    ids = {name: post.pk for name, post in office.posts.items()}
    before = list(Membership.objects.values_list("id", "role", "until_on"))
    users = User.objects.count()
    answer = office.client("gwen").post(
        f"/administration/{path.format(team=team.pk, agency=team.agency_id, **ids)}", given
    )
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert list(Membership.objects.values_list("id", "role", "until_on")) == before
    assert User.objects.count() == users
    assert not Change.objects.exists()


def test_another_role_counts_from_the_next_request_on(office: Office) -> None:
    ben, post = office.client("ben"), office.posts["ben"]
    assert ben.get("/administration/").status_code == 404
    office.client("gwen").post(f"/administration/posts/{post.pk}/role", {"role": "partnership_administrator"})
    assert ben.get("/administration/").status_code == 200
    now = Membership.objects.get(user=post.user, until_on=None)
    assert (now.role, now.since_on) == ("partnership_administrator", timezone.localdate())
    post.refresh_from_db()
    assert post.until_on == timezone.localdate() - dt.timedelta(days=1)


def test_a_post_that_began_today_can_end_today_and_begin_again(office: Office) -> None:
    gwen, post = office.client("gwen"), office.posts["ben"]
    for role in ("social_work_manager", "social_worker", "social_work_manager"):
        now = Membership.objects.get(user=post.user, until_on=None)
        assert gwen.post(f"/administration/posts/{now.pk}/role", {"role": role}).status_code == 302
    assert Membership.objects.get(user=post.user, until_on=None).role == "social_work_manager"


def test_whoever_leaves_is_out_at_once_and_what_they_owed_stays(office: Office) -> None:
    ben, post = office.client("ben"), office.posts["ben"]
    children = [add_person(is_child=True, by=None, at=AT) for _ in range(3)]
    for child in children:
        grant_tie(child.pk, kind=Kind.WORKER, because=Because.NAMED, user_id=post.user_id, by=None, at=AT)
        with keeping():
            agency = post.team.agency_id
            add_agency_record(person_id=child.pk, agency_id=agency, label="Rowan Ashdown", by=None, at=AT)
    list_reader(children[0].pk, user_id=post.user_id, by=office.user("helen"), at=AT)
    assert ben.get("/").status_code == 200
    gwen = office.client("gwen")
    asked = gwen.get(f"/administration/posts/{post.pk}/end").content.decode()
    assert "named for 3 people and stand on 1 list of readers" in asked
    assert "stays with Family Support" in asked

    assert gwen.post(f"/administration/posts/{post.pk}/end", {"last_on": ""}).status_code == 302

    assert ben.get("/")["Location"].startswith("/sign-in")
    assert "_auth_user_id" not in ben.session
    post.user.refresh_from_db()
    assert not post.user.is_active
    assert not Tie.objects.filter(user=post.user, until_at=None).exists()
    assert not Listing.objects.filter(user=post.user, ended_at=None).exists()
    said = gwen.get("/administration/changes").content.decode()
    assert "Was named for 3 people" in said
    assert "Rowan" not in asked + said
    with keeping():
        told = Notice.objects.values_list("kind", "to_team__name", "from_team__name").distinct()
        assert list(told) == [("hand_over", "Family Support", "Family Support")]
        assert Notice.objects.count() == 3
    assert "Closed the account of Ben." in said


def test_a_last_day_that_lies_ahead_lets_somebody_work_until_then(office: Office) -> None:
    ben, post = office.client("ben"), office.posts["ben"]
    ahead = timezone.localdate() + dt.timedelta(days=10)
    office.client("gwen").post(f"/administration/posts/{post.pk}/end", {"last_on": f"{ahead:%d/%m/%Y}"})
    assert ben.get("/").status_code == 200
    post.refresh_from_db()
    assert post.until_on == ahead


def test_somebody_who_comes_back_gets_their_account_and_none_of_their_ties(office: Office) -> None:
    gwen, post = office.client("gwen"), office.posts["ben"]
    child = add_person(is_child=True, by=None, at=AT)
    grant_tie(child.pk, kind=Kind.WORKER, because=Because.NAMED, user_id=post.user_id, by=None, at=AT)
    gwen.post(f"/administration/posts/{post.pk}/end", {"last_on": ""})
    again = {"display_name": "Ben", "username": "ben", "email": "", "role": "social_worker"}
    assert gwen.post(f"/administration/teams/{post.team_id}/invite", again).status_code == 302
    assert office.client("ben").get("/").status_code == 200
    assert not Tie.objects.filter(user=post.user, until_at=None).exists()


def test_a_provider_is_opened_by_somebody_else(office: Office) -> None:
    gwen, hal, agency = office.client("gwen"), office.client("hal"), office.team("ruth").agency
    how = {"issuer": "https://sign-in.example", "client_id": "onestory", "amr_values": "mfa"}
    gwen.post(f"/administration/agencies/{agency.pk}/sign-in/new", how)
    provider = OrganisationSignIn.objects.get()
    assert not OrganisationSignIn.objects.filter(is_open=True).exists()
    refused = gwen.post(f"/administration/sign-in/{provider.pk}/open")
    assert "Another administrator has to open it" in refused.content.decode()
    assert hal.post(f"/administration/sign-in/{provider.pk}/open").status_code == 302
    provider.refresh_from_db()
    assert provider.is_open
    hal.post(f"/administration/sign-in/{provider.pk}", {**how, "issuer": "https://other.example"})
    assert not OrganisationSignIn.objects.get().is_open  # a changed address is looked at again


def test_lists_ask_the_same_with_few_rows_and_with_many(office: Office) -> None:
    gwen = office.client("gwen")
    post = office.posts["ben"]
    paths = ("/administration/", "/administration/people", f"/administration/teams/{post.team_id}")

    def asked(path: str) -> int:
        gwen.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert gwen.get(path).status_code == 200
        return len(queries)

    before = {path: asked(path) for path in paths}
    for number in range(3):
        user = User.objects.create(username=f"more{number}", display_name=f"More {number}")
        Membership.objects.create(user=user, team=post.team, role="social_worker", since_on=post.since_on)
    assert {path: asked(path) for path in paths} == before
