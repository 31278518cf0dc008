"""The words of the record: kinds of entry with their own keys, factors with census codes, relationships.

This is the one place where the vocabulary is written down. The file format, its JSON Schema, the
database, the forms and the rules all read it from here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Shape(StrEnum):
    """What the value of a kind's own key looks like."""

    TEXT = "text"  # free words of a person: class 2 text, never in the summary
    CODE = "code"  # a short code that a partnership may extend (a service, a type of order)
    CHOICE = "choice"  # one of a closed list
    TRUTH = "truth"  # true or false; absent means not stated
    NUMBER = "number"  # a whole number
    PERCENT = "percent"  # 0 to 100, decimals allowed
    WHEN = "when"  # a date as onestory.platform.history.dates reads it
    PERIOD = "period"  # an ISO 8601 duration of whole days, weeks, months or years: P3M
    PERSON = "person"
    PEOPLE = "people"  # one person or a list of them
    AGENCY = "agency"
    AGENCIES = "agencies"
    PARTY = "party"  # a person or an agency
    PARTIES = "parties"
    ENTRY = "entry"
    ENTRIES = "entries"
    FACTORS = "factors"
    CODES = "codes"
    CONDITION = "condition"  # what makes a standing condition fire
    FORBIDS = "forbids"  # who must not be together
    DETAIL = "detail"  # words that stay with their source and its own readers: class 4
    PLACE = "place"  # where a family is or goes: kept with the location, class 7


@dataclass(frozen=True, slots=True)
class Key:
    """One own key of a kind: its name, its shape and, for a closed list, what is allowed."""

    name: str
    shape: Shape
    allowed: tuple[str, ...] = ()
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry: its code, its name for a reader, its own keys; of ``one_of`` at least one has to be said."""

    code: str
    label: str
    keys: tuple[Key, ...] = ()
    one_of: tuple[str, ...] = ()
    by_name: dict[str, Key] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {key.name: key for key in self.keys})


def _choice(name: str, allowed: str, meaning: str = "") -> Key:
    return Key(name, Shape.CHOICE, tuple(allowed.split()), meaning)


DECISION_OUTCOMES = (
    "no_further_action information_only advice early_help assessment strategy_discussion section_47 "
    "conference legal accepted_explanation malicious threshold_not_met withdrawn closed"
)
ASSESSMENT_TYPES = "early_help child_and_family pre_birth parenting section_47 court_report private_fostering medical"
MEETING_TYPES = "strategy conference core_group cin_review mapping taf panel"
PLAN_TYPES = "early_help child_in_need child_protection"
APPOINTMENT_OUTCOMES = "kept missed not_brought cancelled declined not_arranged"
VISIT_OUTCOMES = "seen no_access refused not_made wrong_address"

_T = Shape
_DIED = Key("died", _T.PEOPLE, meaning="who died on the day that it happened")
KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            "concern",
            "Concern",
            (
                Key("to", _T.AGENCY, meaning="agency it was told to; default the area's social care"),
                Key("alleged_malicious", _T.TRUTH),
            ),
        ),
        Kind("incident", "Police incident", (Key("attended", _T.TRUTH),)),
        Kind(
            "injury",
            "Injury",
            (
                Key("site", _T.TEXT),
                _choice("severity", "minor moderate serious"),
                Key("explanation", _T.TEXT),
                _choice("explained", "consistent inconsistent unexplained"),
            ),
        ),
        Kind("disclosure", "Disclosure"),
        Kind("observation", "Observation"),
        Kind("attendance", "Urgent, emergency or hospital care", (Key("reason", _T.TEXT),)),
        Kind(
            "appointment",
            "Appointment",
            (Key("service", _T.CODE), _choice("outcome", APPOINTMENT_OUTCOMES)),
        ),
        Kind(
            "absence",
            "School absence",
            (Key("sessions_percent", _T.PERCENT, meaning="sessions missed"), Key("letter", _T.NUMBER)),
        ),
        Kind("visit", "Visit", (_choice("outcome", VISIT_OUTCOMES), Key("announced", _T.TRUTH))),
        Kind("pregnancy", "Pregnancy"),
        Kind("birth", "Birth"),
        Kind("move", "Move", (Key("to_area", _T.PLACE),)),
        Kind("household", "Household", (Key("joined", _T.PEOPLE), Key("left", _T.PEOPLE))),
        Kind("withdrawal", "Withdrawal", (Key("from", _T.CODE, meaning="school, GP list or service"),)),
        Kind(
            "order",
            "Order",
            (
                Key(
                    "type", _T.CODE, meaning="restraining, non_molestation, bail, community, child_arrangements, care …"
                ),
                Key("against", _T.PEOPLE),
                Key("protects", _T.PEOPLE),
                _choice("stage", "made varied ended"),
                Key("until", _T.WHEN),
            ),
        ),
        Kind(
            "breach",
            "Breach of an order",
            (
                Key("type", _T.CODE),
                Key("against", _T.PEOPLE),
                Key("protects", _T.PEOPLE),
                _choice("stage", "made varied ended"),
                Key("until", _T.WHEN),
            ),
        ),
        Kind(
            "check",
            "Check with agencies",
            (
                Key("asked", _T.AGENCIES),
                Key("answered", _T.AGENCIES),
                Key("found", _T.TEXT),
                _choice("result", "nothing_held nothing_adverse adverse"),
            ),
        ),
        Kind(
            "decision",
            "Decision",
            (
                _choice("outcome", DECISION_OUTCOMES),
                Key("on_entries", _T.ENTRIES),
                Key(
                    "verified",
                    _T.TRUTH,
                    meaning="the content was tested by something other than asking the person complained of",
                ),
                Key("checks_done", _T.TRUTH, meaning="agencies were asked this time"),
            ),
        ),
        Kind(
            "assessment",
            "Assessment",
            (
                _choice("type", ASSESSMENT_TYPES),
                _choice("stage", "started completed"),
                Key("chronology", _T.TRUTH),
                Key("covers", _T.FACTORS),
                Key("tools", _T.CODES),
            ),
        ),
        Kind("meeting", "Meeting", (_choice("type", MEETING_TYPES), Key("present", _T.AGENCIES))),
        Kind(
            "plan",
            "Plan",
            (
                _choice("type", PLAN_TYPES),
                _choice("stage", "opened reviewed closed"),
                Key("agencies", _T.AGENCIES),
                Key("review_due", _T.WHEN),
            ),
        ),
        Kind(
            "agreement",
            "Written agreement or safety plan",
            (Key("signed_by", _T.PARTIES), Key("terms", _T.TEXT), Key("forbids", _T.FORBIDS)),
        ),
        Kind(
            "condition",
            "Standing condition",
            (
                Key("if", _T.CONDITION),
                Key("unless", _T.CONDITION),
                Key("then", _T.TEXT),
                Key("from", _T.ENTRY),
                Key("ended", _T.WHEN),
            ),
        ),
        Kind(
            "action",
            "Action of a plan",
            (
                Key("action", _T.CODE),
                _choice("stage", "required done dropped"),
                Key("due", _T.WHEN),
                Key("owner", _T.PARTY),
            ),
        ),
        Kind(
            "request",
            "Request for a check, service or test",
            (
                Key("type", _T.CODE),
                Key("of", _T.AGENCY),
                _choice("stage", "asked accepted declined answered withdrawn"),
                Key("request", _T.CODE),
            ),
        ),
        Kind(
            "notice",
            "Notice to an agency",
            (
                Key("of", _T.TEXT, meaning="the id of a plan's entry, or words"),
                Key("to", _T.AGENCIES),
                _choice("stage", "sent acknowledged"),
                Key("agencies", _T.AGENCIES),
            ),
        ),
        Kind(
            "aftercare",
            "After-care",
            (
                Key("who", _T.PARTY),
                Key("what", _T.TEXT),
                Key("every", _T.PERIOD),
                Key("until", _T.WHEN),
            ),
        ),
        Kind(
            "protective",
            "Protective person or fact",
            (Key("tested", _T.TRUTH), _choice("evidence", "for against")),
        ),
        Kind(
            "relevance",
            "What bears on the child",
            (
                Key("detail", _T.DETAIL, meaning="the service's own detail, such as therapy: not for others"),
                Key("parent_told", _T.TEXT, meaning="what the parent was told of it"),
                Key("not_told_because", _T.TEXT, meaning="why the parent was not told"),
            ),
            one_of=("parent_told", "not_told_because"),
        ),
        Kind("voice", "Voice of the child"),
        Kind("tool", "Tool completed", (Key("tool", _T.CODE),)),
        Kind("harm", "Death or serious harm", (_DIED,)),
        Kind("note", "Note", (_DIED,)),
    )
}

RELATIONS: dict[str, str] = {
    "mother": "mother",
    "father": "father",
    "parent": "parent",
    "step_parent": "step-parent",
    "spouse": "husband, wife or civil partner",
    "partner": "partner",
    "ex_spouse": "divorced husband, wife or civil partner",
    "ex_partner": "former partner",
    "sibling": "sibling",
    "half_sibling": "half-sibling",
    "grandparent": "grandparent",
    "great_grandparent": "great-grandparent",
    "aunt_uncle": "aunt or uncle",
    "great_aunt_uncle": "great-aunt or great-uncle",
    "carer": "carer",
    "friend": "friend",
    "other": "other",
}
PARENT_RELATIONS = frozenset({"mother", "father", "parent"})
TOGETHER_RELATIONS = frozenset({"spouse", "partner"})
APART_RELATIONS = frozenset({"ex_spouse", "ex_partner"})
COUPLE_RELATIONS = TOGETHER_RELATIONS | APART_RELATIONS
SYMMETRIC_RELATIONS = COUPLE_RELATIONS | {"sibling", "half_sibling", "friend"}
STATUSES = ("alleged", "denied", "confirmed")
REPORTERS: dict[str, str] = {
    "professional": "a professional",
    "family": "a family member",
    "friend": "a friend",
    "public": "a member of the public",
    "anonymous": "an anonymous caller",
    "child": "a child",
    "self": "the person themselves",
}
RESTRICTIONS = ("care_history", "adult_mental_health", "reporter_identity", "address", "legal")


@dataclass(frozen=True, slots=True)
class Factor:
    """A need or risk that an entry names: code in the children in need census, words for a reader."""

    code: str
    label: str
    census: str = ""


FACTORS: dict[str, Factor] = {
    factor.code: factor
    for factor in (
        Factor("alcohol_child", "alcohol misuse by the child", "1A"),
        Factor("alcohol_parent", "alcohol misuse by a parent or carer", "1B"),
        Factor("drugs_child", "drug misuse by the child", "2A"),
        Factor("drugs_parent", "drug misuse by a parent or carer", "2B"),
        Factor("domestic_abuse_child", "domestic abuse of the child", "3A"),
        Factor("domestic_abuse_parent", "domestic abuse of a parent or carer", "3B"),
        Factor("mental_health_child", "the child's mental health", "4A"),
        Factor("mental_health_parent", "a parent's or carer's mental health", "4B"),
        Factor("learning_disability_child", "the child's learning disability", "5A"),
        Factor("learning_disability_parent", "a parent's or carer's learning disability", "5B"),
        Factor("disability_child", "the child's disability or illness", "6A"),
        Factor("illness_parent", "a parent's or carer's disability or illness", "6B"),
        Factor("young_carer", "young carer", "7A"),
        Factor("privately_fostered", "privately fostered", "8B–8F"),
        Factor("asylum", "unaccompanied asylum-seeking child", "9A"),
        Factor("missing", "going missing", "10A"),
        Factor("child_sexual_exploitation", "child sexual exploitation", "11A"),
        Factor("trafficking", "trafficking", "12A"),
        Factor("gangs", "gangs", "13A"),
        Factor("socially_unacceptable_behaviour", "socially unacceptable behaviour", "14A"),
        Factor("self_harm", "self-harm", "15A"),
        Factor("neglect", "neglect", "16A"),
        Factor("emotional_abuse", "emotional abuse", "17A"),
        Factor("physical_abuse_child_on_child", "physical abuse by a child", "18B"),
        Factor("physical_abuse_adult", "physical abuse by an adult", "18C"),
        Factor("sexual_abuse_child_on_child", "sexual abuse by a child", "19B"),
        Factor("sexual_abuse_adult", "sexual abuse by an adult", "19C"),
        Factor("other", "other", "20"),
        Factor("fgm", "female genital mutilation", "22A"),
        Factor("faith_abuse", "abuse linked to faith or belief", "23A"),
        Factor("criminal_exploitation", "child criminal exploitation", "24A"),
        Factor("hygiene", "hygiene"),
        Factor("hunger", "hunger"),
        Factor("supervision", "supervision"),
        Factor("home_conditions", "home conditions"),
        Factor("weight_faltering", "faltering weight"),
        Factor("attendance", "school attendance"),
        Factor("punctuality", "punctuality"),
        Factor("begging", "begging"),
        Factor("debt", "debt or asking for money"),
        Factor("housing_insecurity", "insecure housing"),
        Factor("isolation", "isolation"),
        Factor("unsafe_sleep", "unsafe sleep"),
        Factor("smoking", "smoking"),
        Factor("young_parent", "young parent"),
        Factor("care_experienced_parent", "care-experienced parent"),
        Factor("carer_avoids_professionals", "carer avoids professionals"),
        Factor("disguised_compliance", "apparent co-operation only"),
        Factor("unknown_adults", "unknown adults in the home"),
        Factor("head_banging", "head banging"),
        Factor("prematurity", "born early"),
        Factor("bruising", "bruising"),
        Factor("violence_or_offending_adult", "violence or offending by an adult"),
        Factor("substance_unspecified", "substance misuse, not specified"),
    )
}
