"""How letters leave: by SMTP, by GOV.UK Notify, or not at all. A letter holds a link and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

Mailers = dict[str, dict[str, Any]]
NOWHERE: Mailers = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
SMTP = "django.core.mail.backends.smtp.EmailBackend"
NOTIFY = "onestory.platform.notices.govuk_notify.EmailBackend"
SECONDS = 20


def mailers(environment: Mapping[str, str]) -> Mailers:
    """MAILERS from ONESTORY_MAIL: ``smtp://user:password@host:25``, ``smtps://…``, ``smtp+tls://…``, ``notify``.

    Raises ValueError that names what is allowed, without repeating a password.
    """
    said = environment.get("ONESTORY_MAIL", "")
    if not said:
        return NOWHERE
    if said == "notify":
        key, template = (environment.get(name, "") for name in ("ONESTORY_NOTIFY_KEY", "ONESTORY_NOTIFY_TEMPLATE"))
        if not key or not template:
            raise ValueError("ONESTORY_MAIL is 'notify': ONESTORY_NOTIFY_KEY and ONESTORY_NOTIFY_TEMPLATE are needed")
        return {"default": {"BACKEND": NOTIFY, "OPTIONS": {"api_key": key, "template_id": template}}}
    url = urlsplit(said)
    if url.scheme not in ("smtp", "smtps", "smtp+tls") or not url.hostname:
        raise ValueError("ONESTORY_MAIL: allowed are smtp://, smtps:// or smtp+tls:// with a host, and notify")
    return {
        "default": {
            "BACKEND": SMTP,
            "OPTIONS": {
                "host": url.hostname,
                "port": url.port or {"smtp": 25, "smtps": 465}.get(url.scheme, 587),
                "username": unquote(url.username or ""),
                "password": unquote(url.password or ""),
                "use_ssl": url.scheme == "smtps",
                "use_tls": url.scheme == "smtp+tls",
                "timeout": SECONDS,
            },
        }
    }
