"""What a partnership may set of a rule, what is wrong with it, and the rules as they then are. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onestory.oversee.signals.rule import Level, Parameter, Rule, Settings
from onestory.oversee.signals.rules import ALL_RULES, BY_SIGNAL
from onestory.platform.agencies.sectors import SECTORS

LEVELS = {level.name.lower(): level for level in Level}
DAYS_AT_MOST = 3650
OTHERS_AT_MOST = 100
PARAMETER, LEVEL, OWNER = "parameter", "level", "owner"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing set of one rule: a parameter by ``name``, the level, or the owner; ``value`` as it was typed."""

    signal: str
    sort: str
    name: str
    value: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What is set, whatever to."""
        return self.signal, self.sort, self.name


@dataclass(frozen=True, slots=True)
class TunedRules:
    """Rules with their levels and owners as set, and their parameters beside them, as looking takes them."""

    rules: tuple[Rule, ...] = ALL_RULES
    settings: Mapping[str, Settings] = field(default_factory=dict)


AS_SHIPPED = TunedRules()


def problem_of(setting: Setting) -> str | None:
    """What is wrong with it, as a sentence for whoever typed it; None where it may be."""
    rule = BY_SIGNAL.get(setting.signal)
    if rule is None:
        return f"There is no rule “{setting.signal}”."
    if setting.sort == LEVEL:
        allowed = ", ".join(LEVELS)
        return None if setting.value in LEVELS else f"The level is “{setting.value}”; it may be one of: {allowed}."
    if setting.sort == OWNER:
        if setting.value in SECTORS:
            return None
        return f"“{setting.value}” is no sector that can be asked; one of: {', '.join(sorted(SECTORS))}."
    if setting.sort != PARAMETER:
        return f"“{setting.sort}” cannot be set; a parameter, the level or the owner can."
    parameter = next((one for one in rule.parameters if one.name == setting.name), None)
    if parameter is None:
        declared = ", ".join(one.name for one in rule.parameters) or "none"
        return f"The rule “{rule.title}” has no parameter “{setting.name}”; it has: {declared}."
    return _problem_of_number(parameter, setting.value)


def _problem_of_number(parameter: Parameter, value: str) -> str | None:
    most = most_of(parameter)
    if value.isascii() and value.isdigit() and 1 <= int(value) <= most:
        return None
    allowed = f"a whole number of {parameter.unit}, 1 to {most}"
    return f"{parameter.name} ({parameter.meaning}) is “{value}”; it must be {allowed}."


def most_of(parameter: Parameter) -> int:
    """The largest value that a parameter may have."""
    return DAYS_AT_MOST if parameter.unit == "days" else OTHERS_AT_MOST


def problems_of(settings: Iterable[Setting]) -> Iterator[str]:
    """Every problem, in the order of the settings; a thing set twice is one too."""
    seen: set[tuple[str, str, str]] = set()
    for setting in settings:
        if setting.key in seen:
            yield f"{setting.signal}: {setting.name or setting.sort} is set twice."
        seen.add(setting.key)
        problem = problem_of(setting)
        if problem is not None:
            yield problem


def shipped_value(signal: str, sort: str, name: str) -> str:
    """What the program ships with for something that may be set."""
    rule = BY_SIGNAL[signal]
    if sort == LEVEL:
        return rule.level.name.lower()
    return rule.owner if sort == OWNER else str(rule.defaults[name])


def tuned(settings: Iterable[Setting], rules: Sequence[Rule] = ALL_RULES) -> TunedRules:
    """The rules as these settings make them. A setting with a problem is passed over: a rule that has lost a parameter
    with a new version of the program goes on with what it ships with.

    A level is that of the rule; where a pattern is graver by its nature, it stays so, unless the level is ``note``.
    """
    numbers: dict[str, dict[str, int]] = {}
    changed = {rule.signal: rule for rule in rules}
    for setting in settings:
        if setting.signal not in changed or problem_of(setting) is not None:
            continue
        rule = changed[setting.signal]
        if setting.sort == LEVEL:
            level = LEVELS[setting.value]
            changed[rule.signal] = replace(rule, level=level, only_noted=level is Level.NOTE)
        elif setting.sort == OWNER:
            changed[rule.signal] = replace(rule, owner=setting.value)
        else:
            numbers.setdefault(rule.signal, {})[setting.name] = int(setting.value)
    return TunedRules(tuple(changed.values()), numbers)
