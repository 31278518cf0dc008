"""Addresses of the checks' pages."""

from django.urls import path

from onestory.web.checks import views

urlpatterns = [
    path("checks/<uuid:check_id>", views.check, name="check"),
    path("checks/<uuid:check_id>/no-longer-needed", views.withdraw, name="withdraw_check"),
    path("children/<uuid:child_id>/ask-agencies", views.ask_checks, name="ask_checks"),
    path("children/<uuid:child_id>/ask-for-welfare-check", views.ask_welfare_check, name="ask_welfare_check"),
]
