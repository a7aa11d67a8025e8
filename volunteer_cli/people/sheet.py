"""What a sheet of people may bring."""

from __future__ import annotations

from volunteer_cli.core.i18n import N_
from volunteer_cli.intake import parsers
from volunteer_cli.intake.sheet import Field, Sheet, Writer
from volunteer_cli.intake.summary import mask_digits

NAMES = (
    "姓名",
    "志愿者姓名",
    "志愿者",
    "名字",
    "参加人员",
    "居民姓名",
    "人员姓名",
    "全名",
    "name",
    "full name",
    "volunteer",
)
PHONES = (
    "联系电话", "联系方式", "手机", "手机号", "手机号码", "电话", "电话号码", "联络电话", "移动电话", "本人电话",
    "phone", "mobile", "telephone", "tel", "phone number", "mobile number", "cell phone", "mobile phone", "contact number",
)  # fmt: skip
VOLUNTEER_NUMBERS = (
    "志愿者编号",
    "志愿者证号",
    "志愿者号",
    "volunteer no",
    "volunteer number",
    "volunteer id",
)
ID_NUMBERS = (
    "身份证号", "身份证号码", "证件号", "证件号码", "公民身份号码", "身份证", "居民身份证号码", "id number", "id card", "identity number",
)  # fmt: skip
TEAMS = (
    "所属队伍",
    "服务队",
    "志愿服务队名称",
    "志愿服务队",
    "所在队伍",
    "队伍",
    "队伍名称",
    "team",
    "team name",
)


def join_name(surname: str, given: str) -> str:
    """A name from its two parts: Chinese parts as they stand, others with the given name first."""
    return f"{given} {surname}" if (surname + given).isascii() else surname + given


NAME = Field(
    "name", N_("Name"), NAMES, parsers.name, required=True, parts=("surname", "given_name"), join=join_name
)
SURNAME = Field("surname", N_("Surname"), ("姓", "姓氏", "last name", "family name"), parsers.name)
GIVEN_NAME = Field(
    "given_name", N_("Given name"), ("名", "first name", "given name", "forename"), parsers.name
)
PHONE = Field("phone", N_("Phone"), PHONES, parsers.phones, second="phone_alt", mask=mask_digits)
VOLUNTEER_NO = Field("volunteer_no", N_("Volunteer number"), VOLUNTEER_NUMBERS, parsers.code)
ID_NUMBER = Field("id_number", N_("Identity number"), ID_NUMBERS, parsers.id_number, mask=mask_digits)
BIRTH = Field(
    "birth",
    N_("Birth date"),
    (
        "出生日期",
        "出生年月",
        "出生年月日",
        "生日",
        "出生",
        "birth",
        "birth date",
        "date of birth",
        "birthday",
        "dob",
    ),
    parsers.birth,
)
#: How a sheet of any kind names a person.
PERSON_FIELDS = (NAME, SURNAME, GIVEN_NAME, PHONE, VOLUNTEER_NO, ID_NUMBER)
FIELDS = (
    NAME,
    SURNAME,
    GIVEN_NAME,
    VOLUNTEER_NO,
    Field("sex", N_("Sex"), ("性别", "sex", "gender"), parsers.sex),
    BIRTH,
    ID_NUMBER,
    PHONE,
    Field(
        "phone_alt",
        N_("Second phone"),
        (
            "备用电话",
            "其他电话",
            "第二电话",
            "固定电话",
            "座机",
            "second phone",
            "other phone",
            "alternative phone",
        ),
        parsers.phone,
        mask=mask_digits,
    ),
    Field(
        "address",
        N_("Address"),
        ("家庭住址", "住址", "居住地址", "家庭地址", "地址", "现住址", "详细地址", "address", "home address"),
        parsers.address,
    ),
    Field("building", N_("Building"), ("楼栋", "所在楼栋", "楼号", "栋", "幢", "building"), parsers.address),
    Field("unit", N_("Unit"), ("单元", "单元号", "unit"), parsers.text),
    Field(
        "room",
        N_("Room"),
        ("室", "房号", "室号", "房间号", "门牌", "门牌号", "room", "flat", "apartment"),
        parsers.address,
    ),
    Field("grid", N_("Grid"), ("网格", "所属网格", "所在网格", "网格名称", "grid"), parsers.text),
    Field(
        "political_status", N_("Political status"), ("政治面貌", "political status"), parsers.political_status
    ),
    Field(
        "skills",
        N_("Skills"),
        ("特长", "专业技能", "技能", "个人特长", "特长爱好", "skill", "skills"),
        parsers.labels,
    ),
    Field(
        "categories",
        N_("Service categories"),
        ("服务类别", "服务意向", "志愿服务意向", "category", "categories", "service category"),
        parsers.labels,
    ),
    Field("tags", N_("Tags"), ("标签", "重点人群", "人群类别", "tag", "tags"), parsers.labels),
    Field("team", N_("Team"), (*TEAMS, "teams"), parsers.labels),
    Field(
        "registered_on",
        N_("Registered on"),
        ("注册日期", "注册时间", "登记日期", "登记时间", "registered", "registered on", "registration date"),
        parsers.day,
    ),
    Field(
        "emergency_contact",
        N_("Emergency contact"),
        ("紧急联系人", "应急联系人", "emergency contact"),
        parsers.text,
    ),
    Field("note", N_("Note"), ("备注", "说明", "note", "notes", "remark", "remarks"), parsers.text),
)
PEOPLE = Sheet("people", N_("People"), FIELDS, Writer)
