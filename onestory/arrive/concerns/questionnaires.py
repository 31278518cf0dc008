"""The questionnaires of this partnership: six plain questions, and the shorter ones. Data, no code."""

from __future__ import annotations

from onestory.arrive.concerns.questions import Choices, Group, Question, Questionnaire, Sort
from onestory.platform.history.vocabulary import FACTORS
from onestory.platform.ui.wording import sentence

ASKED_FACTORS = (
    *("neglect", "physical_abuse_adult", "sexual_abuse_adult", "emotional_abuse", "domestic_abuse_parent"),
    *("drugs_parent", "alcohol_parent", "mental_health_parent", "bruising", "hygiene", "hunger", "supervision"),
    *("home_conditions", "attendance", "missing", "self_harm", "criminal_exploitation", "child_sexual_exploitation"),
    *("unknown_adults", "unsafe_sleep", "housing_insecurity", "debt", "begging"),
)
"""What a concern can be about, of those that the record knows; a duty worker may name others when deciding."""

FACTOR_CHOICES: Choices = tuple((code, sentence(FACTORS[code].label)) for code in ASKED_FACTORS)
SAFE: Choices = (("yes", "Yes, as far as I know"), ("no", "No"), ("not_known", "I do not know"))
YES_NO: Choices = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))
WHO_SAW: Choices = (
    ("professional", "I saw or heard it myself"),
    ("child", "The child told me"),
    ("family", "Somebody of the family told me"),
    ("public", "Somebody else told me"),
    ("anonymous", "Somebody who did not give a name told me"),
)
WHO_CALLS: Choices = (
    ("professional", "Somebody who works with the family"),
    ("family", "Somebody of the family"),
    ("friend", "A friend of the family"),
    ("public", "A neighbour or another member of the public"),
    ("anonymous", "Somebody who does not give a name"),
    ("child", "The child or young person"),
    ("self", "A parent who asks for help"),
)
PARENTS: Choices = (
    ("agree", "They know, and agree that it is shared"),
    ("know", "They know, and do not agree"),
    ("risk", "They do not know: telling them could put the child at risk"),
    ("not_yet", "They do not know yet"),
)

CHILD_NOT_FOUND = (
    Question("child_name", "Name of the child", Sort.LINE, missing="Enter the child’s name, or what is known of it"),
    Question("child_born", "Date of birth or age", Sort.LINE, "For example, 27/3/2018, or about 6 years"),
    Question("family_names", "Names of parents or carers, and of brothers and sisters", Sort.LINE),
    Question(
        "child_where",
        "Address, and school or nursery",
        Sort.LINE,
        "Kept apart, for those alone who may see addresses",
        protected="location",
    ),
)
"""Asked in the place of the child who was chosen, where no child was found."""

ALSO_ABOUT = Question("also_about", "Who else is it about?", Sort.PEOPLE, "Select everybody who has a part in it")
HAPPENED = Question("happened", "When was it?", Sort.DAY, "For example, 27/3/2026. Leave empty for today")
WHAT = Question(
    "what",
    "What was seen or said?",
    hint="The facts, and the words that were used. What you think of it comes next.",
    missing="Enter what was seen or said",
)
MEANS = Question(
    "means",
    "What does this mean for the child?",
    hint="What you think life is like for the child, and what could happen if nothing changes",
    missing="Enter what this means for the child",
)
ABOUT = Question("factors", "What is it about?", Sort.ANY_OF, "Select all that apply", choices=FACTOR_CHOICES)
SAFE_NOW = Question(
    "safe",
    "Is the child safe now?",
    Sort.ONE_OF,
    "If a child is in danger now, ring 999 first.",
    "Select whether the child is safe now",
    SAFE,
)
WHERE = Question(
    "where", "Where is the child now, if you know?", Sort.LINE, "Kept apart from the rest", protected="location"
)
HELPS = Question(
    "helps", "Who already helps the family?", hint="Services, relatives, friends. Leave empty if not known"
)
PARENTS_KNOW = Question(
    "parents",
    "Do the parents know that this is shared?",
    Sort.ONE_OF,
    "You do not need their agreement where a child may come to harm.",
    "Select what the parents know",
    PARENTS,
)
PARENTS_SAY = Question("parents_say", "What do they say, or why were they not told?")

CONCERN = Questionnaire(
    code="concern",
    title="A concern about a child",
    lead="Six questions. What you write is kept as you go.",
    kind="concern",
    groups=(
        Group("1. Who is it about?", (ALSO_ABOUT,)),
        Group(
            "2. What was seen or said, and by whom?",
            (
                WHAT,
                HAPPENED,
                Question("who_saw", "Who saw or heard it?", Sort.ONE_OF, missing="Select who saw it", choices=WHO_SAW),
                Question(
                    "who_name",
                    "Who told you?",
                    Sort.LINE,
                    "Only if somebody told you. Kept apart from the rest",
                    protected="reporter",
                ),
            ),
        ),
        Group("3. What does it mean for the child?", (MEANS, ABOUT)),
        Group("4. Is the child safe now?", (SAFE_NOW, WHERE)),
        Group("5. Who already helps?", (HELPS,)),
        Group("6. What do the parents know?", (PARENTS_KNOW, PARENTS_SAY)),
    ),
    send="Send to the front door",
)

BY_PHONE = Questionnaire(
    code="by_phone",
    title="A call to the front door",
    lead="Type what the caller says, in their words.",
    kind="concern",
    groups=(
        Group(
            "Who calls?",
            (
                Question("who_saw", "The caller is", Sort.ONE_OF, missing="Select who calls", choices=WHO_CALLS),
                Question(
                    "who_name",
                    "Name, and how to reach them",
                    Sort.LINE,
                    "Nobody has to say. Kept apart from the rest",
                    protected="reporter",
                ),
            ),
        ),
        Group("1. Who is it about?", (ALSO_ABOUT,)),
        Group("2. What was seen or said?", (WHAT, HAPPENED)),
        Group("3. What does it mean for the child?", (MEANS, ABOUT)),
        Group("4. Is the child safe now?", (SAFE_NOW, WHERE)),
        Group("5. Who already helps?", (HELPS,)),
        Group("6. What do the parents know?", (PARENTS_KNOW, PARENTS_SAY)),
    ),
    for_sectors=frozenset({"childrens_social_care"}),
)

POLICE = Questionnaire(
    code="police",
    title="Police notification",
    lead="Seven questions. It reaches the front door whether or not officers attended (F5.20).",
    kind="incident",
    groups=(
        Group(
            "The incident",
            (
                ALSO_ABOUT,
                WHAT,
                HAPPENED,
                Question(
                    "attended",
                    "Did officers attend?",
                    Sort.ONE_OF,
                    missing="Select whether officers attended",
                    choices=YES_NO[:2],
                ),
                Question(
                    "child_seen",
                    "Was the child seen and spoken to?",
                    Sort.ONE_OF,
                    missing="Select whether the child was seen",
                    choices=YES_NO[:2],
                ),
                ABOUT,
                SAFE_NOW,
            ),
        ),
    ),
    who_reports="professional",
    for_sectors=frozenset({"police"}),
)

SAFER_SLEEP = Questionnaire(
    code="safer_sleep",
    title="Safer sleep notice",
    lead="Seven questions, a minute and a half. The health visitor hears of it today.",
    kind="observation",
    groups=(
        Group(
            "Where the baby sleeps",
            (
                Question(
                    "own_place",
                    "Does the baby have a place of their own to sleep?",
                    Sort.ONE_OF,
                    missing="Select whether the baby has a place to sleep",
                    choices=YES_NO,
                ),
                Question(
                    "clear_flat",
                    "Is it flat, firm and clear of pillows, toys and loose covers?",
                    Sort.ONE_OF,
                    missing="Select whether it is flat and clear",
                    choices=YES_NO,
                ),
                Question(
                    "shared",
                    "Does anybody sleep with the baby on a bed, sofa or chair?",
                    Sort.ONE_OF,
                    missing="Select whether anybody sleeps with the baby",
                    choices=YES_NO,
                ),
                Question(
                    "smoke_drink",
                    "Does anybody in the home smoke, drink or take drugs or sedating medicine?",
                    Sort.ONE_OF,
                    missing="Select whether anybody does",
                    choices=YES_NO,
                ),
                Question(
                    "warm",
                    "Is the baby too warm or too cold?",
                    Sort.ONE_OF,
                    missing="Select whether the baby is too warm or too cold",
                    choices=YES_NO,
                ),
                Question(
                    "safe",
                    "Is sleep safe tonight?",
                    Sort.ONE_OF,
                    missing="Select whether sleep is safe tonight",
                    choices=SAFE,
                ),
                Question("what", "What did you see, and what did you advise?"),
            ),
        ),
    ),
    who_reports="professional",
)

CONSULTATION = Questionnaire(
    code="consultation",
    title="Ask for advice",
    lead="Advice without a referral. The family need not be named (T4.2).",
    kind="note",
    groups=(
        Group(
            "What do you want to talk about?",
            (
                Question("what", "What is happening?", missing="Enter what is happening"),
                Question("asks", "What would you like advice on?", missing="Enter what you would like advice on"),
                SAFE_NOW,
                Question(
                    "reach", "How and when can you be reached?", Sort.LINE, missing="Enter how you can be reached"
                ),
            ),
        ),
    ),
    who_reports="professional",
    names_family=False,
    send="Ask the front door",
)

PUBLIC = Questionnaire(
    code="public",
    title="Tell us about a child",
    lead="You do not have to give your name. If a child is in danger now, ring 999.",
    kind="concern",
    groups=(
        Group("Who is it about?", CHILD_NOT_FOUND),
        Group("What was seen or said?", (WHAT, HAPPENED)),
        Group("What does it mean for the child?", (MEANS,)),
        Group("Is the child safe now?", (SAFE_NOW,)),
        Group(
            "About you",
            (
                Question(
                    "who_saw",
                    "I am",
                    Sort.ONE_OF,
                    missing="Select who you are",
                    choices=(
                        ("family", "A member of the family"),
                        ("friend", "A friend of the family"),
                        ("public", "A neighbour or somebody else"),
                        ("anonymous", "I would rather not say"),
                    ),
                ),
                Question(
                    "who_name",
                    "Your name, and how we can reach you, if you like",
                    Sort.LINE,
                    "Kept apart, and never told to the family",
                    protected="reporter",
                ),
            ),
        ),
    ),
    open_to_all=True,
)

HELP_MYSELF = Questionnaire(
    code="help_myself",
    title="Ask for help for yourself or your family",
    lead="For parents, carers and young people. If anybody is in danger now, ring 999.",
    kind="concern",
    groups=(
        Group(
            "Who is it about?",
            (
                Question("child_name", "Name of the child or young person", Sort.LINE, missing="Enter the name"),
                *CHILD_NOT_FOUND[1:],
            ),
        ),
        Group(
            "What would help?",
            (
                Question("what", "What is happening?", missing="Enter what is happening"),
                Question("means", "What would you like to be different?", missing="Enter what you would like"),
                HELPS,
            ),
        ),
        Group(
            "How can we reach you?",
            (
                Question(
                    "safe",
                    "Are you and the children safe now?",
                    Sort.ONE_OF,
                    missing="Select whether you are safe now",
                    choices=SAFE,
                ),
                Question(
                    "who_name",
                    "Your name, and how and when it is safe to reach you",
                    Sort.LINE,
                    missing="Enter how we can reach you",
                    protected="reporter",
                ),
            ),
        ),
    ),
    who_reports="self",
    open_to_all=True,
)

ALL: dict[str, Questionnaire] = {
    one.code: one for one in (CONCERN, POLICE, SAFER_SLEEP, CONSULTATION, BY_PHONE, PUBLIC, HELP_MYSELF)
}
