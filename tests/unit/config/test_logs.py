from __future__ import annotations

import logging
import sys

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
