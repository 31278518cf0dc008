"""Every candidate pair scored, and what the scores tell of the file as a whole."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import duckdb

from onestory.arrive.matching.bulk.candidate_keys import KEYED
from onestory.arrive.matching.bulk.engine_settings import level_in_sql
from onestory.arrive.matching.bulk.people_table import only_row
from onestory.arrive.matching.bulk.training import Task, linker_for
from onestory.arrive.matching.comparing.conditions import DUCKDB
from onestory.arrive.matching.comparing.levels import BIRTH_DATE, GIVEN_NAME, PHONE, STREET, SURNAME
from onestory.arrive.matching.comparing.vetoes import YEARS_TO_A_CHILD, Families
from onestory.arrive.matching.comparing.weights import Weights

SCORED = "scored_pairs"
"""The table of pairs: ``record_l``, ``record_r``, and ``evidence`` in bits without the prior."""

_LEAST_EVIDENCE_KEPT = -8.0
_FAR_BELOW = 12.0
_MOST_MATCHES = 0.5
_ROUNDS = 30
_FEWEST_MATCHES_EXPECTED = 1.0


def score(task: Task, weights: Weights) -> None:
    """Compare every candidate pair and keep those for which anything speaks, in the table SCORED."""
    found = linker_for(task, weights).inference.predict(
        threshold_match_weight=_LEAST_EVIDENCE_KEPT, warning_mode="never"
    )
    task.connection.execute(
        f"""CREATE TABLE {SCORED} AS SELECT
            least(record_l, record_r) AS record_l,
            greatest(record_l, record_r) AS record_r,
            match_weight - {weights.prior_bits} AS evidence
        FROM {found.physical_name}"""
    )
    found.drop_table_from_database_and_remove_from_cache()


def with_prior_learnt(task: Task, weights: Weights) -> Weights:
    """The weights with the share of true pairs that the scores themselves imply, found by going back and forth.

    Pairs of different given names are not counted: most of them are brothers, sisters and parents.
    """
    least = -weights.prior_bits - _FAR_BELOW
    one_name = f"{level_in_sql(GIVEN_NAME, DUCKDB)} <> 'different'" if GIVEN_NAME.name in weights.levels else "true"
    counted = task.connection.execute(
        f"""SELECT round(evidence, 1), count(*)
        FROM {paired(task.connection, f"evidence >= {least}")}
        WHERE {one_name} GROUP BY 1"""
    ).fetchall()
    prior = weights.prior
    for _ in range(_ROUNDS):
        start = math.log2(prior / (1 - prior))
        matches = sum(count / (1 + 2 ** -(evidence + start)) for evidence, count in counted)
        prior = min(max(matches, _FEWEST_MATCHES_EXPECTED) / max(task.pairs, 2), _MOST_MATCHES)
    return replace(weights, prior=prior)


@dataclass(frozen=True, slots=True)
class Differences:
    """How many pairs of one home that agree in the rest of name and birth date differ altogether in one thing.

    Twins differ in the given name alone; brothers, sisters and parents in given name and birth date; a father and a son
    of one name in the birth date, by the years of a generation. A slip of a hand or of a program does not know what it
    hits: where whole values are wrong, surnames and birth dates by a few years are wrong as well, which tell no members
    of a family apart.

    ``names``, ``other_given_name`` and ``other_surname`` are counted whatever the birth date, also where none is
    stated. ``birth_years``: how many years lie between the births of most; 0 where no file states any.
    """

    nothing: int = 0
    given_name: int = 0
    surname: int = 0
    birth_date: int = 0
    birth_date_by_a_generation: int = 0
    given_name_and_birth_date: int = 0
    names: int = 0
    other_given_name: int = 0
    other_surname: int = 0
    birth_years: int = 0

    def families(self) -> Families:
        """What members of one family must be expected among the records.

        Nobody is joined on what a family shares, unless there is clear proof that differing given names are slips, or
        that there are no families among the records.
        """
        slips = self._are_slips()
        return Families(
            apart=not (slips or self._live_alone()),
            slips=slips,
            twins=self._share(self.given_name, Families().twins),
            namesakes=self._share(self.birth_date + self.birth_date_by_a_generation, Families().namesakes),
        )

    def _are_slips(self) -> bool:
        """Surnames are hit at least half as often, birth dates too and not only by a generation; hardly any in both."""
        return (
            self.surname >= _FEWEST_SLIPS
            and 2 * self.surname >= self.given_name
            and 12 * self.birth_date >= self.given_name
            and 3 * self.birth_date >= self.birth_date_by_a_generation
            and 4 * self.given_name_and_birth_date <= self.given_name
        )

    def _live_alone(self) -> bool:
        """Nobody of another given name lives with anybody, nor anybody's namesake, but for slips.

        Slips hit surnames about as often as given names. Among people born within a few years only twins live together:
        they cannot be told from slips.
        """
        as_slips = self.other_given_name <= 1.5 * self.other_surname + 2 * math.sqrt(self.other_surname)
        if not as_slips or self.names < _FEWEST_NAMES or 2 * self.other_given_name > self.names:
            return False
        return not self.birth_years or (
            self.birth_years >= YEARS_TO_A_CHILD
            and self.birth_date_by_a_generation <= 3 * self.birth_date
            and 50 * self.given_name_and_birth_date <= self.names
        )

    def _share(self, two_people: int, assumed: float) -> float:
        return (two_people + _AS_MANY_PAIRS * assumed) / (self.nothing + two_people + _AS_MANY_PAIRS)


_AS_MANY_PAIRS = 100
_FEWEST_SLIPS, _FEWEST_NAMES = 8, 50
_LONGEST_GENERATION = 60


def differences(connection: duckdb.DuckDBPyConnection, weights: Weights) -> Differences:
    """Count, among the scored pairs of one home, what they differ in."""
    if not {"given_name", "surname"} <= set(weights.levels):
        return Differences()
    given, surname = (level_in_sql(aspect, DUCKDB) for aspect in (GIVEN_NAME, SURNAME))
    counts = {
        "names": "surname_l = surname_r AND given_l = given_r",
        "other_given_name": f"surname_l = surname_r AND {given} = 'different'",
        "other_surname": f"given_l = given_r AND {surname} = 'different'",
    }
    dated = BIRTH_DATE.name in weights.levels
    if dated:
        counts |= _dated(given, surname)
    columns = ", ".join(f"count(*) FILTER ({test})" for test in counts.values())
    counted = only_row(connection, f"SELECT {columns} FROM {paired(connection)} WHERE {_one_home(weights)}")
    return Differences(**dict(zip(counts, counted, strict=True)), birth_years=_birth_years(connection) if dated else 0)


def _dated(given: str, surname: str) -> dict[str, str]:
    born, years = level_in_sql(BIRTH_DATE, DUCKDB), "abs(CAST(birth_year_l AS INT) - CAST(birth_year_r AS INT))"
    apart = f"{years} BETWEEN {YEARS_TO_A_CHILD + 1} AND {_LONGEST_GENERATION}"
    return {
        "nothing": "surname_l = surname_r AND given_l = given_r AND born_l = born_r",
        "given_name": f"surname_l = surname_r AND born_l = born_r AND {given} = 'different'",
        "surname": f"given_l = given_r AND born_l = born_r AND {surname} = 'different'",
        "birth_date": f"given_l = given_r AND surname_l = surname_r AND {born} = 'different' AND NOT {apart}",
        "birth_date_by_a_generation": (
            f"given_l = given_r AND surname_l = surname_r AND {born} = 'different' AND {apart}"
        ),
        "given_name_and_birth_date": (
            f"surname_l = surname_r AND {born} IN ('different', 'year') AND {given} = 'different'"
        ),
    }


def _birth_years(connection: duckdb.DuckDBPyConnection) -> int:
    """How many years lie between the births of the middle four fifths; at least 1."""
    years = "CAST(birth_year AS INT)"
    spread = f"coalesce(quantile_disc({years}, 0.9) - quantile_disc({years}, 0.1), 0)"
    return max(int(only_row(connection, f"SELECT {spread} FROM {KEYED}")[0]), 1)


def paired(connection: duckdb.DuckDBPyConnection, where: str = "true") -> str:
    """The scored pairs with every column of both records, as ``column_l`` and ``column_r``: a table in a query."""
    names = [
        row[0]
        for row in connection.execute(f"DESCRIBE {KEYED}").fetchall()
        if not row[0].startswith(("record", "key_"))
    ]
    columns = ", ".join(f"{side}.{name} AS {name}_{side}" for name in names for side in "lr")
    return f"""(SELECT record_l, record_r, evidence, {columns} FROM {SCORED}
        JOIN {KEYED} l ON l.record = record_l JOIN {KEYED} r ON r.record = record_r WHERE {where})"""


def _one_home(weights: Weights) -> str:
    tests = ["phone_l = phone_r"] if PHONE.name in weights.levels else []
    if STREET.name in weights.levels:
        street = level_in_sql(STREET, DUCKDB)
        tests.append(f"{street} IN ('same', 'alike')")
        tests.append(f"postcode_l = postcode_r AND {street} IN ('street', 'street_alike')")
    return " OR ".join(tests) or "postcode_l = postcode_r"
