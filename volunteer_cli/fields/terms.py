"""What the values of a custom field are, and the words that people type for it."""

from __future__ import annotations

from enum import StrEnum

from volunteer_cli.core.i18n import N_, NC_


class Noun(StrEnum):
    """What records may have custom fields; the card of their area says where the values stand."""

    PERSON = "person"
    ORGANIZATION = "organization"
    TEAM = "team"
    EVENT = "event"


#: As sentences say of whom a field is.
NOUNS: dict[str, str] = {
    Noun.PERSON: N_("people"),
    Noun.ORGANIZATION: N_("organizations"),
    Noun.TEAM: N_("teams"),
    Noun.EVENT: N_("events"),
}
NOUN_WORDS: dict[str, tuple[str, ...]] = {
    Noun.PERSON: ("persons", "人", "人员", "居民", "志愿者", "volunteer"),
    Noun.ORGANIZATION: ("organisation", "organisations", "单位", "机构", "组织"),
    Noun.TEAM: ("队伍", "团队"),
    Noun.EVENT: ("活动",),
}


class FieldKind(StrEnum):
    """What a value of the field is."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes-no"
    CHOICE = "choice"


FIELD_KINDS: dict[str, str] = {
    FieldKind.TEXT: NC_("field", "text"),
    FieldKind.NUMBER: NC_("field", "number"),
    FieldKind.DATE: NC_("field", "date"),
    FieldKind.YES_NO: NC_("field", "yes or no"),
    FieldKind.CHOICE: NC_("field", "choice"),
}
FIELD_KIND_WORDS: dict[str, tuple[str, ...]] = {
    FieldKind.TEXT: ("文本", "文字", "string", "words"),
    FieldKind.NUMBER: ("数字", "数值", "数", "numeric", "integer", "int", "decimal"),
    FieldKind.DATE: ("日期", "日", "day"),
    FieldKind.YES_NO: ("是否", "是或否", "yes/no", "bool", "boolean", "flag"),
    FieldKind.CHOICE: ("选项", "单选", "选择", "select", "choices", "list"),
}
FIELD_STATUSES = {"active": N_("active"), "archived": N_("archived")}
#: What people write for yes and for no, in small letters.
YES = frozenset({"是", "有", "会", "对", "yes", "y", "true", "1", "√", "✓", "✔", "☑"})
NO = frozenset({"否", "无", "没有", "不会", "不", "不是", "no", "n", "false", "0", "×", "✗", "✘", "☒"})
#: How yes and no are stored.
#: In English whatever the language, as all ids and codes are: the file may be read in another one.
ANSWERS = {True: "yes", False: "no"}
