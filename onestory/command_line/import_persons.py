"""`onestory import-persons`: an agency's nightly file of its persons into the database."""

from __future__ import annotations

from pathlib import Path

import click

from onestory.command_line.errors import EXIT_PROBLEM, Plainly
from onestory.command_line.surroundings import bring_own_tables_up_to_date, django_running


@click.command("import-persons")
@click.argument("agency")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what it would change, and keep nothing.")
def import_persons_command(agency: str, file: Path, dry_run: bool) -> int:
    """Take in FILE, a CSV of the persons whom AGENCY (its name) knows.

    Columns: record_id (the agency's own number), and any of given_name, surname, former_surname, birth_date, sex,
    nhs_number, upn, phone, address_line, locality, postcode, child. New and changed persons are compared with everybody
    on record and offered to a person where they may be the same; nothing is overwritten. Rows that cannot be taken are
    named and left out; the exit code is then 2.
    """
    with django_running():
        from django.conf import settings
        from django.utils import timezone

        from onestory.arrive.matching.extracts import import_persons
        from onestory.arrive.matching.person_rows import PersonFileProblem
        from onestory.command_line.readiness import refuse_unready
        from onestory.platform.agencies.models import Agency

        bring_own_tables_up_to_date()
        refuse_unready()
        found = list(Agency.objects.filter(name=agency)[:2])
        if len(found) != 1:
            raise Plainly(f"“{agency}”: {'several agencies have' if found else 'no agency has'} this name.")
        try:
            taken = import_persons(
                file, agency=found[0], by=None, at=timezone.now(), demonstration=settings.DEMO, dry_run=dry_run
            )
        except PersonFileProblem as problem:
            raise Plainly(str(problem)) from problem
    for problem_line in taken.lines()[:-1]:
        click.echo(problem_line, err=True)
    click.echo(taken.lines()[-1])
    return EXIT_PROBLEM if taken.problems else 0
