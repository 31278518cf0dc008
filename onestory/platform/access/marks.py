"""The number of each agency record by which guarded rows know whom they are about, and whose ties it opens to."""

from __future__ import annotations

from django.db import models


class RecordMark(models.Model):
    """The mark of one agency record. The database makes it with the record and moves ``person`` along with it.

    Whose ties open it stands in ``grants_follow``: after a move that is the person for whom the record was made
    (``home``), until a second person has confirmed the move. So what closes a record follows a join at once and what
    opens it waits; and a join that is undone is undone at once.
    """

    mark = models.BigAutoField(primary_key=True)
    record = models.OneToOneField("people.AgencyRecord", on_delete=models.CASCADE, related_name="access_mark")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    was_adult = models.BooleanField(
        db_default=False, help_text="Whether rows may know the person as an adult: a young parent has a story later."
    )
    grants_follow = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["person"],
                condition=~models.Q(grants_follow=models.F("person")),
                name="join_waits_for_a_second_person",
            )
        ]
