"""All rules, in the order in which they speak when several see the same thing."""

from importlib import import_module

from onestory.oversee.signals.rule import Rule

ORDER = (
    "after_grave_harm",
    "injury_to_baby_not_mobile",
    "physical_harm_without_strategy_discussion",
    "order_or_safety_plan_breached",
    "standing_condition_met",
    "child_out_of_view_after_concern",
    "harm_continues_under_plan",
    "repeated_injuries_or_attendances",
    "enquiry_without_outcome",
    "assessment_not_made",
    "concerns_from_different_people",
    "new_harm_after_closure",
    "closed_without_testing",
    "closed_again_without_assessment",
    "plan_closed_with_matters_open",
    "same_level_plan_repeated",
    "agency_missing_from_next_plan",
    "plan_not_carried_out",
    "interacting_factors",
    "neglect_signs_without_tool",
    "medical_need_not_met",
    "not_shared_with_social_care",
    "new_adult_after_concern",
    "moved_after_concern",
    "unborn_child_at_risk",
    "returned_home_without_plan",
    "living_with_others_not_assessed",
    "child_not_seen",
    "urgent_care_attendance",
    "mandated_review_missed",
    "missed_repeatedly",
    "disengaged_after_closure",
    "aftercare_not_agreed",
    "closure_not_acknowledged",
    "request_unanswered",
    "assessment_without_chronology",
    "protection_untested",
    "young_parent_housing",
    "infant_sleep",
    "parent_unwell_with_baby",
    "no_lead_professional",
    "care_experienced_parent_without_offer",
)
ALL_RULES: tuple[Rule, ...] = tuple(import_module(f"{__name__}.{name}").RULE for name in ORDER)
BY_SIGNAL: dict[str, Rule] = {rule.signal: rule for rule in ALL_RULES}
