"""The addresses of tuning."""

from django.urls import path

from onestory.web.tuning import views

app_name = "tuning"
urlpatterns = [
    path("", views.tuning, name="tuning"),
    path("teams", views.teams, name="teams"),
    path("rules/<slug:signal>", views.rule, name="rule"),
    path("rules/<slug:signal>/<slug:sort>", views.propose, name="propose_of_rule"),
    path("rules/<slug:signal>/<slug:sort>/<slug:parameter>", views.propose, name="propose"),
    path("proposals/<uuid:proposal_id>", views.decide, name="decide"),
]
