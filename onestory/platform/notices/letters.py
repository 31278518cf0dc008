"""Letters: e-mails that hold a link and nothing else (I6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from onestory.platform.access.models import User
from onestory.platform.agencies.models import Membership, Team
from onestory.platform.notices.kinds import kind_of
from onestory.platform.notices.models import Letter, Notice
from onestory.platform.notices.queueing import queue_posting

SUBJECT = "Something waits for your team in Onestory"
WORDS = """Something waits for your team in Onestory:

{link}

This message says no more on purpose. Sign in to read it. Do not answer it: nobody reads the answers.
"""
TRIES = 12
"""How often a letter is tried before it is given up; the notice itself stands in the inbox all the while."""


def queue_letters(notice: Notice, teams: Iterable[Team], *, at: dt.datetime) -> list[Letter]:
    """A letter to everybody who works in the teams today and is not away, where the kind has one and mail is set up.

    Called again for the same step it adds nobody twice.
    """
    if not settings.MAIL_IS_SET_UP or not kind_of(notice.kind).email:
        return []
    readers = _readers(teams, timezone.localdate(at))
    known = set(notice.letters.filter(step=notice.step).values_list("to_id", flat=True))
    letters = [
        Letter(notice=notice, step=notice.step, to=one, queued_at=at, next_at=at + waits_after(0))
        for one in readers
        if one.id not in known
    ]
    Letter.objects.bulk_create(letters)
    for letter in letters:
        queue_posting(letter.id)
    return letters


def _readers(teams: Iterable[Team], today: dt.date) -> list[User]:
    posts = Membership.objects.filter(team__in=list(teams), since_on__lte=today).exclude(until_on__lt=today)
    away = User.objects.filter(absences__since_on__lte=today, absences__until_on__gte=today)
    there = User.objects.filter(id__in=posts.values("user"), is_active=True).exclude(email="")
    return list(there.exclude(id__in=away.values("id")).order_by("id"))


def message_of(letter: Letter) -> EmailMessage:
    """The e-mail: its link leads to the notice's page, which asks to sign in first."""
    link = f"{settings.PUBLIC_ADDRESS}/notices/{letter.notice_id}"
    # The same for each try, so that a mail program can tell a second copy from a second message.
    headers = {"Message-ID": f"<{letter.id}@onestory>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(SUBJECT, WORDS.format(link=link), to=[letter.to.email], headers=headers)


def is_final(problem: Exception) -> bool:
    """Whether trying again cannot help: the server knows no such reader."""
    if isinstance(problem, SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in problem.recipients.values())
    return getattr(problem, "status_code", None) in (400, 403)


def waits_after(tries: int) -> dt.timedelta:
    """How long after so many tries the next one comes: 1, 2, 4 … minutes, at most an hour."""
    return min(dt.timedelta(minutes=2 ** max(tries - 1, 0)), dt.timedelta(hours=1))
