from __future__ import annotations

import logging
import sys

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.handlers.exception import response_for_exception
from django.db import IntegrityError
from django.test import RequestFactory, override_settings

from config.logs import NoPersonalData


def test_an_errors_own_words_are_not_written_and_its_place_is() -> None:
    try:
        raise ValueError("Invented Name, born 2018")
    except ValueError:
        record = logging.LogRecord("onestory", logging.ERROR, __file__, 1, "it failed", None, sys.exc_info())
    line = NoPersonalData().format(record)
    assert "it failed" in line
    assert "test_logs.py" in line
    assert "ValueError" in line
    assert "Invented" not in line


@pytest.mark.parametrize("error", [RuntimeError, ValueError, IntegrityError, PermissionDenied, SuspiciousOperation])
@override_settings(ROOT_URLCONF="tests.unit.config.test_logs")
def test_of_no_error_of_a_page_the_words_are_written(error: type[Exception], caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise error("Invented Name, born 2018")
    except error as raised:
        response_for_exception(RequestFactory().get("/somewhere"), raised)
    lines = [NoPersonalData("{name} {message}", style="{").format(one) for one in caplog.records]
    assert lines
    assert "Invented" not in "".join(lines)


urlpatterns: list[object] = []
