"""Addresses of alerts and rules."""

from django.urls import path

from onestory.oversee.signals import views

urlpatterns = [
    path("alerts/<uuid:alert_id>", views.alert, name="alert"),
    path("questions", views.load, name="questions"),
    path("rules", views.rules, name="rules"),
    path("rules/<slug:signal>", views.rule, name="rule"),
]
