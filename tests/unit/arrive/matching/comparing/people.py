"""Persons for the tests."""

from __future__ import annotations

from onestory.arrive.matching.comparing.person import Person, person_from

SOPHIE = {
    "given_name": "Sophie",
    "surname": "Nowicki",
    "birth_date": "2012-05-04",
    "sex": "F",
    "phone": "07700 900123",
    "address_line": "12 Kestrel Way",
    "locality": "Bletchley",
    "postcode": "MK3 5QD",
}


def person(**changed: str) -> Person:
    """A Person from these fields alone."""
    return person_from(changed)[0]


def sophie(**changed: str) -> Person:
    """Sophie Nowicki, with these fields changed; an empty one is missing."""
    return person(**{**SOPHIE, **changed})
