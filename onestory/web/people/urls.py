"""The addresses of finding and joining people."""

from django.urls import path

from onestory.web.people import views

app_name = "people"
urlpatterns = [
    path("find", views.find, name="find"),
    path("same-person", views.records, name="records"),
    path("same-person/pairs/<uuid:candidate_id>", views.pair, name="pair"),
    path("same-person/joins/<uuid:join_id>/confirm", views.confirm, name="confirm"),
    path("same-person/joins/<uuid:join_id>/undo", views.undo, name="undo"),
    path("people/<uuid:person_id>/records", views.joined, name="joined"),
]
