"""Names, phones, identity numbers, addresses and quantities as people write them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from volunteer_cli.core.errors import (
    AmountRefused,
    BadAmount,
    BadIdNumber,
    BadPhone,
    BadQuantity,
    BadText,
    DamagedByExcel,
    MissingValue,
    QuantityRefused,
    VolunteerError,
)
from volunteer_cli.core.quantity import Direction, Quantity, total
from volunteer_cli.core.text import (
    Address,
    birth_of_id,
    clean,
    clean_name,
    did_you_mean,
    mask_id_number,
    mask_name,
    mask_phone,
    parse_address,
    parse_id_number,
    parse_item,
    parse_phone,
    parse_phones,
    parse_quantity,
    parse_yuan,
    pinyin_of,
    sex_of_id,
    split_list,
)

SAMPLE_ID = "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("  a  b\tc\r\nd ", "a b c d"),
        ("１２　Ａ", "12 A"),
        ("楼道 清扫", "楼道清扫"),
        ("清扫\n楼道", "清扫楼道"),
        ("Anna  Müller", "Anna Müller"),
        ("Mu\u0308ller", "Müller"),
        ("a\u200bb\ufeffc\u00add\u200ee", "abcde"),
        ("李\u200d明", "李明"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("䶮\U00020000\U0003106c", "䶮\U00020000\U0003106c"),
        ("", ""),
    ],
)
def test_clean_text(text: str, stored: str) -> None:
    assert clean(text) == stored


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x9b", "\u202a", "\u202e", "\u2066", "\u2069", "\udc80"]
)
def test_text_that_would_hide_something_is_refused(sign: str) -> None:
    with pytest.raises(BadText) as caught:
        clean(f"李{sign}明", "Note")
    assert caught.value.fields == {"field": "Note", "value": "李\ufffd明"}


@given(st.text(max_size=30))
def test_clean_text_is_clean(text: Any) -> None:
    try:
        stored = clean(text)
    except BadText:
        return
    assert clean(stored) == stored
    assert not any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in stored)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" 李 明 ", "李明"),
        ("李　明", "李明"),
        *((f"阿依古丽{dot}买买提", "阿依古丽·买买提") for dot in "·•‧∙⋅・･.．●"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("J. R. Smith", "J. R. Smith"),
        ("O'Neill-Jones", "O'Neill-Jones"),
        ("䶮小川", "䶮小川"),
    ],
)
def test_a_clean_name(text: Any, name: Any) -> None:
    assert clean_name(text) == name


def test_a_name_is_needed() -> None:
    for text in ("", " \t\n", "\u200b"):
        with pytest.raises(MissingValue) as caught:
            clean_name(text, "Team")
        assert caught.value.fields == {"field": "Team"}


def test_a_list_is_split_and_holds_each_word_once() -> None:
    assert split_list("剪纸、合唱，理发;维修；书法/剪纸") == ["剪纸", "合唱", "理发", "维修", "书法"]
    assert split_list(" first aid , \n driving") == ["first aid", "driving"]
    assert split_list("、,") == []


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("19900001001", "19900001001"),
        ("199-0000-1001", "19900001001"),
        ("１９９００００１００１", "19900001001"),
        ("+86 199 0000 1001", "19900001001"),
        ("(+86)19900001001", "19900001001"),
        ("0086-19900001001", "19900001001"),
        ("8619900001001", "19900001001"),
        ("0531-8423 0001", "053184230001"),
        ("（0531）84230001", "053184230001"),
        ("+86 531 8423 0001", "053184230001"),
        ("010 12345678", "01012345678"),
        ("0536-1234567", "05361234567"),
        ("400-123-4567", "4001234567"),
        ("+49 1511 2345678", "+4915112345678"),
        ("0049 1511 2345678", "+4915112345678"),
        ("+852 9123 4567", "+85291234567"),
    ],
)
def test_a_phone_number(text: str, phone: str) -> None:
    assert parse_phone(text) == phone
    assert parse_phones(text) == (phone, None)
    assert parse_phone(phone) == phone


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1990000100",
        "199000010011",
        "12900001001",
        "84230001",
        "19900001001.0",
        "+123",
        "+86 1990000100",
        "/",
    ],
)
def test_what_is_no_phone_number(text: str) -> None:
    for read in (parse_phone, parse_phones):
        with pytest.raises(BadPhone) as caught:
            read(text)
        assert caught.value.fields == {"value": text}


def test_phone_numbers_of_other_regions() -> None:
    assert parse_phone("0151 12345678", "DE") == parse_phone("+49 151 12345678", "DE") == "015112345678"
    assert parse_phone("(202) 555-0100", "US") == "2025550100"
    assert parse_phone("+86 19900001001", "DE") == "+8619900001001"
    assert parse_phone("030/1234567", "DE") == "0301234567"
    assert parse_phone("202.555.0100", "US") == "2025550100"
    assert parse_phone("+33 6.12.34.56.78") == "+33612345678"
    assert parse_phones("030/1234567 / 0151.12345678", "DE") == ("0301234567", "015112345678")
    with pytest.raises(BadPhone):
        parse_phone("12345", "DE")


@pytest.mark.parametrize(
    "text",
    [
        "19900002003 / 0531-84230002",
        "19900002003、053184230002",
        "19900002003 0531-84230002",
        "19900002003；0531 8423 0002",
    ],
)
def test_two_phone_numbers_in_a_cell(text: str) -> None:
    assert parse_phones(text) == ("19900002003", "053184230002")


def test_the_same_number_twice_is_one_and_three_are_refused() -> None:
    assert parse_phones("19900001001/199-0000-1001") == ("19900001001", None)
    with pytest.raises(BadPhone):
        parse_phones("19900001001/19900001002/19900001003")
    with pytest.raises(BadPhone):
        parse_phones("19900001001/1990000100")


def test_a_long_number_in_scientific_notation_is_lost() -> None:
    for text in ("1.99E+10", "1.99e10", "２E+10"):
        with pytest.raises(DamagedByExcel):
            parse_phones(text)
    with pytest.raises(DamagedByExcel):
        parse_id_number("3.70115E+17")


def test_an_identity_number() -> None:
    for text in (
        SAMPLE_ID,
        SAMPLE_ID.lower(),
        "１１０１０５１９４９１２３１００２ｘ",
        " 110105 19491231 002X ",
    ):
        assert parse_id_number(text) == SAMPLE_ID
    assert birth_of_id(SAMPLE_ID) == "1949-12-31"
    assert sex_of_id(SAMPLE_ID) == "female"


@pytest.mark.parametrize(
    "text", ["", "abc", "110105491231002", "110105194912310021", SAMPLE_ID[:-1], f"{SAMPLE_ID}1", "X" * 18]
)
def test_what_is_no_identity_number(text: Any) -> None:
    with pytest.raises(BadIdNumber):
        parse_id_number(text)


def test_an_identity_number_ending_in_zeros_was_damaged() -> None:
    with pytest.raises(DamagedByExcel):
        parse_id_number("110105194912310000")


def test_an_identity_number_needs_a_real_birth_date() -> None:
    from stdnum.cn import ric

    impossible = "11010519490230002"
    with pytest.raises(BadIdNumber):
        parse_id_number(impossible + ric.calc_check_digit(impossible))


@pytest.mark.parametrize(
    ("text", "building", "unit", "room"),
    [
        *(
            (text, "3", "2", "501")
            for text in ("3号楼2单元501", "3-2-501", "3栋2单元501室", "3#2-501", "3幢2单元501户")
        ),
        *(
            (text, "3", "2", "501")
            for text in (
                "三号楼二单元501",
                "3号楼 2单元 501",
                "03号楼02单元0501",
                "３－２－５０１",
                "3#楼2单元501",
            )
        ),
        ("5栋1单元101室", "5", "1", "101"),
        ("5#1-102", "5", "1", "102"),
        ("3幢", "3", None, None),
        ("5号楼", "5", None, None),
        ("3号楼2单元", "3", "2", None),
        ("3号楼501", "3", None, "501"),
        ("3-501", "3", None, "501"),
        ("A座1203", "A", None, "1203"),
        ("12号楼东单元301", "12", "东", "301"),
    ],
)
def test_an_address(text: Any, building: Any, unit: Any, room: Any) -> None:
    assert parse_address(text) == Address(building, unit, room, None)


def test_an_address_keeps_what_building_and_room_do_not_say() -> None:
    whole = "滨湖花园3号楼2单元501"
    assert parse_address(whole) == Address("3", "2", "501", whole)
    for text in ("滨湖花园东门", "滨湖社区二楼", "3-2", "501室", "5号", "2025-03-05", "0531-84230001"):
        assert parse_address(text) == Address(None, None, None, text)
    assert parse_address(" ") == Address(None, None, None, None)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        *((text, Quantity(12)) for text in ("12", "１２", "12.0", "十二")),
        *((text, Quantity(3, "袋")) for text in ("3袋", "三袋", "3 袋")),
        *(
            (text, Quantity(40, "件", Direction.AT_LEAST))
            for text in ("40余件", "40多件", "超过40件", "至少40件", "40件以上", "≥40件", "40+件")
        ),
        *(
            (text, Quantity(40, "件", Direction.AT_MOST))
            for text in ("近40件", "将近40件", "不到40件", "不足40件", "40件以内", "≤40件", "<40件")
        ),
        *((text, Quantity(50, None, Direction.ABOUT)) for text in ("约50", "50左右", "50 上下", "约50余")),
        ("近百件", Quantity(100, "件", Direction.AT_MOST)),
        ("730多件", Quantity(730, "件", Direction.AT_LEAST)),
        ("一百多件", Quantity(100, "件", Direction.AT_LEAST)),
        ("１０套", Quantity(10, "套")),
        ("1,200件", Quantity(1200, "件")),
        ("1.2万件", Quantity(12000, "件")),
        ("3千件", Quantity(3000, "件")),
        ("一百五", Quantity(150)),
        ("一千零五件", Quantity(1005, "件")),
        ("两万三千袋", Quantity(23000, "袋")),
        ("about 50 pieces", Quantity(50, "pieces", Direction.ABOUT)),
        ("1000000000", Quantity(10**9)),
    ],
)
def test_a_quantity(text: Any, quantity: Any) -> None:
    assert parse_quantity(text) == quantity


@pytest.mark.parametrize(
    "text",
    [
        "",
        "若干",
        "几十件",
        "半箱",
        "一件半",
        "1e5",
        "3-5件",
        "12件/套",
        "一些",
        "一点",
        "一批",
        "nan",
        "九" * 5000,
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    with pytest.raises(BadQuantity):
        parse_quantity(text)


@pytest.mark.parametrize("text", ["0", "0件", "-1", "1.5", "1000000001", "1.00001万件", "9" * 400])
def test_a_quantity_out_of_bounds(text: str) -> None:
    with pytest.raises(QuantityRefused):
        parse_quantity(text)


@given(st.integers(1, 10**9), st.sampled_from(["件", "套", "袋", "kg"]))
def test_a_quantity_reads_back(number: Any, unit: Any) -> None:
    assert parse_quantity(f"{number}{unit}") == parse_quantity(f"{number:,} {unit}") == Quantity(number, unit)


def test_an_item_with_its_quantity() -> None:
    assert parse_item("衣物=12件") == parse_item("衣物 ＝ １２件") == ("衣物", Quantity(12, "件"))
    assert parse_item("衣物=>=90套") == ("衣物", Quantity(90, "套", Direction.AT_LEAST))
    with pytest.raises(MissingValue):
        parse_item("=3件")
    for text in ("衣物", "衣物=", "衣物=若干"):
        with pytest.raises(BadQuantity):
            parse_item(text)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("¥1,200", 120000),
        ("45,50 €", 4550),
        ("1.234,5", 123450),
        ("￥12.50", 1250),
        ("1200元", 120000),
        ("1.2万元", 1200000),
        ("五百元", 50000),
        ("0", 0),
    ],
)
def test_an_amount_in_yuan(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


def test_a_bare_amount_is_in_the_scale_of_its_heading() -> None:
    assert parse_yuan("0.125", scale=10_000) == 125_000
    assert parse_yuan("500元", scale=10_000) == 50_000
    assert parse_yuan("2万", scale=10_000) == 2_000_000
    with pytest.raises(AmountRefused):
        parse_yuan("0.0000001", scale=10_000)


def test_what_is_no_amount() -> None:
    for text in ("", "x", "12件", "1e3"):
        with pytest.raises(BadAmount):
            parse_yuan(text)
    for text in ("12.345", "-5", "1000000001"):
        with pytest.raises(AmountRefused):
            parse_yuan(text)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_with_a_name(text: Any) -> None:
    for read in (
        parse_phones,
        parse_id_number,
        parse_address,
        parse_quantity,
        parse_yuan,
        parse_item,
        clean_name,
        split_list,
    ):
        try:
            read(text)
        except VolunteerError as fault:
            assert fault.code  # noqa: PT017 - that it is one of ours is the point


def test_masks() -> None:
    phones = ("13800005678", "053184230001", "01012345678", "+4915112345678", "12345")
    assert [mask_phone(phone) for phone in phones] == [
        "138****5678",
        "0531****0001",
        "010****5678",
        "+491****5678",
        "****",
    ]
    assert mask_id_number(SAMPLE_ID) == "1101**********002X"
    assert [mask_name(name) for name in ("张三", "欧阳小明", "䶮", "")] == ["张**", "欧**", "䶮**", ""]


@pytest.mark.parametrize(
    ("name", "sound", "initials"),
    [
        ("李明", "liming", "lm"),
        ("单小川", "shanxiaochuan", "sxc"),
        ("曾国", "zengguo", "zg"),
        ("解放", "xiefang", "xf"),
        ("仇英", "qiuying", "qy"),
        ("区小平", "ouxiaoping", "oxp"),
        ("朴小平", "piaoxiaoping", "pxp"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("吕布", "lvbu", "lb"),
        ("䶮小川", "yanxiaochuan", "yxc"),
        ("阿依古丽·买买提", "ayigulimaimaiti", "ayglmmt"),
        ("Anna Müller", "annamüller", "am"),
        ("", "", ""),
    ],
)
def test_the_sound_of_a_name(name: str, sound: str, initials: str) -> None:
    assert pinyin_of(name) == (sound, initials)


@pytest.mark.parametrize(
    "name",
    [
        "王朝阳",
        "李重庆",
        "张长江",
        "刘行长",
        "赵大王",
        "孙乐乐",
        "周一行",
        "吴长长长长长长长长",
        "郑A重庆",
        "冯·长春",
    ],
)
def test_names_with_words_in_them_sound_as_the_words_do(name: str) -> None:
    """Characters one by one are read only where no word could be parted from them."""
    assert pinyin_of(name)[0] == "".join(re.findall(r"\w+", " ".join(lazy_pinyin(name)).casefold()))


def test_did_you_mean() -> None:
    assert did_you_mean("Gardn", ["Rose", "Garden"]) == ["Garden"]
    assert did_you_mean("李名", ["王芳", "李明"]) == ["李明"]
    assert did_you_mean("摘星", ["绿色家园维护者", "摘星好少年"]) == ["摘星好少年"]
    assert did_you_mean("xyz", ["Garden"]) == []


@pytest.mark.parametrize(
    ("parts", "sum_of_them"),
    [
        (["12件", "40余件"], Quantity(52, None, Direction.AT_LEAST)),
        (["12件", "近百件"], Quantity(112, None, Direction.AT_MOST)),
        (["近百件", "40余件"], Quantity(140, None, Direction.ABOUT)),
        (["约50件", "40余件", "1件"], Quantity(91, None, Direction.ABOUT)),
        (["12件", "3件"], Quantity(15)),
        ([], Quantity(0)),
    ],
)
def test_a_total_keeps_the_direction_of_its_parts(parts: list[str], sum_of_them: Quantity) -> None:
    assert total(map(parse_quantity, parts)) == sum_of_them


@pytest.mark.parametrize(
    ("now", "then", "change"),
    [
        ("40余件", "12件", Direction.AT_LEAST),
        ("40件", "12余件", Direction.AT_MOST),
        ("40余件", "12余件", Direction.ABOUT),
        ("40余件", "近12件", Direction.AT_LEAST),
    ],
)
def test_a_change_of_what_is_not_exact(now: str, then: str, change: Direction) -> None:
    difference = parse_quantity(now) - parse_quantity(then)
    assert (difference.number, difference.direction) == (28, change)
