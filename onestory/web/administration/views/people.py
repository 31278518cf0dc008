"""Who works here: invite, change a role, end a post, a new link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onestory.platform.access.models import User
from onestory.platform.access.roles import ROLES, role_words
from onestory.platform.accounts.office.actions import invite_by_administrator
from onestory.platform.accounts.office.queries import how_far
from onestory.platform.agencies import actions, queries
from onestory.platform.agencies.models import Membership
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.administration import presenters
from onestory.web.administration.actions import let_go, let_in
from onestory.web.administration.forms import EndForm, InviteForm, LinkForm, RoleForm
from onestory.web.administration.queries import left_behind
from onestory.web.administration.views.agencies import SECTION, team_or_404
from onestory.web.asking.asking import Question, ask
from onestory.web.asking.doors import ADMINISTRATOR, PRIVACY_OFFICER, only_for

AT_MOST = 100


@only_for(ADMINISTRATOR)
@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    """Everybody who works here or did, found by name."""
    name = request.GET.get("name", "").strip()[:100]
    found = list(queries.everybody_named(name)[: AT_MOST + 1])
    rows = presenters.person_rows(found[:AT_MOST], timezone.localdate())
    said = {"rows": rows, "name": name, "more": len(found) > AT_MOST, "at_most": AT_MOST}
    return render(request, "administration/people.html", said)


@only_for(ADMINISTRATOR)
@require_safe
def person(request: SignedInRequest, user_id: UUID) -> HttpResponse:
    """One person who works here: posts now and before, how far they are with signing in, what was changed."""
    found = _somebody_or_404(user_id)
    page = presenters.person_page(found, timezone.localdate())
    said = {"page": page, "how_far": how_far(found), "changes": found.changes.select_related("by").order_by("-at")}
    return render(request, "administration/person.html", said)


@only_for(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, team_id: UUID) -> HttpResponse:
    """Let somebody work in the team. Whoever has an account already gets another post and no link."""
    team = team_or_404(team_id)

    def act(given: dict[str, Any]) -> str:
        user = let_in(team=team, **given, by=request.user, at=timezone.now())
        return _address(user) if user.has_usable_password() else _link_address(user)

    back = reverse("administration:team", kwargs={"team_id": team_id})
    lead = ("They choose a password with a link that you make next, and set up a second proof.",)
    question = Question("Invite somebody", "Invite", back, lead=lead, caption=str(team), section=SECTION)
    return ask(request, InviteForm, question, act)


@only_for(ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: SignedInRequest, user_id: UUID) -> HttpResponse:
    """Make a link with which somebody chooses a password. It is shown once, on the next page."""
    user = _somebody_or_404(user_id)

    def act(given: dict[str, Any]) -> str:
        token = invite_by_administrator(user, anew=given["anew"] == "yes", by=request.user, at=timezone.now())
        address = request.build_absolute_uri(f"{reverse('accounts:first_time')}?key={token}")
        messages.success(request, address)
        return reverse("administration:link_made", kwargs={"user_id": user_id})

    question = Question(
        "Make a link to sign in with",
        "Make the link",
        _address(user),
        lead=("The link counts once and for three days. Pass it on by a way that you trust, to nobody else.",),
        warning="For a lost phone, passkey or laptop, password and second proof end first, with every session.",
        caption=user.display_name,
        section=SECTION,
    )
    return ask(request, LinkForm, question, act)


@only_for(ADMINISTRATOR)
@never_cache
@require_safe
def link_made(request: SignedInRequest, user_id: UUID) -> HttpResponse:
    """The link, once."""
    user = _somebody_or_404(user_id)
    made = [str(one) for one in messages.get_messages(request)]
    return render(request, "administration/link_made.html", {"person": user, "link": made[-1] if made else ""})


@only_for(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def role(request: SignedInRequest, post_id: UUID) -> HttpResponse:
    """Another role in the same team."""
    post = _post_or_404(post_id)

    def act(given: dict[str, Any]) -> str:
        actions.change_role(post, **given, by=request.user, at=timezone.now())
        return _address(post.user)

    caption = f"{post.user.display_name}, {post.team}"
    lead = ("It counts from their next page on. The role until now stays in the history.",)
    question = Question("Change the role", "Change", _address(post.user), lead=lead, caption=caption, section=SECTION)
    return ask(request, RoleForm, question, act, initial={"role": post.role})


@only_for(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SignedInRequest, post_id: UUID) -> HttpResponse:
    """A post ends; with the last one the account and every session."""
    post = _post_or_404(post_id)
    now = timezone.now()

    def act(given: dict[str, Any]) -> str:
        let_go(post, **given, by=request.user, at=now)
        return _address(post.user)

    question = Question(
        "End this post",
        "End the post",
        _address(post.user),
        lead=presenters.what_ending_does(post, left_behind(post.user, at=now)),
        caption=f"{post.user.display_name}, {role_words(post.role)}, {post.team}",
        section=SECTION,
        serious=True,
    )
    return ask(request, EndForm, question, act)


@only_for(ADMINISTRATOR)
@require_safe
def roles(request: SignedInRequest) -> HttpResponse:
    """Each role in a sentence."""
    listed = sorted(ROLES.values(), key=lambda one: one.name)
    return render(request, "administration/roles.html", {"roles": listed})


@only_for(ADMINISTRATOR, PRIVACY_OFFICER)
@require_safe
def changes(request: SignedInRequest) -> HttpResponse:
    """What was changed, by whom, the newest first."""
    found = list(queries.changes()[: AT_MOST + 1])
    said = {"changes": found[:AT_MOST], "more": len(found) > AT_MOST, "at_most": AT_MOST}
    return render(request, "administration/changes.html", said)


def _somebody_or_404(user_id: UUID) -> User:
    found = queries.somebody_numbered(user_id)
    if found is None:
        raise Http404
    return found


def _post_or_404(post_id: UUID) -> Membership:
    found = queries.post_numbered(post_id)
    if found is None:
        raise Http404
    return found


def _address(user: User) -> str:
    return reverse("administration:person", kwargs={"user_id": user.pk})


def _link_address(user: User) -> str:
    return reverse("administration:link", kwargs={"user_id": user.pk})
