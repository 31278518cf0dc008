"""The addresses of the partnership's tools."""

from django.urls import path

from onestory.web.tools import views

app_name = "tools"
urlpatterns = [
    path("", views.tools, name="tools"),
    path("bring-in", views.bring_in, name="bring_in"),
    path("proposed/<uuid:proposed_id>", views.decide, name="decide"),
]
