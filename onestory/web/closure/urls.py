"""Addresses of the pages on which a plan ends."""

from django.urls import path

from onestory.web.closure import views
from onestory.web.closure.answering import closure

urlpatterns = [
    path("plans/<uuid:plan_id>/closing", views.closing, name="closing"),
    path("closures/let-stand", views.let_stand_list, name="let_stand_list"),
    path("closures/<uuid:closure_id>", closure, name="closure"),
    path("closures/<uuid:closure_id>/gate", views.gate, name="closure_gate"),
    path("closures/<uuid:closure_id>/record", views.write, name="closure_record"),
    path("closures/<uuid:closure_id>/receivers", views.receiver, name="closure_receivers"),
    path("closures/<uuid:closure_id>/receivers/<uuid:receiver_id>", views.receiver, name="closure_receiver"),
    path("closures/<uuid:closure_id>/receivers/<uuid:receiver_id>/drop", views.drop, name="closure_drop"),
    path("closures/<uuid:closure_id>/answer/<str:part>/<str:of>", views.answer, name="closure_answer"),
    path("closures/<uuid:closure_id>/let-stand/<str:part>/<str:of>", views.let_stand, name="closure_let_stand"),
]
