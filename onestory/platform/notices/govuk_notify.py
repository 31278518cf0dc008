"""Letters through GOV.UK Notify, as a backend of Django's mail.

Its template there holds one placeholder, ``link``, and no other: the words of the letter stay with the service.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from notifications_python_client.notifications import NotificationsAPIClient

LINK = re.compile(r"https?://\S+")


class EmailBackend(BaseEmailBackend):
    """Hands each message's link to Notify, under the message's own number, so that a second copy can be told."""

    def __init__(self, *, api_key: str, template_id: str, base_url: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.client = NotificationsAPIClient(api_key, **({"base_url": base_url} if base_url else {}))
        self.template_id = template_id

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send them; raises the client's HTTPError where Notify refuses one."""
        for message in email_messages:
            for reader in message.recipients():
                self.client.send_email_notification(
                    email_address=reader,
                    template_id=self.template_id,
                    personalisation={"link": _link_of(message)},
                    reference=str(message.extra_headers.get("Message-ID", "")),
                )
        return len(email_messages)


def _link_of(message: EmailMessage) -> str:
    found = LINK.search(str(message.body))
    if found is None:
        raise ValueError("a letter without a link")
    return found[0]
