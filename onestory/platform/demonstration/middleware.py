"""The last line: whatever server the program was started under, a demonstration answers this machine only."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

from onestory.platform.demonstration.guard import is_loopback


class AnswerThisMachineOnly:
    """Refuse callers from elsewhere while demonstration sign-in is switched on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.DEMO and not is_loopback(request.META.get("REMOTE_ADDR") or ""):
            return HttpResponseForbidden(
                "This is a demonstration. It answers this machine only.", content_type="text/plain"
            )
        return self.get_response(request)
