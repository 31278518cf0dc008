"""The addresses of opening and closing records."""

from django.urls import path

from onestory.web.opening_records.views import dangers, interests, opening, protections, sharing

app_name = "records"
urlpatterns = [
    path("ask", opening.ask_for_record, name="ask"),
    path("asked/<uuid:number>", opening.asked, name="asked"),
    path("asked/<uuid:number>/approve", opening.approve, name="approve"),
    path("declared", interests.declared, name="declared"),
    path("entries/<uuid:entry_id>/sharing", sharing.decide, name="sharing"),
    path("<uuid:person_id>/open", opening.open_record, name="open"),
    path("<uuid:person_id>/interest", interests.declare, name="interest"),
    path("<uuid:person_id>/protections", protections.protections, name="protections"),
    path("<uuid:person_id>/seal", protections.seal, name="seal"),
    path("<uuid:person_id>/seal/names", protections.name_more, name="name_more"),
    path("<uuid:person_id>/seal/open", protections.unseal, name="unseal"),
    path("seals/<uuid:seal_id>/open", protections.open_seal, name="open_seal"),
    path("<uuid:person_id>/dangers", dangers.dangers, name="dangers"),
    path("<uuid:person_id>/dangers/new", dangers.record, name="record_danger"),
    path("<uuid:person_id>/dangers/<uuid:threat_id>/end", dangers.end, name="end_danger"),
    path("<uuid:person_id>/location", protections.protect, name="protect"),
    path("<uuid:person_id>/location/readers", protections.list_more, name="list_more"),
    path("<uuid:person_id>/location/end", protections.end_protection, name="end_protection"),
    path("<uuid:person_id>/readers/<uuid:listing_id>", protections.unlist, name="unlist"),
    path("<uuid:person_id>/care-history/wish", protections.wish, name="wish"),
    path("<uuid:person_id>/care-history/basis", protections.basis, name="basis"),
]
