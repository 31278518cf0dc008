"""Every job that runs by the clock, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from procrastinate import App


@dataclass(frozen=True)
class Periodic:
    """A job and when it runs: `when` as cron writes it, in UTC; `job` is its task's name."""

    job: str
    when: str
    why: str


SCHEDULE = (
    Periodic(
        job="onestory.platform.queue.jobs.retry_jobs_of_dead_workers",
        when="* * * * *",
        why="A job that a worker had claimed when it died runs again within two minutes.",
    ),
    Periodic(
        job="signals.sweep",
        when="*/5 * * * *",
        why="A circle of children whose next day to look has come is read the same day; days missed are caught up.",
    ),
    Periodic(
        job="signals.take_further",
        when="13 * * * *",
        why="A question that nobody answered by its day goes to the manager, then to who answers for the agency.",
    ),
    Periodic(
        job="notices.sweep",
        when="* * * * *",
        why="A notice that was not delivered, posted or acknowledged in time is found, and work that failed.",
    ),
    Periodic(
        job="matching.catch_up",
        when="*/10 * * * *",
        why="A person whom an agency added is compared with everybody else even where the job for it was lost.",
    ),
    Periodic(
        job="commitments.tell_overdue",
        when="7 * * * *",
        why="What was promised and is overdue is told to the team that owes it, and after a clock to its manager.",
    ),
    Periodic(
        job="aftercare.ask",
        when="17 * * * *",
        why="After-care that was not kept is asked about once for each turn, and ties of after-care that is over end.",
    ),
    Periodic(
        job="access.seal",
        when="* * * * *",
        why="What was looked at is sealed in its chain within a minute, and the chain's head is kept outside.",
    ),
    Periodic(
        job="accounts.clear_what_is_over",
        when="23 * * * *",
        why="Sessions that are over are removed, with text that waited in them for somebody who never came back.",
    ),
    Periodic(
        job="feeds.discard_old_uploads",
        when="41 * * * *",
        why="A file that was checked and that nobody brought in within a day is thrown away.",
    ),
)


def register(app: App) -> None:
    """Hand the schedule to the queue. Raises KeyError at start-up when a line names a job that does not exist."""
    for periodic in SCHEDULE:
        app.periodic(cron=periodic.when)(app.tasks[periodic.job])
