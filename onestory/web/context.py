"""What the frame of every page needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from onestory.platform.agencies.queries import posts_of
from onestory.platform.ui.typed_text import writer_mark


@dataclass(frozen=True, slots=True)
class Who:
    """Who is signed in: name, post in words, and after how many seconds without a request they are signed out."""

    name: str
    post: str
    idle_seconds: int


def frame(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, whether this is a demonstration, and whose text a form holds."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"who": None, "demonstration": settings.DEMO, "written_by": ""}
    posts = [f"{post.role}, {post.team.name}, {post.team.agency.name}" for post in posts_of(user, timezone.localdate())]
    who = Who(user.display_name, "; ".join(posts), int(settings.SESSION_IDLE_LIMIT.total_seconds()))
    return {"who": who, "demonstration": settings.DEMO, "written_by": writer_mark(user.pk)}
