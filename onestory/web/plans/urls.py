"""Addresses of the pages of plans."""

from django.urls import path

from onestory.web.plans.views import doing, involving, plans

PLAN = "plans/<uuid:plan_id>"
ACTION = f"{PLAN}/actions/<uuid:action_id>"

urlpatterns = [
    path("children/<uuid:child_id>/plans", plans.of_child, name="plans_of_child"),
    path("children/<uuid:child_id>/plans/new", plans.start, name="start_plan"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}/lead", plans.lead, name="plan_lead"),
    path(f"{PLAN}/children/<uuid:child>", plans.childs_words, name="plan_childs_words"),
    path(f"{PLAN}/outcomes/new", doing.outcome, name="plan_new_outcome"),
    path(f"{PLAN}/outcomes/<uuid:outcome_id>", doing.outcome, name="plan_outcome"),
    path(f"{PLAN}/outcomes/<uuid:outcome_id>/actions/new", doing.action, name="plan_new_action"),
    path(f"{PLAN}/outcomes/<uuid:outcome_id>/actions/<uuid:action_id>", doing.action, name="plan_change_action"),
    path(ACTION, doing.one_action, name="plan_action"),
    path(f"{ACTION}/done", doing.done, name="plan_action_done"),
    path(f"{ACTION}/new-day", doing.moved, name="plan_action_moved"),
    path(f"{ACTION}/give-up", doing.given_up, name="plan_action_given_up"),
    path(f"{PLAN}/agencies/new", involving.invite, name="plan_invite"),
    path(f"{PLAN}/agencies/<uuid:row_id>/leave-out", involving.leave_out, name="plan_leave_out"),
    path(f"{PLAN}/without-us", involving.without_us, name="plan_without_us"),
    path(f"{PLAN}/family/new", involving.new_relative, name="plan_new_relative"),
    path(f"{PLAN}/family/<uuid:row_id>", involving.relative, name="plan_relative"),
    path(f"{PLAN}/proposals/new", involving.propose, name="plan_propose"),
    path(f"{PLAN}/proposals/<uuid:proposal_id>", involving.answer, name="plan_proposal"),
    path(f"{PLAN}/agreements/new", involving.agree, name="plan_agree"),
    path(f"{PLAN}/agreements/<uuid:agreement_id>/end", involving.agreement_ends, name="plan_agreement_ends"),
]
