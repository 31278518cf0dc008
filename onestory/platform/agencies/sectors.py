"""The sectors that agencies belong to, in words. A file may bring another one; it is then shown as it was written."""

from __future__ import annotations

SECTORS: dict[str, str] = {
    "childrens_social_care": "Children’s social care",
    "early_help": "Early help",
    "school": "School",
    "early_years": "Nursery or other early years care",
    "elective_home_education": "Elective home education",
    "police": "Police",
    "probation": "Probation",
    "court": "Court",
    "maternity": "Maternity",
    "health_visiting": "Health visiting",
    "school_nursing": "School nursing",
    "general_practice": "General practice",
    "urgent_care": "Urgent or emergency care",
    "acute_health": "Hospital",
    "ambulance": "Ambulance service",
    "community_health": "Community health",
    "camhs": "Child and adolescent mental health",
    "dental": "Dental care",
    "adult_mental_health": "Adult mental health",
    "substance_misuse_service": "Substance misuse service",
    "domestic_abuse_service": "Domestic abuse service",
    "housing": "Housing",
    "housing_support": "Housing support",
    "leaving_care": "Leaving care",
    "safeguarding_partnership": "The safeguarding partnership itself",
}


def sector_words(code: str) -> str:
    """A sector in words; a code that a partnership added itself, as it is."""
    return SECTORS.get(code) or code.replace("_", " ").capitalize()
