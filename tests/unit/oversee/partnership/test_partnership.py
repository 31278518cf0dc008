"""An invented partnership is the same for a seed, near the published rates, readable as files, and counted whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from onestory.arrive.feeds.case_history import read_case_history
from onestory.oversee.partnership.families import BEGINS_ON, ENDS_ON, family, number_of_families
from onestory.oversee.partnership.files import write_partnership
from onestory.oversee.partnership.likeness import as_made, made_of
from onestory.oversee.partnership.measure import Asked, count, lines, measure_partnership, teams
from onestory.oversee.signals.tuned import Setting, tuned

SEED = 7


def test_a_family_is_the_same_for_a_seed_whichever_is_made_first() -> None:
    later = family(SEED, 30)
    assert family(SEED, 3) == family(SEED, 3)
    assert family(SEED, 30) == later
    assert family(SEED + 1, 30) != later


def test_every_entry_lies_in_the_years_told_and_names_what_is_there() -> None:
    for number in range(150):
        history = family(SEED, number)
        known = {entry.id for entry in history.entries}
        assert len(known) == len(history.entries)
        for entry in history.entries:
            assert BEGINS_ON <= entry.known_on <= ENDS_ON
            assert set(entry.about) <= set(history.people)
            assert set(entry.own.get("on_entries", ())) <= known
            assert entry.by in history.agencies


def test_what_is_made_is_near_the_published_rates() -> None:
    made: Counter[str] = Counter()
    for number in range(4_000):
        made.update(made_of(family(SEED, number)))
    assert 0.19 <= made["repeated"] / made["referrals"] <= 0.27
    assert 0.25 <= made["police"] / made["sources"] <= 0.33
    assert 0.17 <= made["school"] / made["sources"] <= 0.25
    assert made["anonymous"] / made["sources"] <= 0.05
    assert 0.20 <= made["assessed domestic_abuse_parent"] / made["assessments"] <= 0.30
    assert 0.20 <= made["assessed mental_health_parent"] / made["assessments"] <= 0.30
    assert len(list(as_made(made, 1))) == 8


def test_families_are_case_history_files_that_are_read_as_they_were_written(tmp_path: Path) -> None:
    written = list(write_partnership(tmp_path, children=60, seed=SEED))
    assert 10 < len(written) <= number_of_families(60)
    for path in written:
        case = read_case_history(path)
        assert case.synthetic
        assert case.history == family(SEED, int(path.stem.rpartition("-")[2]))
    times = [path.stat().st_mtime_ns for path in written]
    assert [path.stat().st_mtime_ns for path in write_partnership(tmp_path, children=60, seed=SEED)] == times


def test_several_processors_count_the_same() -> None:
    progress: list[int] = []
    alone = measure_partnership(120, seed=SEED, told=lambda done, of: progress.append(done))
    together = measure_partnership(120, seed=SEED, processes=2)
    assert alone == together
    assert progress[-1] == alone.families == number_of_families(120)
    assert alone.asks == sum(alone.by_rule.values()) == sum(alone.by_day.values())


def test_the_teams_are_stated_beside_what_each_is_asked() -> None:
    asked = Asked(families=3, children=7_000, entries=9, child_days=1000)
    asked.by_sector["childrens_social_care"] = 1500
    asked.by_day["childrens_social_care", BEGINS_ON] = 4
    row = next(line for line in lines(asked) if line.startswith("childrens_social_care"))
    assert row.split() == ["childrens_social_care", "2", "0.99", "2.0"]
    assert (teams("childrens_social_care", 70_000), teams("leaving_care", 7_000)) == (20, 1)


def test_a_rule_that_is_only_noted_asks_nobody() -> None:
    shipped = count(range(60), seed=SEED)
    assert shipped.by_rule
    silent = tuned([Setting(signal, "level", "", "note") for signal in shipped.by_rule])
    assert not set(count(range(60), seed=SEED, chosen=silent).by_rule) & set(shipped.by_rule)
