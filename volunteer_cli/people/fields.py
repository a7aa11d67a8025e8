"""The fields of a person: each declared once, and all that commands, sheets and views have of it.

A new one is a column of the model, a migration, a `Field` here and its words in the catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from volunteer_cli.core.fields import (
    Field,
    Place,
    Reader,
    choice,
    day,
    email,
    name,
    phone,
    phones,
    word,
    words,
)
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.kinds import Kind
from volunteer_cli.people import terms

if TYPE_CHECKING:
    from volunteer_cli.core.text import Address

# --- how the texts of a person are read ------------------------------------------------------------


def _birth(text: str, place: Place) -> str:
    """A birth date as precise as it is written: 1965, 1965-03 or 1965-03-05."""
    from volunteer_cli.core.dates import parse_birth

    return parse_birth(text, place.today)


def _id_number(text: str, _place: Place) -> str:
    from volunteer_cli.core.text import parse_id_number

    return parse_id_number(text)


def _volunteer_number(text: str, place: Place) -> str:
    """A volunteer number as it is stored: in capitals, without spaces."""
    return word(text, place).upper().replace(" ", "")


def _address(text: str, place: Place) -> Address:
    from volunteer_cli.core.text import parse_address

    return parse_address(word(text, place))


def _part(part: str) -> Reader:
    """A reader of one part of an address."""

    def read(text: str, place: Place) -> Address:
        from volunteer_cli.core.text import parse_place

        return parse_place(part, word(text, place))

    return read


def _tags(text: str, place: Place) -> list[str]:
    """Tags, the known ones by their ids: 独居老人 is elder_alone."""
    return list(dict.fromkeys(terms.TAG_WORDS.get(word, word) for word in words(text, place)))


# --- the fields ------------------------------------------------------------

NAME = Field(
    "name",
    N_("Name"),
    name,
    help=N_("A new name"),
    metavar="NAME",
    needed=True,
    listed=True,
    headings=(
        "姓名", "志愿者姓名", "志愿者", "名字", "参加人员", "参加人员名单", "报名人员", "报名人员名单", "参加者", "参加者姓名", "报名者", "参与者姓名", "签到人", "服务人员姓名", "志愿者名单", "值班人员", "值班人", "值班员", "值班志愿者", "值守人员", "当班人员", "参与志愿者", "参加志愿者", "居民姓名", "村民姓名", "人员姓名", "全名", "name", "full name",
        "volunteer", "volunteer name", "person", "人员", "真实姓名", "参与人", "参与者", "参与人员", "参与人姓名", "参加人",
        "队员姓名", "成员姓名", "义工姓名", "队员", "义工", "服务人员", "服务者", "报名人", "报名人姓名", "您的姓名", "你的姓名",
        "display name", "contact name", "participant", "participant name", "attendee", "member name", "your name",
    ),
    most=200,
)  # fmt: skip
VOLUNTEER_NO = Field(
    "volunteer_no",
    N_("Volunteer number"),
    _volunteer_number,
    Kind.CODE,
    help=N_("A volunteer number they have already"),
    metavar="NUMBER",
    listed=True,
    headings=(
        "志愿者编号",
        "志愿者证号",
        "志愿者号",
        "义工编号",
        "义工号",
        "义工证号",
        "队员编号",
        "志愿者ID",
        "volunteer no",
        "volunteer number",
        "volunteer id",
    ),
    most=60,
)
PHONE = Field(
    "phone",
    N_("Phone"),
    phones,
    Kind.PHONE,
    help=N_("Phone number; a second one may follow after a slash"),
    metavar="NUMBER",
    listed=True,
    headings=(
        "联系电话", "联系方式", "手机", "手机号", "手机号码", "电话", "电话号码", "联络电话", "移动电话", "本人电话",
        "手机电话", "本人手机", "本人手机号", "联系手机", "联系人手机", "您的电话", "您的手机", "您的手机号", "您的联系方式", "您的联系电话",
        "phone", "mobile", "telephone", "tel", "phone number", "mobile number", "cell phone", "mobile phone",
        "contact number", "phone no", "mobile no", "telephone number", "telephone no", "tel no", "contact no", "cell",
        "contact phone",
    ),
)  # fmt: skip
PHONE_ALT = Field(
    "phone_alt",
    N_("Second phone"),
    phone,
    Kind.PHONE,
    help=N_("Second phone number"),
    metavar="NUMBER",
    headings=(
        "备用电话", "其他电话", "第二电话", "固定电话", "座机", "second phone", "other phone", "alternative phone",
    ),
)  # fmt: skip
EMAIL = Field(
    "email",
    N_("E-mail"),
    email,
    Kind.ADDRESS,
    help=N_("E-mail address"),
    metavar="ADDRESS",
    headings=(
        "邮箱",
        "电子邮箱",
        "电子邮件",
        "邮箱地址",
        "您的邮箱",
        "e-mail",
        "email",
        "mail",
        "e-mail address",
    ),
)
SEX = Field(
    "sex",
    N_("Sex"),
    choice(terms.SEXES, terms.SEX_WORDS),
    Kind.CHOICE,
    help=N_("male, female, other or undisclosed"),
    metavar="SEX",
    listed=True,
    choices=terms.SEXES,
    headings=("性别", "sex", "gender"),
)
BIRTH = Field(
    "birth",
    N_("Birth date"),
    _birth,
    help=N_("Birth date; a year or a month will do"),
    metavar="DATE",
    listed=True,
    headings=(
        "出生日期", "出生年月", "出生年月日", "生日", "出生", "出生年份", "出生年", "birth", "birth date", "date of birth", "birthday", "dob",
    ),
)  # fmt: skip
ID_NUMBER = Field(
    "id_number",
    N_("Identity number"),
    _id_number,
    Kind.ID_NUMBER,
    help=N_("Identity number; fills sex and birth date"),
    metavar="NUMBER",
    headings=(
        "身份证号", "身份证号码", "证件号", "证件号码", "公民身份号码", "身份证", "居民身份证号码", "id number", "id card",
        "identity number", "id no", "id card number", "id card no", "identity card number", "national id",
    ),
)  # fmt: skip
ADDRESS = Field(
    "address",
    N_("Address"),
    _address,
    Kind.ADDRESS,
    help=N_("Address; one like 3-2-501 is read into building, unit and room"),
    headings=(
        "家庭住址", "住址", "居住地址", "家庭地址", "地址", "现住址", "详细地址", "居住地", "现居住地", "常住地址", "联系地址", "address", "home address",
    ),
)  # fmt: skip
BUILDING = Field(
    "building",
    N_("Building"),
    _part("building"),
    help=N_("Building"),
    listed=True,
    headings=(
        "楼栋",
        "所在楼栋",
        "居住楼栋",
        "居住的楼栋",
        "楼号",
        "楼幢",
        "楼栋号",
        "栋号",
        "栋",
        "幢",
        "building",
        "street",
        "street name",
    ),
    most=40,
)
UNIT = Field(
    "unit",
    N_("Unit"),
    _part("unit"),
    Kind.ADDRESS,
    help=N_("Unit (entrance) of the building"),
    headings=("单元", "单元号", "unit"),
    most=40,
)
ROOM = Field(
    "room",
    N_("Room"),
    _part("room"),
    Kind.ADDRESS,
    help=N_("Room"),
    headings=(
        "室",
        "房号",
        "室号",
        "房间号",
        "门牌",
        "门牌号",
        "room",
        "flat",
        "apartment",
        "house number",
        "house no",
    ),
    most=40,
)
GRID = Field(
    "grid",
    N_("Grid"),
    word,
    help=N_("Grid"),
    headings=("网格", "所属网格", "所在网格", "网格名称", "grid"),
    most=60,
)
POLITICAL_STATUS = Field(
    "political_status",
    N_("Political status"),
    choice(terms.POLITICAL_STATUSES, terms.POLITICAL_STATUS_WORDS),
    Kind.CHOICE,
    help=N_("party_member, probationary_member, league_member, democratic_party, nonparty or masses"),
    metavar="STATUS",
    choices=terms.POLITICAL_STATUSES,
    headings=("政治面貌", "political status"),
    at_home=True,
)
ETHNICITY = Field(
    "ethnicity",
    N_("Ethnicity"),
    word,
    help=N_("Ethnic group"),
    headings=("民族", "民族成分", "ethnicity", "ethnic group"),
    most=40,
)
EDUCATION = Field(
    "education",
    N_("Education"),
    word,
    help=N_("Level of education"),
    headings=("学历", "文化程度", "教育程度", "最高学历", "学历层次", "education", "education level"),
    most=40,
)
WORKPLACE = Field(
    "workplace",
    N_("Workplace"),
    help=N_("Where they work or study"),
    headings=(
        "工作单位", "所在单位", "就业单位", "任职单位", "单位", "学校", "就读学校", "工作单位或学校", "工作单位/学校", "单位名称", "单位/学校",
        "workplace", "employer", "company", "school",
    ),
    most=200,
)  # fmt: skip
SKILLS = Field(
    "skills",
    N_("Skills"),
    words,
    Kind.LIST,
    help=N_("A skill"),
    option="skill",
    metavar="SKILL",
    more=N_("One skill more"),
    less=N_("One skill less"),
    headings=(
        "特长",
        "专业技能",
        "技能",
        "个人特长",
        "特长爱好",
        "爱好特长",
        "兴趣特长",
        "技能特长",
        "skill",
        "skills",
    ),
    most=100,
)
CATEGORIES = Field(
    "categories",
    N_("Service categories"),
    words,
    Kind.LIST,
    help=N_("A category of service they want to give"),
    option="category",
    metavar="CATEGORY",
    more=N_("One category more"),
    less=N_("One category less"),
    headings=("服务类别", "服务意向", "志愿服务意向", "category", "categories", "service category"),
    most=100,
)
TAGS = Field(
    "tags",
    N_("Tags"),
    _tags,
    Kind.LIST,
    help=N_("A tag, like elder_alone"),
    option="tag",
    metavar="TAG",
    more=N_("One tag more"),
    less=N_("One tag less"),
    choices=terms.TAGS,
    headings=("标签", "重点人群", "人群类别", "tag", "tags"),
    most=100,
)
#: The name of another person; rules find the record.
GUARDIAN = Field(
    "guardian",
    N_("Guardian"),
    help=N_("Who answers for them"),
    metavar="PERSON",
    headings=(
        "监护人",
        "监护人姓名",
        "家长",
        "家长姓名",
        "法定监护人",
        "guardian",
        "guardian name",
        "parent",
        "parent name",
    ),
)
EMERGENCY_CONTACT = Field(
    "emergency_contact",
    N_("Emergency contact"),
    kind=Kind.ADDRESS,
    help=N_("Whom to call in an emergency"),
    headings=(
        "紧急联系人",
        "应急联系人",
        "紧急联系人姓名",
        "紧急联系人电话",
        "紧急联系电话",
        "紧急电话",
        "应急电话",
        "紧急联系方式",
        "紧急联系人手机",
        "紧急联系人联系方式",
        "应急联系电话",
        "emergency contact",
        "emergency phone",
        "emergency contact phone",
        "emergency number",
    ),
)
NOTE = Field(
    "note",
    N_("Note"),
    help=N_("Note"),
    shown=True,
    headings=("备注", "说明", "note", "notes", "remark", "remarks"),
)
REGISTERED_ON = Field(
    "registered_on",
    N_("Registered on"),
    day,
    Kind.DATE,
    help=N_("The day they registered as a volunteer; default today"),
    option="registered",
    metavar="DATE",
    needed=True,
    headings=(
        "注册日期", "注册时间", "登记日期", "登记时间", "加入时间", "加入日期", "入队时间", "入队日期", "入会时间", "入会日期",
        "成为志愿者时间", "registered", "registered on", "registration date",
    ),
)  # fmt: skip

#: Who somebody is, in the order in which people read it.
IDENTITY = (
    VOLUNTEER_NO, NAME, SEX, BIRTH, PHONE, PHONE_ALT, EMAIL, ID_NUMBER, ADDRESS, BUILDING, UNIT, ROOM, GRID,
    POLITICAL_STATUS, ETHNICITY, EDUCATION, WORKPLACE, SKILLS, CATEGORIES, TAGS,
)  # fmt: skip
#: What is kept besides.
BESIDES = (EMERGENCY_CONTACT, NOTE)
FIELDS = (*IDENTITY, REGISTERED_ON, GUARDIAN, *BESIDES)
#: The lists of words among them.
LISTS = tuple(field for field in FIELDS if field.kind is Kind.LIST)
#: What makes somebody a volunteer.
REGISTRATION = (VOLUNTEER_NO, REGISTERED_ON)
#: The other options of `person add` and `person edit`: phones first, which are typed most.
DETAILS = (
    PHONE,
    PHONE_ALT,
    *(field for field in FIELDS if field not in (NAME, PHONE, PHONE_ALT, *REGISTRATION)),
)
