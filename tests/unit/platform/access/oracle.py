"""A second reading of who may see what, written from the partnership's words and from nothing else.

It shares no line and no table with the program: letters instead of levels, questions instead of a
table, denials first. It uses the program's plain descriptions of a reader and an item, since these
are the questions, not the answers. Where it differs from the program, one of the two has misread.
"""

from __future__ import annotations

from onestory.platform.access.reading import Item, PersonIn, Reader

RISING = "–MISF"
SCHOOLS = {"teacher", "safeguarding_lead"}
ADMINISTRATION = {"partnership_administrator", "privacy_officer", "audit_reader", "board_member"}
SOCIAL_CARE = {"duty_social_worker", "out_of_hours_social_worker", "social_worker", "social_work_manager"}
FRONT_DOOR = {"duty_social_worker"}
POLICE = {"police_officer", "police_out_of_hours"}
OUT_OF_HOURS = {"out_of_hours_social_worker", "police_out_of_hours"}


def what_the_words_say(reader: Reader, item: Item) -> tuple[str, bool]:
    """The letter F, S, I, M or –, and whether the privacy officer hears of it."""
    if conflicted(reader, item):
        return "–", True
    letter = before_masking(reader, item)
    if letter == "F" and item.tells_location and item.info.value != "location" and not sees_location(reader, item):
        letter = "S"
    return letter, False


def conflicted(reader: Reader, item: Item) -> bool:
    everybody = set()
    for person in item.people:
        everybody |= {person.id, *person.joined}
    return not everybody.isdisjoint(reader.conflicts)


def sees_location(reader: Reader, item: Item) -> bool:
    return before_masking(reader, item, as_class="location") == "F"


def before_masking(reader: Reader, item: Item, as_class: str | None = None) -> str:
    about = as_class or item.info.value
    if reader.role.code in ADMINISTRATION:
        return "–"
    if about in ("reporter", "location") and near_a_perpetrator(reader, item) and not let_through(reader, item):
        return "–"
    if any(person.sealed and not opens_seal(reader, person) for person in item.people):
        return "–"
    if item.privileged and by_tie(reader, item, "legal") == "–":
        return "–"
    letter = "F" if about == "location" and police_must_answer(reader, item) else by_tie(reader, item, about)
    return weaker(letter, most_for_role(reader, item, about), most_that_is_shared(reader, item, about), about)


def weaker(letter: str, role_most: str, shared_most: str, about: str) -> str:
    for most in (role_most, shared_most):
        if RISING.index(most) < RISING.index(letter):
            letter = most
            if about == "location" and letter in "IS":
                letter = "M"
    return letter


def most_for_role(reader: Reader, item: Item, about: str) -> str:
    code = reader.role.code
    if about == "care_history" and (code in SCHOOLS or code in ("housing", "probation")):
        return "–"
    if about == "chronology" and code in ("housing", "probation"):
        return "S"
    if about == "source_detail" and code in SCHOOLS:
        return "S"
    return "F"


def most_that_is_shared(reader: Reader, item: Item, about: str) -> str:
    if reader.agency == item.agency:
        return "F"
    if about == "care_history" and reader.agency not in item.bases and ({"*", reader.agency} & item.refused):
        return "–"
    for whom in (reader.agency, "*"):
        if whom in item.shared_at_most:
            return RISING[int(item.shared_at_most[whom])]
    return "F"


def near_a_perpetrator(reader: Reader, item: Item) -> bool:
    perpetrators: set[str] = set()
    for person in item.people:
        perpetrators |= person.threatened_by
        if person.alleged:
            perpetrators |= {person.id} | person.joined
    told_so = {who for who, ties in reader.ties.items() if any(tie.value == "adverse" for tie in ties)}
    here = {one for person in item.people for one in (person.id, *person.joined)}
    return bool(perpetrators & known_to(reader)) or bool(told_so & here)


def known_to(reader: Reader) -> set[str]:
    return {who for who, ties in reader.ties.items() if any(tie.value != "none" for tie in ties)}


def let_through(reader: Reader, item: Item) -> bool:
    """The lead of everybody in it who is to be kept safe from one whom the reader is tied to lists the reader."""
    exposed = []
    for person in item.people:
        told_so = any(tie.value == "adverse" for one in (person.id, *person.joined) for tie in reader.ties.get(one, ()))
        if told_so or person.threatened_by & known_to(reader):
            exposed.append(person)
    return len(exposed) > 0 and all(on(person.listed, reader) for person in exposed)


def on(some_list: frozenset[str], reader: Reader) -> bool:
    return reader.id in some_list or not reader.teams.isdisjoint(some_list)


def opens_seal(reader: Reader, person: PersonIn) -> bool:
    """The lead or manager of that very person whom the list names; or two people, by break-glass."""
    ties = {tie.value for tie in reader.ties.get(person.id, ())}
    return ("lead" in ties and on(person.named, reader)) or ("break_glass" in ties and person.id in reader.approved)


def police_must_answer(reader: Reader, item: Item) -> bool:
    return reader.role.code in POLICE and reader.agency in item.asked_to_check


def by_tie(reader: Reader, item: Item, about: str) -> str:
    letters = [column("no tie", reader, item, about, None)]
    if near_a_perpetrator(reader, item):
        letters.append(column("adverse", reader, item, about, None))
    for person in item.people:
        for tie in reader.ties.get(person.id, ()):
            if tie.value in ("none", "adverse"):
                continue
            if person.alleged and (not person.child or len(item.people) > 1):
                continue
            letter = column(tie.value, reader, item, about, person)
            if not person.child and len(item.people) > 1 and letter == "F":
                letter = "M" if about == "location" else "S"
            letters.append(letter)
    return max(letters, key=RISING.index)


def column(tie: str, reader: Reader, item: Item, about: str, person: PersonIn | None) -> str:
    """The words of one column of the table, top to bottom."""
    own = item.agency == reader.agency
    social_care = reader.role.code in SOCIAL_CARE or reader.role.code in FRONT_DOOR
    out_of_hours = reader.role.code in POLICE or reader.role.code in OUT_OF_HOURS
    second = person is not None and person.id in reader.approved
    if about == "legal":
        return "F" if tie == "lead" and on(item.named, reader) else "–"
    if about == "sealed":
        if tie == "lead" and on(item.named, reader):
            return "F"
        return "F" if tie == "break_glass" and second else "–"
    based = "S" if reader.agency in item.bases else "–"
    listed = all(on(one.listed, reader) for one in item.people if one.protected)
    match tie:
        case "no tie":
            searching = reader.role.code in FRONT_DOOR and reader.purpose
            return "I" if about == "index" and searching else "–"
        case "agency":
            return "I" if about == "index" else "–"
        case "team":
            if about == "source_detail":
                return "F" if own else "–"
            return {"index": "I", "chronology": "S", "plans": "F", "location": "M"}.get(about, "–")
        case "front_door":
            return {"source_detail": "S", "care_history": based}.get(about, "F")
        case "worker":
            if about == "care_history":
                return "F" if own else based
            if about == "source_detail":
                return "F" if own else "S"
            if about == "location":
                return "F" if listed else "M"
            return "–" if about == "reporter" else "F"
        case "lead":
            if about in ("source_detail", "care_history"):
                return "F" if own else "S"
            if about == "reporter":
                return "F" if social_care else "–"
            return ("F" if listed else "–") if about == "location" else "F"
        case "adverse":
            mine = item.owner is not None and item.owner == reader.agency
            return "I" if about == "index" else ("F" if about == "plans" and mine else "–")
        case "break_glass":
            if about == "reporter":
                return "F" if out_of_hours else "–"
            if about == "location":
                return "F" if out_of_hours and second else "–"
            return {"source_detail": "S", "care_history": "–"}.get(about, "F")
    raise AssertionError(f"no words for the tie {tie}")
