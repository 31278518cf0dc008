"""The program's addresses, and one whose view fails as a test tells it to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import include, path

from config.urls import handler400, handler403, handler404, handler500

FAILING: list[Exception] = []


def broken(request: HttpRequest) -> HttpResponse:
    """Fail."""
    raise FAILING[-1]


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    """Send something bit by bit."""
    return StreamingHttpResponse(["a", "b"])


urlpatterns = [path("broken", broken), path("streamed", streamed), path("", include("onestory.web.urls"))]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
