"""All rules, in the order in which they speak when several see the same thing."""

from importlib import import_module

from onestory.oversee.signals.rule import Rule

ORDER = (
    "physical_harm_without_strategy_discussion",
    "order_or_safety_plan_breached",
    "standing_condition_met",
    "harm_continues_under_plan",
    "concerns_from_different_people",
    "new_harm_after_closure",
    "closed_without_testing",
    "closed_again_without_assessment",
)
ALL_RULES: tuple[Rule, ...] = tuple(import_module(f"{__name__}.{name}").RULE for name in ORDER)
BY_SIGNAL: dict[str, Rule] = {rule.signal: rule for rule in ALL_RULES}
