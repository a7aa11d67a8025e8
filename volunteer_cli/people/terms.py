"""The words of a person."""

from __future__ import annotations

from enum import StrEnum

from volunteer_cli.core.cards import OwnOption
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.policies import Policy, whole_number


class Sex(StrEnum):
    """A person's sex: as the identity card has it, or as somebody wishes to be kept.

    Of 0 in GB/T 2261.1, which is unknown, nothing is stored; its 9 is undisclosed.
    """

    MALE = "male"
    FEMALE = "female"
    OTHER = "other"
    UNDISCLOSED = "undisclosed"


class PoliticalStatus(StrEnum):
    """A person's political status (政治面貌)."""

    PARTY_MEMBER = "party_member"
    PROBATIONARY_MEMBER = "probationary_member"
    LEAGUE_MEMBER = "league_member"
    DEMOCRATIC_PARTY = "democratic_party"
    NONPARTY = "nonparty"
    MASSES = "masses"


class PersonStatus(StrEnum):
    """Whether a person's record is in use."""

    ACTIVE = "active"
    ARCHIVED = "archived"
    ERASED = "erased"


class Leaving(StrEnum):
    """Why somebody's record was taken out of use."""

    DIED = "died"
    MOVED = "moved"
    OTHER = "other"


class LabelKind(StrEnum):
    """The lists of words that a person carries."""

    SKILL = "skill"
    CATEGORY = "category"
    TAG = "tag"


SEXES: dict[str, str] = {
    Sex.MALE: N_("male"),
    Sex.FEMALE: N_("female"),
    Sex.OTHER: NC_("sex", "other"),
    Sex.UNDISCLOSED: NC_("sex", "undisclosed"),
}
#: What no identity number says, or contradicts.
SAID_ALONE = frozenset({Sex.OTHER, Sex.UNDISCLOSED})
POLITICAL_STATUSES: dict[str, str] = {
    PoliticalStatus.PARTY_MEMBER: N_("party member"),
    PoliticalStatus.PROBATIONARY_MEMBER: N_("probationary party member"),
    PoliticalStatus.LEAGUE_MEMBER: N_("league member"),
    PoliticalStatus.DEMOCRATIC_PARTY: N_("member of a democratic party"),
    PoliticalStatus.NONPARTY: N_("public figure without a party"),
    PoliticalStatus.MASSES: N_("no party"),
}
#: What else rosters write for them; 1 and 2 are the codes of GB/T 2261.1.
SEX_WORDS: dict[str, tuple[str, ...]] = {
    Sex.MALE: ("男", "男性", "男士", "先生", "m", "1", "mr", "mr.", "man", "boy"),
    Sex.FEMALE: ("女", "女性", "女士", "小姐", "f", "2", "ms", "ms.", "mrs", "mrs.", "miss", "woman", "girl"),
    # X in passports (ICAO Doc 9303), divers in German registers.
    Sex.OTHER: (
        *(
            "其他",
            "其它",
            "非二元",
            "x",
            "nonbinary",
            "non-binary",
            "non binary",
            "nb",
            "diverse",
            "divers",
            "d",
        ),
    ),
    Sex.UNDISCLOSED: (
        "未说明",
        "未说明的性别",
        "不愿透露",
        "不便透露",
        "9",
        "prefer not to say",
        "not stated",
        "not disclosed",
        "rather not say",
        "unspecified",
    ),
}
#: After GB/T 4762, whose thirteen values a roster may have; the eight democratic parties (04 to 11) are one here,
#: for no figure of a community tells them apart.
POLITICAL_STATUS_WORDS: dict[str, tuple[str, ...]] = {
    PoliticalStatus.PARTY_MEMBER: ("中共党员", "党员", "中国共产党党员", "正式党员", "中共正式党员"),
    PoliticalStatus.PROBATIONARY_MEMBER: ("中共预备党员", "预备党员"),
    PoliticalStatus.LEAGUE_MEMBER: ("共青团员", "团员", "中国共产主义青年团团员"),
    PoliticalStatus.DEMOCRATIC_PARTY: (
        "民主党派", "民主党派成员", "民革党员", "民革", "民盟盟员", "民盟", "民建会员", "民建", "民进会员", "民进",
        "农工党党员", "农工党", "致公党党员", "致公党", "九三学社社员", "九三学社", "台盟盟员", "台盟",
    ),
    PoliticalStatus.NONPARTY: ("无党派人士", "无党派", "无党派民主人士"),
    PoliticalStatus.MASSES: ("群众", "普通群众", "一般群众"),
}  # fmt: skip
PERSON_STATUSES: dict[str, str] = {
    PersonStatus.ACTIVE: NC_("person", "active"),
    PersonStatus.ARCHIVED: N_("archived"),
    PersonStatus.ERASED: N_("erased"),
}

LEAVINGS: dict[str, str] = {
    Leaving.DIED: N_("died"),
    Leaving.MOVED: N_("moved away"),
    Leaving.OTHER: N_("other reason"),
}

#: The focus groups of community work, by their ids; other tags are free.
TAGS = {
    "elder_alone": N_("elder living alone"),
    "empty_nest": N_("empty nest"),
    # 国务院关于加强困境儿童保障工作的意见 (State Council, 2016, no. 36).
    "child_hardship": N_("child in hardship"),
    "disability": N_("disability"),
    # 社会救助暂行办法 (State Council Decree 649, 2014), chapters 2 and 3.
    "dibao": N_("minimum living allowance"),
    "tekun": N_("extreme poverty support"),
    # 军人抚恤优待条例 (Regulations on Pensions and Preferential Treatment of Servicemen).
    "youfu": N_("veterans' benefits"),
}
TAG_WORDS = {title: tag for tag, title in TAGS.items()} | {
    "独居老人": "elder_alone",
    "空巢": "empty_nest",
    "空巢老人": "empty_nest",
    "困境儿童": "child_hardship",
    "残疾": "disability",
    "残疾人": "disability",
    "低保": "dibao",
    "低保户": "dibao",
    "特困": "tekun",
    "特困人员": "tekun",
    "优抚": "youfu",
    "优抚对象": "youfu",
}

#: The name of somebody who was erased.
NOBODY = "*"

#: Why two records may be one person's, in short.
DUPLICATE_REASONS = {
    "same_id_number": N_("same identity number"),
    "same_phone": N_("same phone and similar name"),
    "same_birth": N_("same name and birth date"),
    "similar_name": N_("similar name and same birth date"),
    "same_flat": N_("similar name and same address"),
    "same_sound": N_("names that sound the same"),
    "similar": N_("several fields alike"),
}
#: From this score on a pair is named: of names alone, only those that few others bear reach it.
LEAST_SCORE = 8.5
#: What of two records is compared.
COMPARED = {
    "name": NC_("person", "name"),
    "birth": N_("birth date"),
    "phone": N_("phone"),
    "id_number": N_("identity number"),
    "email": N_("e-mail"),
    "flat": N_("flat"),
    "address": N_("address"),
    "sex": N_("sex"),
}
#: How a field of two records compares.
COMPARISONS = {
    "same": N_("the same"),
    "same_so_far": N_("the same as far as it is known"),
    "same_sound": N_("sounds the same"),
    "similar_sound": N_("sounds alike"),
    "similar_look": N_("looks alike"),
    "similar": N_("alike"),
    "partly": N_("partly alike"),
    "other_script": N_("the same in traditional and simplified characters"),
    "parts_swapped": N_("family and given name swapped"),
    "signs_swapped": N_("two characters swapped"),
    "sign_missing": N_("a character missing"),
    "sign_other": N_("a character other"),
    "spelling": N_("spelt otherwise"),
    "nickname": N_("a nickname"),
    "part_missing": N_("a part missing"),
    "part_other": N_("family or given name other"),
    "day_month_swapped": N_("day and month swapped"),
    "digits_swapped": N_("two digits swapped"),
    "digit_other": N_("a digit other"),
    "other": N_("another"),
}

#: 个人信息保护法 (Personal Information Protection Law), art. 31: below 14 a guardian must agree to what is
#: kept of a child. A place may ask for more: 民法典 (Civil Code), art. 17, has people of age at 18.
GUARDIAN_AGE = Policy(
    "guardian_age",
    N_("Below this age a guardian must be on file to serve"),
    "14",
    whole_number,
    N_("full years"),
    # A child is who is below eighteen (Convention on the Rights of the Child, art. 1), unless a law says otherwise.
    abroad="18",
)
POLICIES = (GUARDIAN_AGE,)

#: Of every kind of sheet that names people: whoever is in this year's roster is back (but for the dead).
RESTORE_ARCHIVED = OwnOption("restore_archived", N_("Bring archived people of the file back into use"))
