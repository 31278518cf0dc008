"""The comparison levels written as Splink's settings, for whichever engine runs them. No engine is imported here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from onestory.arrive.matching.comparing.conditions import Engine, Equal
from onestory.arrive.matching.comparing.levels import ASPECTS, Aspect, Level
from onestory.arrive.matching.comparing.weights import Weights, Worth

ID, SOURCE = "record", "source"
"""The columns that number a record and its file."""

_COLUMN = re.compile(r"\b[a-z_]+_[lr]\b")


def settings_for(weights: Weights, blocking: Sequence[str], engine: Engine) -> dict:
    """Splink's settings: every aspect that the weights know, scored as `explain` scores it.

    ``blocking`` holds conditions over ``l`` and ``r``: only pairs that meet one of them are compared.
    """
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": ID,
        "probability_two_random_records_match": weights.prior,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": rule, "sql_dialect": engine.name} for rule in blocking
        ],
        "comparisons": [
            comparison_for(aspect, weights.levels[aspect.name], weights, engine)
            for aspect in ASPECTS
            if aspect.name in weights.levels
        ],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "max_iterations": 15,
        "em_convergence": 0.001,
    }


def comparison_for(aspect: Aspect, worths: Mapping[str, Worth], weights: Weights, engine: Engine) -> dict:
    """One aspect as Splink's comparison: the null level, then ours from the most alike to different."""
    missing = {"sql_condition": aspect.missing.sql(engine), "label_for_charts": "not stated", "is_null_level": True}
    levels = [_level(aspect, level, worths[level.name], weights, engine) for level in aspect.levels]
    return {"output_column_name": aspect.name, "comparison_levels": [missing, *levels]}


def _level(aspect: Aspect, level: Level, worth: Worth, weights: Weights, engine: Engine) -> dict:
    written = {
        "sql_condition": _condition(aspect, level, engine),
        "label_for_charts": level.name,
        "m_probability": worth.same_person,
        "u_probability": worth.strangers,
    }
    if level.rarity and aspect.rare_by in weights.shares:
        written |= {
            "tf_adjustment_column": aspect.rare_by,
            "tf_adjustment_weight": level.rarity,
            "tf_minimum_u_value": weights.shares[aspect.rare_by].rarest,
        }
    return written


def _condition(aspect: Aspect, level: Level, engine: Engine) -> str:
    """The level's test; by its name where the engine has names for tests: Splink takes long conditions apart, twice."""
    if level.test is None:
        return "ELSE"
    written = level.test.sql(engine)
    if isinstance(level.test, Equal) or not engine.named_test:
        return written
    return f"{_test_name(aspect, level)}({', '.join(_columns(written))})"


def named_tests(weights: Weights, engine: Engine) -> Iterator[str]:
    """The statements that give the engine the tests under the names that the settings use."""
    for aspect in ASPECTS:
        for level in aspect.levels if aspect.name in weights.levels and engine.named_test else ():
            if level.test and not isinstance(level.test, Equal):
                written = level.test.sql(engine)
                yield engine.named_test.format(_test_name(aspect, level), ", ".join(_columns(written)), written)


def _test_name(aspect: Aspect, level: Level) -> str:
    return f"{aspect.name}_stands_at_{level.name}"


def _columns(written: str) -> list[str]:
    return sorted(set(_COLUMN.findall(written)))


def level_in_sql(aspect: Aspect, engine: Engine) -> str:
    """The name of the level at which a pair stands, as SQL; empty where not both state anything."""
    tests = [f"WHEN {level.test.sql(engine)} THEN '{level.name}'" for level in aspect.levels if level.test]
    return f"CASE WHEN {aspect.missing.sql(engine)} THEN '' {' '.join(tests)} ELSE '{aspect.levels[-1].name}' END"
