"""Log lines without personal data: an error's own words may quote a name, so only its kind and place are written."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType


class NoPersonalData(logging.Formatter):
    """Writes where an error happened and of which kind it was, never its message or the values in it."""

    def format(self, record: logging.LogRecord) -> str:
        """The whole line. What another handler made of the error before is not taken over."""
        record.exc_text = None
        return super().format(record)

    def formatException(  # noqa: N802 - the name is the library's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """The chain of places that led to the error, and its class."""
        kind, _, trace = ei
        places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([*places, kind.__name__ if kind else ""])

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is the library's
        """The line. Of a request that looks like an attack the library would write the error's own words into it."""
        if record.exc_info and record.name.startswith("django.security."):
            record.message = record.name.rpartition(".")[2]
        return super().formatMessage(record)


class WithoutArguments(logging.Filter):
    """Says of a job its name and number; the library would write what it was given, too."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the arguments out of the line; every line is kept."""
        job = getattr(record, "job", None)
        if isinstance(job, dict):
            record.msg = record.getMessage().replace(str(job.get("call_string")), f"{job['task_name']}[{job['id']}]")
            record.args = None
        return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": NoPersonalData, "format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"without_arguments": {"()": WithoutArguments}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_arguments"]},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"level": "INFO", "propagate": True, "handlers": []},
        # The driver's pool and the job queue speak of every connection and every job.
        "psycopg.pool": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
    },
}
