"""The chronology: one append-only table of entries, and a table for each class of what belongs to an entry.

``Entry`` itself is the summary that many may see (agency, date, kind, factors, coded keys). Words,
a source agency's detail, care history, reporter, location and legal advice each have a table of
their own, so that the database can guard each class apart. Nothing is edited: a later entry
supersedes. The database refuses UPDATE and DELETE by trigger, whoever asks.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from onestory.platform.access.guarding import CLASSES, AboutEntry
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Agency
from onestory.platform.append_only import append_only
from onestory.platform.history.fields import WhenField
from onestory.platform.history.vocabulary import KINDS, REPORTERS, RESTRICTIONS
from onestory.platform.identifiers import new_id
from onestory.platform.people.models import AgencyRecord


class Weight(models.TextChoices):
    """How an entry is shown: key and routine ones in the chronology, the program's own process noise demoted."""

    KEY = "key", "Key"
    ROUTINE = "routine", "Routine"
    SYSTEM = "system", "System"


class Part(models.TextChoices):
    """What a person has to do with an entry."""

    ABOUT = "about", "about"
    SEEN = "seen", "seen in person"
    SEEN_ALONE = "seen_alone", "seen alone"
    TOGETHER = "together", "in contact with one another"


class Entry(models.Model):
    """One thing that happened, as one agency recorded it: the summary.

    ``info`` is the class under which its existence falls (classes.py), ``keys`` say whom it names.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    happened = WhenField()
    happened_first = models.DateField()
    happened_last = models.DateField()
    known = WhenField(blank=True, help_text="When the recording agency had it; empty: it came out only afterwards.")
    known_on = models.DateField(null=True, blank=True)
    position = models.BigIntegerField(help_text="Order among entries that became known on the same day.")
    recorded_at = models.DateTimeField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="entries")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=20, choices=[(kind.code, kind.label) for kind in KINDS.values()])
    factors = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    count = models.PositiveIntegerField(default=1)
    weight = models.CharField(max_length=10, choices=Weight.choices, default=Weight.ROUTINE)
    restricted = models.CharField(
        max_length=30,
        blank=True,
        choices=[(code, code) for code in RESTRICTIONS],
        help_text="Only where the class of the entry hides it too; else the part says so that holds the words.",
    )
    info = models.PositiveSmallIntegerField(choices=CLASSES, default=InfoClass.CHRONOLOGY.number, editable=False)
    keys = ArrayField(models.TextField(), default=list, editable=False)
    ref = models.TextField(blank=True)
    own = models.JSONField(default=dict, blank=True, help_text="The kind's own coded keys; people as agency records.")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    withdrawn = models.BooleanField(default=False, help_text="Takes back the entry that it supersedes.")
    from_the_start = models.BooleanField(
        default=False, help_text="What it supersedes was never so, and counts on no day: a source put itself right."
    )

    class Meta:
        triggers = append_only()
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["known_on", "position"], name="entry_in_order_known"),
            GinIndex(fields=["factors"], name="entry_by_factor"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="entry_stands_for_at_least_one"),
            models.CheckConstraint(
                condition=Q(known_on__isnull=True) | Q(known_on__gte=models.F("happened_last")),
                name="entry_known_after_it_happened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.happened}, {self.agency}"


class EntryPerson(AboutEntry):
    """Whom an entry is about, whom a professional saw, who was in contact: by the agency's own record of them.

    ``known_on`` and ``position`` are the entry's, so that the latest entries of a person lie side by side.
    """

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="people")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="entries")
    part = models.CharField(max_length=10, choices=Part.choices)
    known_on = models.DateField(null=True)
    position = models.BigIntegerField(default=0)

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["record", "-known_on", "-position"], name="latest_entries_of_a_record")]
        constraints = [models.UniqueConstraint(fields=["record", "entry", "part"], name="entry_names_a_person_once")]


class EntryTold(AboutEntry):
    """That an agency had an entry, its author included; later telling is a row of its own."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="told")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField(null=True, help_text="Empty: not stated.")

    class Meta:
        triggers = append_only()
        constraints = [models.UniqueConstraint(fields=["entry", "agency"], name="agency_told_once")]


class EntryPart(AboutEntry):
    """Base of what belongs to an entry and is guarded apart from it.

    ``restricted``: the words of the entry lie here because they would tell what the part's class is for.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="%(class)s")
    text = models.TextField(blank=True)
    own = models.JSONField(default=dict, blank=True, help_text="The kind's own keys that are words.")
    restricted = models.BooleanField(default=False)

    class Meta:
        abstract = True
        triggers = append_only()


class EntryText(EntryPart):
    """The words of an entry (class 2, full view)."""


class EntrySourceDetail(EntryPart):
    """Detail that belongs to its source: therapy, police intelligence (class 4)."""


class EntryCareHistory(EntryPart):
    """A parent's own care history (class 5, T4.5); its factors lie here too, since they would tell it."""

    factors = ArrayField(models.CharField(max_length=40), default=list, blank=True)


class EntryLocation(EntryPart):
    """Where a family is or goes (class 7)."""


class EntryLocationHeld(AboutEntry):
    """That a place is on record with the entry: "protected, ask the holder" (class 7, masked)."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="location_held")

    class Meta:
        triggers = append_only()


class EntryLegalAdvice(EntryPart):
    """Legal advice (class 9)."""


class EntryReporter(EntryPart):
    """Who told (class 6); and the words of an entry that would give them away, where no role need be known."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="reporter")
    role = models.CharField(max_length=20, choices=list(REPORTERS.items()), blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    label = models.CharField(max_length=500, blank=True)
