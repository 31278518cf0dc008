"""Signing in by choosing a person of the demonstration, and signing out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from onestory.web.middleware import WORKS_AS
from onestory.web.signing_in.forms import ChoosePersonForm
from onestory.web.signing_in.queries import people_to_choose_from, user_called

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Choose a person; anywhere but in a demonstration nobody can be chosen."""
    people = people_to_choose_from(timezone.localdate()) if settings.DEMO else []
    form = ChoosePersonForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_valid():
        return _signed_in(request, form.cleaned_data["person"])
    said = {"form": form, "people": people, "next": _next(request), "demonstration": settings.DEMO}
    return render(request, "web/sign_in.html", said, status=200 if settings.DEMO else 403)


def _signed_in(request: HttpRequest, username: str) -> HttpResponse:
    user = user_called(username)
    if user is None or not settings.DEMO:
        raise Http404
    login(request, user, backend=BACKEND)
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    """Where the person wanted to go; only within this program."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


@require_POST
def work_as(request: HttpRequest) -> HttpResponse:
    """Work in another of one's posts from the next page on; what is not one's post changes nothing."""
    wanted = request.POST.get("post", "")
    if any(str(post.id) == wanted for post in getattr(request, "posts", ())):
        request.session[WORKS_AS] = wanted
    return redirect("my_work")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign_in")
