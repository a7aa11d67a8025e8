"""The words of a person."""

from __future__ import annotations

from enum import StrEnum

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.policies import Policy, whole_number


class Sex(StrEnum):
    """A person's sex as the identity card has it."""

    MALE = "male"
    FEMALE = "female"


class PoliticalStatus(StrEnum):
    """A person's political status (政治面貌)."""

    PARTY_MEMBER = "party_member"
    PROBATIONARY_MEMBER = "probationary_member"
    LEAGUE_MEMBER = "league_member"
    MASSES = "masses"


class PersonStatus(StrEnum):
    """Whether a person's record is in use."""

    ACTIVE = "active"
    ARCHIVED = "archived"
    ERASED = "erased"


class LabelKind(StrEnum):
    """The lists of words that a person carries."""

    SKILL = "skill"
    CATEGORY = "category"
    TAG = "tag"


SEXES = {Sex.MALE: N_("male"), Sex.FEMALE: N_("female")}
POLITICAL_STATUSES = {
    PoliticalStatus.PARTY_MEMBER: N_("party member"),
    PoliticalStatus.PROBATIONARY_MEMBER: N_("probationary party member"),
    PoliticalStatus.LEAGUE_MEMBER: N_("league member"),
    PoliticalStatus.MASSES: N_("no party"),
}
PERSON_STATUSES = {
    PersonStatus.ACTIVE: N_("active"),
    PersonStatus.ARCHIVED: N_("archived"),
    PersonStatus.ERASED: N_("erased"),
}

GUARDIAN_AGE = Policy(
    "guardian_age",
    N_("Below this age a guardian must be on file to serve"),
    "14",
    whole_number,
    N_("full years"),
)
POLICIES = (GUARDIAN_AGE,)
