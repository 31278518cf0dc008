"""Posting one letter: what went out is written down in the same transaction, so that a crash can double one letter."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from onestory.platform.access.keeping import keeping
from onestory.platform.notices.letters import TRIES, is_final, message_of, waits_after
from onestory.platform.notices.models import Letter
from onestory.platform.notices.states import State
from onestory.platform.queue.failpoints import reach


@transaction.atomic
def post_letter(letter_id: UUID, *, at: dt.datetime) -> Letter:
    """Post a letter that waits. What fails is tried again by the sweep, later each time, and given up in the end.

    The mail server has it before we can write that down. If the process dies between the two, it goes out twice, with
    one and the same message number.
    """
    with keeping():
        waiting = Letter.objects.select_for_update(of=("self",)).select_related("notice", "to").get(id=letter_id)
        if waiting.state != Letter.State.QUEUED:
            return waiting
        if waiting.notice.state == State.ACKNOWLEDGED:
            waiting.state = Letter.State.NOT_NEEDED
        else:
            _try(waiting, at)
        waiting.save()
    return waiting


def _try(letter: Letter, at: dt.datetime) -> None:
    letter.tries += 1
    try:
        message_of(letter).send()
    except Exception as problem:  # a library's own errors; only their kind is kept, their words may hold an address
        letter.problem = type(problem).__name__
        letter.next_at = at + waits_after(letter.tries)
        if is_final(problem) or letter.tries >= TRIES:
            letter.state = Letter.State.PARKED
    else:
        reach("letter posted")
        letter.state, letter.posted_at, letter.problem = Letter.State.POSTED, at, ""
