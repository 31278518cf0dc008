"""The addresses of recording by hand."""

from django.urls import path

from onestory.web.entries import views

app_name = "entries"
urlpatterns = [
    path("entries/add", views.start, name="start"),
    path("children/<uuid:child_id>/add", views.choose, name="choose"),
    path("children/<uuid:child_id>/add/<slug:offer>", views.add, name="add"),
    path("children/<uuid:child_id>/entries/<uuid:entry_id>", views.saved, name="saved"),
    path("children/<uuid:child_id>/entries/<uuid:entry_id>/correct", views.correct, name="correct"),
    path("children/<uuid:child_id>/entries/<uuid:entry_id>/take-back", views.take_back, name="take_back"),
]
