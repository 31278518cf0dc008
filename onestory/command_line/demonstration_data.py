"""What the demonstration holds: the families of demonstration/ and the people who can sign in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import click
from django.utils import timezone

from onestory.arrive.feeds.actions import import_files
from onestory.arrive.matching.extracts import import_persons
from onestory.oversee.partnership.files import write_partnership
from onestory.platform.access.roles import ROLES
from onestory.platform.accounts.demonstration import PASSWORD, prepare_account
from onestory.platform.agencies.models import Agency
from onestory.platform.agencies.queries import everybody_who_works_here
from onestory.web.demonstration import load_people_who_work_here
from onestory.web.feeds.demonstration import load_feeds

AT_ONCE = 50
"""Families imported in one transaction."""
FOLDER = Path(__file__).resolve().parents[2] / "demonstration"


def load_demonstration() -> None:
    """Import the families and let the people of the demonstration in. What is there already stays as it is."""
    at = timezone.now()
    files = [FOLDER / "child-f.yaml", *sorted((FOLDER / "families").glob("*.yaml"))]
    click.echo(f"demo: importing {len(files)} case histories")
    news = [line for line in import_files(files, by=None, at=at).lines() if not line.endswith("nothing new")]
    for line in news or ["all there already"]:
        click.echo(f"demo:   {line}")
    people = FOLDER / "people-who-work-here.yaml"
    for user in load_people_who_work_here(path=people, since_on=timezone.localdate(at), at=at):
        prepare_account(user, by=None, at=at)
    for line in load_feeds(FOLDER / "extracts", at=at):
        click.echo(f"demo:   {line}")
    load_persons(FOLDER / "persons", at=at)


def load_persons(folder: Path, *, at: dt.datetime) -> None:
    """Take in the files of persons, each named after its agency. The same file again changes nothing."""
    for path in sorted(folder.glob("*.csv")):
        agency = Agency.objects.filter(name=path.stem).order_by("id").first()
        if agency is not None:
            taken = import_persons(path, agency=agency, by=None, at=at, demonstration=True)
            click.echo(f"demo:   persons of {agency.name}: {taken.lines()[-1]}")


def load_partnership(folder: Path, *, children: int, seed: int) -> None:
    """Write an invented partnership's families and import them, some at a time, so that a run that was stopped goes on
    where it was. What is there already stays as it is."""
    at = timezone.now()
    families = list(write_partnership(folder, children=children, seed=seed))
    for first in range(0, len(families), AT_ONCE):
        import_files(families[first : first + AT_ONCE], by=None, at=at)
        done = min(first + AT_ONCE, len(families))
        click.echo(
            f"\rdemo: importing the invented partnership, {done:,} of {len(families):,} families",
            nl=done >= len(families),
        )


def sign_in_names() -> Iterator[str]:
    """Who can sign in, one line each: user name, name, role, team, agency; then with what."""
    for post in everybody_who_works_here(timezone.localdate()):
        role = ROLES[post.role].name if post.role in ROLES else post.role
        who = f"{post.user.username:<18} {post.user.display_name:<18}"
        yield f"{who} {role}, {post.team.name}, {post.team.agency.name}"
    yield ""
    yield f"Everybody's password is: {PASSWORD}"
    yield "The code that is asked for next stands on the page, or run: onestory demo-code USER"
    yield "Sign in with them at /account/sign-in. At /sign-in choosing a person is enough, in a demonstration alone."
