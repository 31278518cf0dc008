"""Case history files into the database: everything or nothing, and nothing twice."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.arrive.feeds.actions import Progress
from onestory.arrive.feeds.case_history import CaseFileProblems
from onestory.arrive.feeds.models import CaseHistorySource
from onestory.arrive.feeds.queries import all_from_published_reviews
from onestory.platform.access.models import User
from onestory.platform.agencies.models import Agency
from onestory.platform.commitments.models import Commitment
from onestory.platform.database import roles
from onestory.platform.history.models import Entry, EntryCareHistory, EntrySourceDetail
from onestory.platform.history.rereading import JOB
from onestory.platform.people.models import AgencyRecord, Person
from tests.integration.feeds.imports import (
    AT,
    CHILD_F,
    EVERY_KIND,
    SMALL,
    assert_the_database_says,
    bring_in,
    history_of,
    lines,
)

pytestmark = pytest.mark.django_db
OURS = ("agencies", "people", "history", "commitments", "feeds")


def everything() -> dict[str, str]:
    """Every row of every table of ours, as a digest."""
    found = {}
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            rows = sorted(str(row) for row in model._default_manager.values_list())
            found[model.__name__] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found | {"jobs": str(ProcrastinateJob.objects.count())}


@pytest.mark.parametrize("path", [CHILD_F, SMALL, EVERY_KIND], ids=lambda path: path.stem)
def test_what_the_file_says_stands_in_the_database(path: Path) -> None:
    bring_in(path)
    assert_the_database_says(history_of(path))


def test_a_new_history_is_reported_in_numbers() -> None:
    assert lines(CHILD_F) == ["Child F, Milton Keynes: new, with 14 agencies, 7 people, 12 relationships, 79 entries"]


def test_the_same_file_twice_changes_nothing() -> None:
    bring_in(CHILD_F)
    before = everything()
    report = bring_in(CHILD_F, at=AT + dt.timedelta(days=1))

    assert report.lines() == ["Child F, Milton Keynes: nothing new"]
    assert not report.changed
    assert everything() == before


def test_a_file_that_only_looks_different_changes_nothing(tmp_path: Path) -> None:
    bring_in(CHILD_F)
    before = everything()
    other = tmp_path / "another-name.yaml"
    other.write_text("# A remark.\n" + CHILD_F.read_text(encoding="utf-8"), encoding="utf-8")

    assert lines(other) == ["Child F, Milton Keynes: nothing new"]
    assert everything() == before


def test_one_job_reads_the_circle_again_however_many_entries_came() -> None:
    bring_in(CHILD_F)
    [job] = ProcrastinateJob.objects.filter(task_name="signals.reread")
    children = Person.objects.filter(is_child=True)

    assert job.args == {"child_ids": sorted(str(child.id) for child in children)}
    assert children.count() == 2


def test_each_family_has_a_job_of_its_own() -> None:
    bring_in(CHILD_F, SMALL)
    assert ProcrastinateJob.objects.filter(task_name="signals.reread").count() == 2


def test_every_agency_holds_its_own_record_of_a_person() -> None:
    bring_in(CHILD_F)
    holders = {
        label: set(AgencyRecord.objects.filter(label=label).values_list("agency__name", flat=True))
        for label in ("Father of Sibling 1", "Paternal grandmother")
    }
    assert holders == {
        "Father of Sibling 1": {"Children's Social Care", "Court"},
        "Paternal grandmother": {"Children's Social Care"},
    }
    assert AgencyRecord.objects.filter(label="F", person__is_child=True).values("person").distinct().count() == 1


def test_agencies_are_shared_between_the_files_of_an_area(tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8")
    other = tmp_path / "other.yaml"
    other.write_text(text.replace("title: Child K", "title: Child L"), encoding="utf-8")
    bring_in(SMALL, other)

    assert sorted(Agency.objects.values_list("name", "area")) == [
        ("Children's Social Care", "Exampleshire"),
        ("Next door's social care", "Otherton"),
        ("School", "Exampleshire"),
    ]
    assert Person.objects.count() == 8


def test_a_file_without_social_care_is_held_by_the_areas(tmp_path: Path) -> None:
    path = tmp_path / "alone.yaml"
    path.write_text(
        "format: 1\ntitle: Alone\narea: Exampleshire\n"
        "people: {k: {label: K, kind: child}}\nagencies: {}\nentries: []\n",
        encoding="utf-8",
    )
    bring_in(path)
    assert AgencyRecord.objects.get().agency.sector == "childrens_social_care"
    bring_in(SMALL)
    assert Agency.objects.filter(sector="childrens_social_care", area="Exampleshire").count() == 1


def test_classes_of_information_lie_apart() -> None:
    bring_in(CHILD_F)
    summaries = " ".join(str(row) for row in Entry.objects.values_list("own", "factors"))

    assert EntrySourceDetail.objects.filter(entry__restricted="adult_mental_health").count() == 5
    assert "turns up at her house" not in summaries
    assert not EntryCareHistory.objects.exists()


def test_promises_are_projected() -> None:
    bring_in(CHILD_F)
    sorts = list(Commitment.objects.order_by("sort").values_list("sort", "state").distinct())
    assert sorts == [
        ("action", "open"),
        ("aftercare", "open"),
        ("condition", "open"),
        ("hand_over", "open"),
        ("request", "open"),
    ]
    assert Commitment.objects.filter(sort="condition").count() == 4


def test_who_imported_is_on_record_with_every_entry() -> None:
    user = User.objects.create(username="r.manager", display_name="R Manager")
    bring_in(SMALL, by=user)

    assert set(Entry.objects.values_list("author", flat=True)) == {user.id}
    assert CaseHistorySource.objects.get().imported_by == user


def test_a_published_review_is_known_as_one() -> None:
    bring_in(CHILD_F, SMALL)
    of_review = set(Person.objects.filter(is_child=True, records__label="F").values_list("id", flat=True))
    others = set(Person.objects.filter(is_child=True, records__label="K").values_list("id", flat=True))

    assert all_from_published_reviews(of_review)
    assert not all_from_published_reviews(others)
    assert not all_from_published_reviews(of_review | others)
    assert not all_from_published_reviews(set())


@pytest.mark.parametrize(("column", "may"), [("id", True), ("is_published", True), ("title", False), ("area", False)])
def test_pages_learn_of_a_source_only_whether_its_history_is_published(column: str, may: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_column_privilege(%s, 'feeds_casehistorysource', %s, 'SELECT')", [roles.APPLICATION, column]
        )
        assert cursor.fetchone() == (may,)


@pytest.mark.parametrize("when", ["between two files", "before the stories are queued"])
def test_a_crash_in_the_middle_leaves_nothing(when: str) -> None:
    before = everything()

    def crash(progress: Progress) -> None:
        assert Entry.objects.exists() == (progress.done > 0)
        if progress.done == (1 if when == "between two files" else 2):
            raise OSError("the machine stops here")

    with pytest.raises(OSError, match="stops here"):
        bring_in(CHILD_F, SMALL, progress=crash)
    assert everything() == before


def test_a_dry_run_says_the_same_and_keeps_nothing() -> None:
    before = everything()
    said = lines(CHILD_F, SMALL, dry_run=True)

    assert everything() == before
    assert said == [*lines(CHILD_F, SMALL), "Nothing was kept: this was a dry run."]


def test_problems_of_all_files_are_said_and_nothing_is_imported(tmp_path: Path) -> None:
    texts = SMALL.read_text(encoding="utf-8"), CHILD_F.read_text(encoding="utf-8")
    broken = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    broken[0].write_text(texts[0].replace("kind: concern", "kind: worry"), encoding="utf-8")
    broken[1].write_text(texts[1].replace("date: 2012-10", "date: 2012-13"), encoding="utf-8")
    with pytest.raises(CaseFileProblems) as refused:
        bring_in(*broken, EVERY_KIND)

    assert {(Path(one.file).name, one.key.split(" › ")[-1]) for one in refused.value.problems} == {
        ("one.yaml", "kind"),
        ("two.yaml", "date"),
    }
    assert not CaseHistorySource.objects.exists()


def test_a_sector_that_is_too_long_is_a_problem_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text(
        SMALL.read_text(encoding="utf-8").replace("sector: school", f"sector: {'s' * 61}"), encoding="utf-8"
    )
    with pytest.raises(CaseFileProblems, match="agencies › school › sector: found 61 characters; allowed: at most 60"):
        bring_in(CHILD_F, path)
    assert not CaseHistorySource.objects.exists()


def test_two_files_that_say_to_be_the_same_history_are_refused(tmp_path: Path) -> None:
    copy = tmp_path / "copy.yaml"
    copy.write_bytes(SMALL.read_bytes())
    with pytest.raises(CaseFileProblems, match="each history in one file only"):
        bring_in(SMALL, copy)
    assert not CaseHistorySource.objects.exists()


def test_another_family_under_the_title_of_a_known_history_is_refused(tmp_path: Path) -> None:
    """Else everything that is on record about the first family would be taken back."""
    bring_in(SMALL)
    before = everything()
    other = tmp_path / "other.yaml"
    other.write_text(
        CHILD_F.read_text(encoding="utf-8")
        .replace("title: Child F", "title: child  K")
        .replace("area: Milton Keynes", "area: EXAMPLESHIRE"),
        encoding="utf-8",
    )
    with pytest.raises(CaseFileProblems) as refused:
        bring_in(other)

    [problem] = refused.value.problems
    assert (problem.key, problem.allowed) == ("title", "a title of its own for each history")
    assert "imported on 1 March 2024" in problem.found
    assert everything() == before


def test_names_in_any_script_and_of_any_length_come_back_as_written(tmp_path: Path) -> None:
    names = ("نور الهدى", "👩‍👩‍👧 Ana", "Ñusta\u0301", "\u202eevil", "x" * 100)
    path = tmp_path / "names.yaml"
    people = "".join(f'  "{name}": {{label: "{name}", kind: child}}\n' for name in names)
    about = ", ".join(f'"{name}"' for name in names)
    path.write_text(
        f"format: 1\ntitle: {'🏠' * 500}\narea: {'ж' * 500}\npeople:\n{people}"
        f"agencies:\n  {'ы' * 100}: {{name: {'🚓' * 500}, sector: police}}\n"
        f"relationships:\n  - {{person: {names[4]}, is: sibling, of: '{names[0]}'}}\n"
        f"entries:\n  - {{id: {'é' * 100}, date: 2020, by: {'ы' * 100}, kind: note, about: [{about}], text: '🙂'}}\n",
        encoding="utf-8",
    )
    bring_in(path)
    assert lines(path)[0].endswith(": nothing new")
    history = history_of(path)
    assert set(AgencyRecord.objects.values_list("label", flat=True)) == set(names)
    assert_the_database_says(history)


def large(folder: Path, entries: int, families: int) -> Path:
    """A file of many families and many entries."""
    path = folder / "large.yaml"
    people = range(families)
    rows = [
        f"  - {{id: e{n}, date: {2000 + n * 20 // entries}-{n % 12 + 1:02}, by: {'csc' if n % 3 else 'school'}, "
        f"kind: concern, about: [k{n % families}, m{n % families}], factors: [neglect], text: Entry {n}.}}\n"
        for n in range(entries)
    ]
    path.write_text(
        "format: 1\ntitle: Large\narea: Exampleshire\npeople:\n"
        + "".join(f"  k{n}: {{label: K{n}, kind: child}}\n  m{n}: {{label: M{n}, kind: adult}}\n" for n in people)
        + "relationships:\n"
        + "".join(f"  - {{person: m{n}, is: mother, of: k{n}}}\n" for n in people)
        + "agencies:\n"
        + "  csc: {name: Social care, sector: childrens_social_care}\n  school: {name: School, sector: school}\n"
        + "entries:\n"
        + "".join(rows),
        encoding="utf-8",
    )
    return path


def test_ten_thousand_entries_of_one_family(tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    path = large(tmp_path, 10_000, 1)
    with django_assert_max_num_queries(250) as asked:
        bring_in(path)
    assert Entry.objects.count() == 10_000
    assert len(asked) < 250
    assert lines(path) == ["Large, Exampleshire: nothing new"]


def test_many_families_in_one_file_have_a_job_each(tmp_path: Path) -> None:
    bring_in(large(tmp_path, 300, 60))
    locks = ProcrastinateJob.objects.filter(task_name=JOB).values_list("lock", flat=True)
    assert (len(locks), len(set(locks))) == (60, 60)
