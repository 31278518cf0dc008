"""Queue the work on a notice by name, in the transaction of whoever writes it."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

DELIVER, POST = "notices.deliver", "notices.post"
QUEUE = "notices"


def queue_delivery(notice_id: UUID) -> None:
    """Have the notice delivered."""
    app.configure_task(DELIVER, queue=QUEUE, lock=f"notice {notice_id}").defer(notice_id=str(notice_id))


def queue_posting(letter_id: UUID) -> None:
    """Have the letter posted."""
    app.configure_task(POST, queue=QUEUE, lock=f"letter {letter_id}").defer(letter_id=str(letter_id))
