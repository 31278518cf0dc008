"""The addresses of feeds."""

from django.urls import path

from onestory.web.feeds import setting_up, views

app_name = "feeds"
urlpatterns = [
    path("", views.feeds, name="feeds"),
    path("set-up", setting_up.set_up, name="set_up"),
    path("mappings/<uuid:mapping_id>", setting_up.mapping, name="mapping"),
    path("people", views.people, name="people"),
    path("people/<uuid:waiting_id>", views.settle, name="settle"),
    path("runs/<uuid:run_id>", views.run, name="run"),
    path("runs/<uuid:run_id>/problems.csv", views.problems, name="problems"),
    path("<slug:feed_name>", views.feed, name="feed"),
]
