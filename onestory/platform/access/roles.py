"""Roles: what somebody does in their team. A role alone opens nothing; it bounds what a tie may open.

``groups`` are the words by which the reviewed table speaks of roles: ``school``, ``housing``,
``probation`` and ``no_case_content`` have caps; ``front_door_role``, ``social_care``, ``police`` and
``emergency`` are conditions of a cell.
"""

from __future__ import annotations

from typing import ClassVar


class Role:
    """A role. Its first line is the sentence that people read; ``code`` is kept in a membership."""

    code: ClassVar[str]
    name: ClassVar[str]
    groups: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def sentence(cls) -> str:
        """What somebody in this role does, in one sentence."""
        return (cls.__doc__ or "").strip()


class Teacher(Role):
    """Teaches or cares for the child at school or nursery and tells of what they notice."""

    code, name, groups = "teacher", "Teacher", frozenset({"school"})


class SafeguardingLead(Role):
    """Leads on safeguarding in a school or nursery and answers for it to other agencies."""

    code, name, groups = (
        "safeguarding_lead",
        "Designated safeguarding lead",
        frozenset({"school"}),
    )


class DutySocialWorker(Role):
    """Takes in new concerns at the front door and decides with a manager what should happen."""

    code, name = "duty_social_worker", "Duty social worker (front door)"
    groups = frozenset({"social_care", "front_door_role"})


class OutOfHoursSocialWorker(Role):
    """Answers for children's social care at night, at weekends and on holidays."""

    code, name = "out_of_hours_social_worker", "Out-of-hours duty social worker"
    groups = frozenset({"social_care", "emergency"})


class SocialWorker(Role):
    """Assesses, plans and visits for the children allocated to them."""

    code, name, groups = "social_worker", "Social worker", frozenset({"social_care"})


class SocialWorkManager(Role):
    """Answers for a social work team: approves decisions and oversees plans."""

    code, name, groups = (
        "social_work_manager",
        "Social work manager",
        frozenset({"social_care"}),
    )


class Midwife(Role):
    """Cares for a woman and her baby before, during and soon after birth."""

    code, name = "midwife", "Midwife"


class HealthVisitor(Role):
    """Visits families with children under five and watches over their health and development."""

    code, name = "health_visitor", "Health visitor"


class SchoolNurse(Role):
    """Looks after the health of school-age children."""

    code, name = "school_nurse", "School nurse"


class GeneralPractitioner(Role):
    """Is the family's doctor."""

    code, name = "general_practitioner", "General practitioner"


class UrgentCareClinician(Role):
    """Treats a child or adult who comes to urgent or emergency care."""

    code, name = "urgent_care_clinician", "Urgent care clinician"


class AdultMentalHealthPractitioner(Role):
    """Treats an adult's mental health and tells what bears on a child, not the therapy."""

    code, name = "adult_mental_health", "Adult mental health practitioner"


class SubstanceMisusePractitioner(Role):
    """Treats an adult's use of alcohol or drugs and tells what bears on a child, not the treatment."""

    code, name = "substance_misuse", "Substance misuse practitioner"


class DomesticAbuseAdviser(Role):
    """Stands by somebody who suffers domestic abuse and plans with them how to be safe."""

    code, name = "domestic_abuse_adviser", "Domestic abuse adviser"


class PoliceOfficer(Role):
    """Attends, investigates and reports what involves a child."""

    code, name, groups = (
        "police_officer",
        "Police officer",
        frozenset({"police", "emergency"}),
    )


class PoliceOutOfHours(Role):
    """Answers for the police, day and night, when a welfare check or an address is needed at once."""

    code, name, groups = (
        "police_out_of_hours",
        "Police out-of-hours desk",
        frozenset({"police", "emergency"}),
    )


class ProbationPractitioner(Role):
    """Supervises an adult who has offended."""

    code, name, groups = "probation", "Probation practitioner", frozenset({"probation"})


class HousingOfficer(Role):
    """Houses families and tells what risk to a child is seen in the home."""

    code, name, groups = "housing", "Housing officer", frozenset({"housing"})


class EarlyHelpLead(Role):
    """Leads the help for a family below the threshold of social care."""

    code, name = "early_help_lead", "Early help lead professional"


class PartnershipAdministrator(Role):
    """Keeps agencies, teams, members and roles in order and sees nothing of any child's record."""

    code, name, groups = (
        "partnership_administrator",
        "Partnership administrator",
        frozenset({"no_case_content"}),
    )


class PrivacyOfficer(Role):
    """Looks into who looked at what, and why, and sees nothing of what stood there."""

    code, name, groups = (
        "privacy_officer",
        "Privacy officer",
        frozenset({"no_case_content"}),
    )


class AuditReader(Role):
    """Reads the record of accesses and checks that nothing was removed from it."""

    code, name, groups = "audit_reader", "Audit reader", frozenset({"no_case_content"})


class BoardMember(Role):
    """Sees counts and trends for the partnership, never a child's record."""

    code, name, groups = "board_member", "Board member", frozenset({"no_case_content"})


ROLES: dict[str, type[Role]] = {role.code: role for role in Role.__subclasses__()}


def role_words(code: str) -> str:
    """A role by its name; one that is no longer among the roles, as it was written."""
    return ROLES[code].name if code in ROLES else code
