"""What agencies of a sector usually bring: a beginning for a new draft, never a decision. Pure."""

from __future__ import annotations

from onestory.platform.access.policy import InfoClass
from onestory.platform.history.vocabulary import KINDS

EVERYWHERE = frozenset(
    {
        "appointment",
        "concern",
        "disclosure",
        "harm",
        "household",
        "injury",
        "move",
        "note",
        "observation",
        "protective",
        "tool",
        "visit",
        "voice",
    }
)
OF_SECTOR: dict[str, frozenset[str]] = {
    "adult_mental_health": EVERYWHERE | {"relevance", "assessment", "aftercare"},
    "substance_misuse_service": EVERYWHERE | {"relevance", "assessment", "aftercare"},
    "childrens_social_care": frozenset(KINDS),
    "early_help": frozenset(KINDS) - {"order", "breach"},
    "police": EVERYWHERE | {"incident", "order", "breach", "check", "meeting"},
    "probation": EVERYWHERE | {"order", "breach", "meeting"},
    "court": EVERYWHERE | {"order", "breach"},
    "school": EVERYWHERE | {"absence", "withdrawal", "meeting"},
    "urgent_care": EVERYWHERE | {"attendance"},
    "acute_health": EVERYWHERE | {"attendance", "birth", "pregnancy"},
    "maternity": EVERYWHERE | {"pregnancy", "birth"},
}
CLASSES_OF_SECTOR: dict[str, frozenset[InfoClass]] = {
    "childrens_social_care": frozenset(InfoClass) - {InfoClass.SEALED},
    "police": frozenset({InfoClass.CHRONOLOGY, InfoClass.SOURCE_DETAIL, InfoClass.REPORTER, InfoClass.LOCATION}),
    "adult_mental_health": frozenset({InfoClass.CHRONOLOGY, InfoClass.SOURCE_DETAIL}),
    "substance_misuse_service": frozenset({InfoClass.CHRONOLOGY, InfoClass.SOURCE_DETAIL}),
}


def usual_kinds(sector: str) -> frozenset[str]:
    """Kinds of entry that agencies of the sector usually bring."""
    return OF_SECTOR.get(sector, EVERYWHERE | {"meeting", "assessment", "plan", "action", "request", "aftercare"})


def usual_classes(sector: str) -> frozenset[InfoClass]:
    """Classes of information that agencies of the sector usually bring."""
    return CLASSES_OF_SECTOR.get(sector, frozenset({InfoClass.CHRONOLOGY, InfoClass.REPORTER, InfoClass.LOCATION}))
