"""The words of stars, certificates, honours and evaluations."""

from __future__ import annotations

from enum import StrEnum

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.policies import Policy, whole_numbers


class AwardLevel(StrEnum):
    """The level of the body that awards an honour."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"
    COMMUNITY = "community"


class Standing(StrEnum):
    """Whether a certificate, an honour or an evaluation counts; what is voided stays on record."""

    VALID = "valid"
    VOIDED = "voided"


AWARD_LEVELS: dict[str, str] = {
    AwardLevel.NATIONAL: N_("national"),
    AwardLevel.PROVINCIAL: N_("provincial"),
    AwardLevel.MUNICIPAL: N_("municipal"),
    AwardLevel.DISTRICT: N_("district"),
    AwardLevel.SUBDISTRICT: N_("subdistrict"),
    AwardLevel.COMMUNITY: NC_("level", "community"),
}
STANDINGS: dict[str, str] = {Standing.VALID: N_("valid"), Standing.VOIDED: N_("voided")}

#: What a person is rated on at an event, each from 1 to 5.
#: 志愿服务记录与证明出具办法 (2020), art. 4: evaluation is one of the five parts of a record; of what it consists is
#: left to the office.
RATINGS = {"punctuality": N_("Punctuality"), "attitude": N_("Attitude"), "skill": NC_("evaluation", "Skill")}

# Places have other steps, and some none: whatever they are, a star is granted by a person and never by a sum.
STAR_THRESHOLDS = Policy(
    "star_thresholds",
    N_("Hours that each star level asks for, from the first level on"),
    "100,300,600,1000,1500",
    whole_numbers,
    N_("rising whole numbers of hours separated by commas, or none"),
    # The five levels are China's.
    abroad="",
)
POLICIES = (STAR_THRESHOLDS,)
