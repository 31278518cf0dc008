"""A file that was imported before and says something else now: what changed supersedes, what is gone is taken back."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.arrive.feeds.models import Sort, SourceRow
from onestory.platform.commitments.models import Commitment
from onestory.platform.history.actions import supersede_entry, withdraw_entry
from onestory.platform.history.dates import parse_when
from onestory.platform.history.models import Entry
from onestory.platform.history.new_entry import NewEntry
from onestory.platform.history.rereading import JOB
from onestory.platform.people.models import AgencyRecord, Person, Relationship
from tests.integration.feeds.imports import AT, CHILD_F, SMALL, assert_the_database_says, bring_in, history_of, lines

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(days=1)


@pytest.fixture
def changed(tmp_path: Path) -> Any:
    """Import the small file, then the same with replacements; gives the second report's lines after the title."""

    def change(*pairs: tuple[str, str], path: Path = SMALL) -> list[str]:
        bring_in(path)
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert re.search(old, text), f"{old} is not in the file"
            text = re.sub(old, new, text, count=1)
        other = tmp_path / "changed.yaml"
        other.write_text(text, encoding="utf-8")
        said = lines(other, at=LATER)
        assert_the_database_says(history_of(other))
        assert lines(other, at=LATER)[0].endswith("nothing new"), "the changed file twice changes nothing"
        return said[1:]

    return change


def test_a_changed_entry_is_superseded_and_the_report_says_which_keys(changed: Any) -> None:
    assert changed((r"factors: \[hunger, hygiene\]", "factors: [hunger]"), ("hungry", "very hungry")) == [
        "  entry e1: superseded (factors, text changed)"
    ]
    old, new = Entry.objects.filter(kind="concern").order_by("recorded_at")
    assert (new.supersedes, old.factors, new.factors) == (old, ["hunger", "hygiene"], ["hunger"])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("date: 2019-05\n", "date: 2019-04\n", "date, known changed"),
        ("known: 2020-02", "known: 2020-03", "known changed"),
        ("known: never", "known: 2020-06", "known changed"),
        ("outcome: advice", "outcome: closed", "outcome changed"),
        (r"on_entries: \[e1\], ", "", "on_entries changed"),
        (r"about: \[k, mother\]", "about: k", "about changed"),
        ("    seen: .*\n", "", "seen changed"),
        (r"reporter: \{as: professional", "reporter: {as: family", "reporter changed"),
        ("count: 3", "count: 4", "count changed"),
        (r"together: \[mother, nan\]", "together: [mother, k]", "if changed"),
        ("what: Nan phones.", "what: Nan calls.", "what changed"),
        ("by: csc, kind: aftercare", "by: csc, restricted: address, kind: aftercare", "restricted changed"),
        ("by: school, kind: absence", "by: school, shared_with: [csc], kind: absence", "shared_with changed"),
    ],
)
def test_every_key_that_can_change_is_named(changed: Any, old: str, new: str, says: str) -> None:
    [line] = changed((old, new))
    assert line.endswith(f"superseded ({says})")


def test_what_vanished_is_taken_back(changed: Any) -> None:
    assert changed((r"  - \{id: e5.*\n", "")) == ["  entry e5: withdrawn"]
    assert Entry.objects.filter(kind="absence", withdrawn=True).count() == 1


def test_what_is_new_is_added_in_its_place(changed: Any) -> None:
    added = [f"  - {{id: new{n}, date: 2019-0{5 - n}, by: csc, kind: note, about: k}}\n" for n in (1, 2)]
    assert changed((r"(  - \{id: e2)", "".join(added) + r"\1")) == ["  entries new1, new2: added"]


def test_what_comes_back_is_new_again(changed: Any, tmp_path: Path) -> None:
    changed((r"  - \{id: e5.*\n", ""))
    assert lines(SMALL, at=LATER)[1:] == ["  entry e5: added"]
    assert_the_database_says(history_of(SMALL))


def test_an_entry_that_moved_in_the_file_moves_in_the_order_and_no_other_does(changed: Any) -> None:
    text = SMALL.read_text(encoding="utf-8")
    [moved] = re.findall(r"  - \{id: e3.*\n", text)
    said = changed((re.escape(moved), ""), (r"(  - \{id: e6.*\n)", r"\1" + moved.replace("\\", "\\\\")))

    assert said == ["  entry e3: superseded (its place in the order changed)"]


def test_a_reference_to_an_entry_that_changed_is_no_change(changed: Any) -> None:
    """e2 decides on e1, and e1 changed: e2 still says the same."""
    assert changed(("hungry", "very hungry")) == ["  entry e1: superseded (text changed)"]


def test_a_second_change_of_both_is_said_truly(changed: Any, tmp_path: Path) -> None:
    changed(("hungry", "very hungry"))
    third = tmp_path / "third.yaml"
    text = SMALL.read_text(encoding="utf-8").replace("hungry.", "hungry again.").replace("advice", "closed")
    third.write_text(text, encoding="utf-8")

    assert lines(third, at=LATER)[1:] == [
        "  entry e1: superseded (text changed)",
        "  entry e2: superseded (outcome changed)",
    ]
    assert_the_database_says(history_of(third))


def test_relationships_change_vanish_and_come(changed: Any) -> None:
    said = changed(
        ("from: 2018-03, until: 2019-12", "from: 2018-04"),
        (r"  - \{person: mother, is: mother, of: k\}\n", "  - {person: mother, is: carer, of: k}\n"),
    )
    assert said == [
        "  relationship mother carer k confirmed: added",
        "  relationship mother mother k confirmed: withdrawn",
        "  relationship nan grandparent k confirmed: superseded",
    ]
    assert Relationship.objects.count() == 2 + 3


def test_a_person_described_otherwise_gets_newer_records_beside_the_old_ones(changed: Any) -> None:
    entries = Entry.objects.count
    assert changed((r"label: K, kind: child, born: 2018-03", "label: Kit, kind: child, born: 2018-02")) == [
        "  person k: superseded (newer records stand beside the old ones)"
    ]
    labels = AgencyRecord.objects.filter(person__is_child=True).order_by("recorded_at", "label")
    assert list(labels.values_list("label", flat=True)) == ["K", "K", "Kit", "Kit"]
    assert entries() == 6, "no entry was touched"


def test_a_person_who_turns_out_to_be_a_child_gets_a_story(changed: Any) -> None:
    changed(("label: Nan, kind: adult", "label: Nan, kind: child"))
    assert Person.objects.filter(is_child=True).count() == 2


def test_a_person_who_is_gone_stays_and_is_said_once(changed: Any, tmp_path: Path) -> None:
    said = changed((r"  csc2: \{label: A person.*\n", ""))
    assert said == ["  person csc2: kept (no longer in the file)"]
    assert Person.objects.count() == 4
    assert lines(SMALL)[1:] == ["  person csc2: superseded (newer records stand beside the old ones)"]
    assert Person.objects.count() == 4


def test_an_agency_under_another_name_is_another_agency(changed: Any) -> None:
    """Agencies are shared with other files: one file does not rename them. Its own entries move to the other agency."""
    said = changed(("name: School, ", "name: Harbour School, "))
    assert said == [
        "  agency school: superseded",
        "  entry e1: superseded (by, reporter, shared_with changed)",
        "  entry e5: superseded (by, shared_with changed)",
    ]


def test_new_evidence_has_the_stories_read_again_and_nothing_new_does_not(changed: Any) -> None:
    changed(("hungry", "very hungry"))
    assert ProcrastinateJob.objects.filter(task_name=JOB).count() == 1, "both imports wait in one job"


def test_commitments_follow_the_change(changed: Any) -> None:
    said = changed(
        (r"(id: e41, .*)stage: required", r"\1stage: dropped"),
        (r"  - \{id: e03.*\n", ""),
        ("then: Legal action will be sought.", "then: Legal action is sought."),
        path=CHILD_F,
    )
    assert said == [
        "  entry e03: withdrawn",
        "  entry e12: superseded (then changed)",
        "  entry e41: superseded (stage changed)",
    ]
    assert Commitment.objects.get(code="r1").state == "dropped"
    assert Commitment.objects.get(code="a2").state == "dropped"
    assert Commitment.objects.filter(what="Legal action is sought.", state="open").count() == 1


def test_the_ids_of_unchanged_entries_stay(changed: Any) -> None:
    bring_in(SMALL)
    before = dict(SourceRow.objects.filter(sort=Sort.ENTRY).values_list("key", "object_id"))
    changed(("hungry", "very hungry"))
    after = dict(SourceRow.objects.filter(sort=Sort.ENTRY).values_list("key", "object_id"))

    assert {key for key in before if before[key] != after[key]} == {"e1"}


def row_of(key: str) -> Entry:
    return Entry.objects.get(id=SourceRow.objects.get(sort=Sort.ENTRY, key=key).object_id)


def correct(entry: Entry, known: str) -> Entry:
    """Somebody corrects an imported entry by hand."""
    better = NewEntry(
        agency=entry.agency_id,
        kind=entry.kind,
        happened=entry.happened,
        known=parse_when(known),
        about=tuple(entry.people.filter(part="about").order_by("id").values_list("record_id", flat=True)),
        text="Corrected by hand.",
    )
    return supersede_entry(entry, new=better, by=None, at=LATER)


def test_what_somebody_corrected_here_stays_while_the_file_says_the_same() -> None:
    bring_in(SMALL)
    corrected = correct(row_of("e1"), known="2024-03-01")

    assert lines(SMALL, at=LATER) == ["Child K, Exampleshire: nothing new"]
    assert not Entry.objects.filter(supersedes=corrected).exists()


def test_a_file_that_changes_what_somebody_corrected_here_takes_its_place_and_says_so(changed: Any) -> None:
    bring_in(SMALL)
    corrected = correct(row_of("e1"), known="2024-03-01")
    said = changed(("hungry", "very hungry"), ("  - {id: e5.*\n", ""))

    assert Entry.objects.get(supersedes=corrected).entrytext.text == "K comes to school very hungry."
    [e1] = [line for line in said if "e1" in line]
    assert e1.endswith("changed; it takes the place of a correction that was made here)")


def test_what_somebody_took_back_here_may_vanish_from_the_file(tmp_path: Path) -> None:
    """It stays in the stories of the days on which it was on record, and is not taken back twice."""
    bring_in(SMALL)
    withdraw_entry(row_of("e5"), by=None, at=LATER)
    other = tmp_path / "changed.yaml"
    other.write_text(re.sub(r"  - \{id: e5.*\n", "", SMALL.read_text(encoding="utf-8")), encoding="utf-8")

    assert lines(other, at=LATER)[1:] == ["  entry e5: withdrawn"]
    assert Entry.objects.filter(withdrawn=True).count() == 1
