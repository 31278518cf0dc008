"""What a record says, as the keys and the comparisons want it."""

from __future__ import annotations

from collections.abc import Iterable

from onestory.arrive.matching.comparing.person import Person, person_from
from onestory.arrive.matching.models import FormerName, RecordContact
from onestory.arrive.matching.searching.keys import Stated
from onestory.arrive.matching.searching.name_tokens import name_words, split_label
from onestory.platform.people.models import AgencyRecord


def stated_by(record: AgencyRecord, former: Iterable[FormerName], contacts: Iterable[RecordContact]) -> Stated:
    """What a record says, for its search keys."""
    names = [name_words(record.given_name, record.family_name, record.label)]
    for one in former:
        given, family = one.given_name or record.given_name, one.family_name or record.family_name
        names.append(name_words(given, family))
    contacts = list(contacts)
    return Stated(
        names=tuple(dict.fromkeys(names)),
        born=str(record.born or ""),
        nhs_number=record.nhs_number,
        upn=record.upn,
        local_number=record.number,
        postcodes=tuple(one.postcode for one in contacts if one.postcode),
        phones=tuple(one.phone for one in contacts if one.phone),
    )


def person_of(record: AgencyRecord, contact: RecordContact | None = None) -> Person:
    """A record for comparing; without ``contact`` nothing is said of where somebody lives."""
    given, family = record.given_name, record.family_name
    if not (given.strip() or family.strip()):
        given, family = split_label(record.label)
    place = (
        {}
        if contact is None
        else {name: getattr(contact, name) for name in ("address_line", "locality", "postcode", "phone")}
    )
    known, _ = person_from(
        {
            "given_name": given,
            "surname": family,
            "birth_date": str(record.born or ""),
            "sex": record.sex,
            "nhs_number": record.nhs_number,
            "upn": record.upn,
            **place,
        }
    )
    return known
