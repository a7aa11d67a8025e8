"""Days, times, durations, births and periods as people write them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer_cli.core.dates import (
    Period,
    add_months,
    add_working_days,
    age_on,
    birth_agrees,
    birth_from_number,
    date_from_number,
    days,
    duration_from_number,
    format_date,
    format_minutes,
    is_working_day,
    long_date,
    parse_birth,
    parse_date,
    parse_datetime,
    parse_duration,
    parse_moment,
    parse_period,
    parse_time,
    working_days_between,
)
from volunteer_cli.core.errors import (
    AmbiguousDate,
    BadDate,
    BadDuration,
    BadPeriod,
    BadTime,
    DurationRefused,
    VolunteerError,
)
from volunteer_cli.shell.typed import PlannedText

TODAY = date(2025, 3, 12)  # a Wednesday
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        *("2023.3.5", "2023/3/5", "2023-03-05", "2023年3月5日", "2023年3月5号", "2023年03月05", "20230305"),
        *(
            "２０２３．３．５",
            "２０２３年３月５日",
            "2023 年 3 月 5 日",
            " 2023-03-05 ",
            "2023. 3. 5",
            "44990",
        ),
        *(
            "2023-03-05 (周日)",
            "2023-03-05（星期日）",
            "2023年3月5日 星期天",
            "2023-03-05 Sun",
            "2023年3月5日周日",
        ),
        *("2023-03-05 00:00:00", "2023-03-05T00:00", "2023年3月5日 0:00", "二〇二三年三月五日", "23年3月5日"),
        *(
            "5 March 2023",
            "Mar 5, 2023",
            "5th of march 2023",
            "5-Mar-2023",
            "Sun, 5 Mar. 2023",
            "March 5 2023",
        ),
        *("3月5日", "三月五号", "3.5", "3/5", "03-05", "5 March", "Mar 5", "23.3.5"),
    ],
)
def test_a_day_written_in_any_of_the_usual_ways(text: Any) -> None:
    assert parse_date(text, TODAY, year=2023, relative=False) == date(2023, 3, 5)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2025-03-12"),
        ("今日", "2025-03-12"),
        ("Yesterday", "2025-03-11"),
        ("昨天", "2025-03-11"),
        ("前天", "2025-03-10"),
        ("大前天", "2025-03-09"),
        ("tomorrow", "2025-03-13"),
        ("后天", "2025-03-14"),
        ("大后天", "2025-03-15"),
        ("+3d", "2025-03-15"),
        ("-2w", "2025-02-26"),
        ("+1m", "2025-04-12"),
        ("-1y", "2024-03-12"),
        ("+3天", "2025-03-15"),
        ("3天前", "2025-03-09"),
        ("三天前", "2025-03-09"),
        ("十二天以后", "2025-03-24"),
        ("两周后", "2025-03-26"),
        ("两个月后", "2025-05-12"),
        ("3 days ago", "2025-03-09"),
        ("a week ago", "2025-03-05"),
        ("in 2 weeks", "2025-03-26"),
        ("2 months from now", "2025-05-12"),
        ("周五", "2025-03-14"),
        ("本周一", "2025-03-10"),
        ("这周日", "2025-03-16"),
        ("上周五", "2025-03-07"),
        ("上上周五", "2025-02-28"),
        ("下周三", "2025-03-19"),
        ("下个星期天", "2025-03-23"),
        ("monday", "2025-03-10"),
        ("last friday", "2025-03-07"),
        ("last-friday", "2025-03-07"),
        ("next Mon", "2025-03-17"),
        ("coming friday", "2025-03-14"),
        ("coming wednesday", "2025-03-19"),
        ("the day after tomorrow", "2025-03-14"),
        ("day before yesterday", "2025-03-10"),
        ("月初", "2025-03-01"),
        ("月底", "2025-03-31"),
        ("上月底", "2025-02-28"),
        ("下个月底", "2025-04-30"),
        ("end of month", "2025-03-31"),
        ("end of last month", "2025-02-28"),
        ("start of next month", "2025-04-01"),
        ("年初", "2025-01-01"),
        ("年底", "2025-12-31"),
        ("去年底", "2024-12-31"),
        ("end of the year", "2025-12-31"),
        ("上个月5号", "2025-02-05"),
        ("下月3日", "2025-04-03"),
        ("去年3月5日", "2024-03-05"),
    ],
)
def test_a_day_told_from_today(text: str, day: str) -> None:
    assert parse_date(text, TODAY) == date.fromisoformat(day)
    with pytest.raises(BadDate):
        parse_date(text, TODAY, relative=False)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "abc",
            "2023-02-30",
            "1983.13",
            "2023-13-01",
            "2月30日",
            "12345",
            "90000",
            "05032025",
            "2023.3/5",
        ),
        *(
            "3月5日",
            "3.5",
            "5 March",
            "+99999999999d",
            "0203-03-05",
            "9999-12-31",
            "下个月31号",
            "周八",
            "9" * 5000,
        ),
        *("2023-03-05 09:00", "十月", "2023-W05", "32 March 2023", "1/2/3"),
    ],
)
def test_what_is_no_day(text: Any) -> None:
    with pytest.raises(BadDate) as caught:
        parse_date(text, TODAY)
    assert caught.value.fields == {"value": text}


def test_the_order_of_day_and_month_is_never_guessed() -> None:
    assert parse_date("25/12/2025", TODAY) == parse_date("12/25/2025", TODAY) == date(2025, 12, 25)
    assert parse_date("05/05/2025", TODAY) == date(2025, 5, 5)
    for text in ("03/05/2025", "3.5.2025", "03-05-24"):
        with pytest.raises(AmbiguousDate):
            parse_date(text, TODAY)
    assert parse_date("03/05/2025", TODAY, order="dmy") == date(2025, 5, 3)
    assert parse_date("03/05/2025", TODAY, order="mdy") == date(2025, 3, 5)
    assert parse_date("3/5", TODAY, year=2025, order="dmy") == date(2025, 5, 3)
    assert parse_date("2025-03-05", TODAY, order="dmy") == date(2025, 3, 5)


def test_two_digits_of_a_year_beyond_todays_are_of_the_last_century() -> None:
    assert parse_date("65年3月5日", TODAY) == date(1965, 3, 5)
    assert parse_date("25年3月5日", TODAY) == date(2025, 3, 5)
    assert parse_date("26年3月5日", TODAY) == date(1926, 3, 5)


@given(DAYS)
def test_each_way_of_writing_a_day_reads_back(day: Any) -> None:
    for form in ("%Y-%m-%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"):
        assert parse_date(day.strftime(form), TODAY, relative=False) == day
    assert parse_birth(format_date(day), date(2100, 1, 1)) == day.isoformat()


@given(st.integers(20_000, 80_000))
def test_a_serial_counts_days(serial: Any) -> None:
    assert date_from_number(float(serial)) == date(2023, 3, 5) + timedelta(serial - 44990)
    assert parse_date(str(serial), TODAY) == date_from_number(serial)


def fault_of(read: Callable[[str, date], object], text: str) -> VolunteerError | None:
    try:
        read(text, TODAY)
    except VolunteerError as fault:
        return fault
    return None


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_named_error(text: Any) -> None:
    for read in (parse_date, parse_datetime, parse_period, parse_birth):
        if fault := fault_of(read, text):
            assert fault.fields["value"] == text


@given(st.text(alphabet="0123456789:.-, hm小时分个半一两点上下午晚", max_size=10))
def test_any_text_is_a_time_and_a_duration_or_a_named_error(text: Any) -> None:
    with suppress(BadDuration, DurationRefused):
        assert 0 < parse_duration(text) <= 1440
    with suppress(BadTime):
        parse_time(text)


@pytest.mark.parametrize(
    ("value", "day"), [(44990.0, "2023-03-05"), (20230305.0, "2023-03-05"), (6.4, "2023-06-04")]
)
def test_a_day_in_a_number_cell(value: float, day: str) -> None:
    assert date_from_number(value, year=2023) == date.fromisoformat(day)


def test_a_number_cell_may_have_lost_a_zero() -> None:
    for value in (6.3, 6.1, 6.2, 12.1, 1958.1):
        with pytest.raises(AmbiguousDate):
            date_from_number(value, year=2023)
    assert date_from_number(2.3, year=2023) == date(2023, 2, 3)  # there is no 30 February
    assert date_from_number(6.12, year=2023) == date(2023, 6, 12)
    for value in (6.31, 13.1, 0.5, 1e9, float("nan"), float("inf"), -44990.0, 44990.5, 1965.3):
        with pytest.raises(BadDate):
            date_from_number(value, year=2023)
    with pytest.raises(BadDate):
        date_from_number(6.4)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-03-05T09:00", "2025-03-05T09:00"),
        ("2025-03-05 9:00", "2025-03-05T09:00"),
        ("2025-03-05 09:00:30", "2025-03-05T09:00"),
        ("2025/3/5 9：00", "2025-03-05T09:00"),
        ("3月5日 上午9点", "2025-03-05T09:00"),
        ("3月5日9:00", "2025-03-05T09:00"),
        ("2024年3月5日下午2点半", "2024-03-05T14:30"),
        ("明天下午3点", "2025-03-13T15:00"),
        ("tomorrow 14:00", "2025-03-13T14:00"),
        ("next friday, 2:30pm", "2025-03-21T14:30"),
        ("Mar 5, 2025 9am", "2025-03-05T09:00"),
        ("下周三晚上8点", "2025-03-19T20:00"),
        ("2025-03-05 24:00", "2025-03-06T00:00"),
        ("2025-03-05 00:00", "2025-03-05T00:00"),
        ("今天晚上12点", "2025-03-13T00:00"),
        ("4 oct 10:00", "2025-10-04 10:00"),
        ("oct 4 at 10:00", "2025-10-04 10:00"),
        ("sat 10:00", "2025-03-15 10:00"),
        ("sat at 10am", "2025-03-15 10:00"),
        ("sept 5, 9:30", "2025-09-05 09:30"),
        ("10:00 sat", "2025-03-15 10:00"),
        ("noon on the day after tomorrow", "2025-03-14 12:00"),
        ("今晚7点", "2025-03-12 19:00"),
        ("明早8点半", "2025-03-13 08:30"),
        ("2025-03-05T09:30", "2025-03-05 09:30"),
    ],
)
def test_a_moment(text: str, moment: str) -> None:
    assert parse_datetime(text, TODAY) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("tomorrow", BadTime),
        ("2025-03-05", BadTime),
        ("2025-03-05 25:00", BadTime),
        ("9:00", BadDate),
        ("2025-02-30 9:00", BadDate),
        ("2025-3-15:00", BadDate),
        ("03/05/2025 9:00", AmbiguousDate),
        ("", BadDate),
    ],
)
def test_what_is_no_moment(text: str, error: Any) -> None:
    with pytest.raises(error):
        parse_datetime(text, TODAY)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("monday 10:00", "2025-03-17 10:00"),
        ("周一10:00", "2025-03-17 10:00"),
        ("wed 10:00", "2025-03-12 10:00"),
        ("friday 10:00", "2025-03-14 10:00"),
        ("this monday 10:00", "2025-03-10 10:00"),
        ("10:00 monday", "2025-03-17 10:00"),
        ("10am on tue", "2025-03-18 10:00"),
        ("mon 3 march 10:00", "2025-03-03 10:00"),
        ("mon, mar 10 10:00", "2025-03-10 10:00"),
        ("上周五 10:00", "2025-03-07 10:00"),
        ("2025-03-10 10:00", "2025-03-10 10:00"),
    ],
)
def test_what_is_planned_lies_ahead(text: str, moment: str) -> None:
    assert PlannedText(text).on(TODAY) == datetime.fromisoformat(moment)


def test_a_long_text_is_refused_at_once() -> None:
    from time import process_time

    begin = process_time()
    for read in (parse_date, parse_datetime, parse_period):
        with pytest.raises((BadDate, BadPeriod)):
            read("二〇二五年" * 2000, TODAY)
    assert process_time() - begin < 1


def test_a_moment_of_a_sheet_needs_its_year() -> None:
    with pytest.raises(BadDate):
        parse_datetime("3月5日 9:00", TODAY, relative=False)
    assert parse_datetime("3月5日 9:00", TODAY, year=2024, relative=False) == datetime.fromisoformat(
        "2024-03-05T09:00"
    )


def test_a_bare_time_is_on_the_day_given() -> None:
    assert parse_moment("9:00", date(2024, 5, 1), TODAY) == datetime.fromisoformat("2024-05-01T09:00")
    assert parse_moment("24:00", date(2024, 5, 1), TODAY) == datetime.fromisoformat("2024-05-02T00:00")
    assert parse_moment("2024-05-02 1:00", date(2024, 5, 1), TODAY) == datetime.fromisoformat(
        "2024-05-02T01:00"
    )
    for text in ("25:00", "abc", "2024-02-30 9:00"):
        with pytest.raises(BadTime):
            parse_moment(text, date(2024, 5, 1), TODAY)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        *(
            (text, time(9))
            for text in ("9:00", "9：00", "09:00:00", "0900", "上午9点", "9点整", "九点钟", "9am", "9 a.m.")
        ),
        *(
            (text, time(14, 15))
            for text in (
                "14:15",
                "下午2点15分",
                "下午 2:15",
                "2:15pm",
                "14时15分",
                "下午两点一刻",
                "下午2點15分",
                "14∶15",
                "14 : 15",
                "PM 2:15",
                "14h15",
                "14:15 Uhr",
            )
        ),
        *(
            (text, time(0))
            for text in ("24:00", "00:00", "0点", "晚上12点", "凌晨12点", "12am", "午夜", "midnight")
        ),
        *((text, time(12)) for text in ("中午12点", "noon", "12pm", "下午12点", "上午12点")),
        ("11点半", time(11, 30)),
        ("9点05分", time(9, 5)),
        ("中午1点", time(13)),
        ("晚上8点", time(20)),
        ("凌晨1点三刻", time(1, 45)),
    ],
)
def test_a_time(text: Any, clock: Any) -> None:
    assert parse_time(text) == clock


@pytest.mark.parametrize(
    "text", ["", "9", "25:00", "24:01", "9:60", "上午14点", "晚上1点", "13am", "9.30", "九", "2h"]
)
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(BadTime):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(
            (text, 120)
            for text in (
                "2",
                "2.0",
                "２",
                "2h",
                "2 hrs",
                "2小时",
                "两小时",
                "两个小时",
                "2个钟头",
                "2:00",
                "兩個小時",
                "2小時",
                "120分鐘",
            )
        ),
        *(
            (text, 90)
            for text in (
                "1.5",
                "1,5",
                "1h30m",
                "1h30",
                "1:30",
                "01:30:00",
                "1小时30分",
                "1小时30分钟",
                "1.5小时",
            )
        ),
        *(
            (text, 90)
            for text in (
                "90分钟",
                "90 min",
                "九十分钟",
                "一个半小时",
                "1个半小时",
                "1小时半",
                "1 hour 30 minutes",
            )
        ),
        *((text, 30) for text in ("30m", "半小时", "半个小时", "0.5", ".5")),
        ("一刻钟", 15),
        ("0.33h", 20),
        ("一小时零五分", 65),
        ("24", 1440),
        ("两个半小时", 150),
    ],
)
def test_a_duration(text: Any, minutes: Any) -> None:
    assert parse_duration(text) == minutes


def test_a_bare_number_is_in_the_unit_of_its_heading() -> None:
    assert parse_duration("90", unit="minutes") == 90
    assert parse_duration("1:30", unit="minutes") == 90
    assert parse_duration("2小时", unit="minutes") == 120
    assert duration_from_number(1.5) == 90
    assert duration_from_number(90.0, unit="minutes") == 90


@pytest.mark.parametrize(
    "text", ["", "半天", "一上午", "一天", "abc", "nan", "1e1", "1:75", "1,500", "h", "--2"]
)
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(BadDuration):
        parse_duration(text)


@pytest.mark.parametrize(
    "text", ["0", "25", "-2", "−2", "24.5h", "1441分钟", "0.001", "0:00", "-1:30", "9" * 400]
)
def test_a_duration_out_of_bounds(text: str) -> None:
    with pytest.raises(DurationRefused):
        parse_duration(text)


def test_a_number_that_is_no_duration() -> None:
    for value in (float("nan"), float("inf")):
        with pytest.raises(BadDuration):
            duration_from_number(value)
    with pytest.raises(DurationRefused):
        duration_from_number(1e300)


@given(st.integers(1, 1440))
def test_minutes_read_back(minutes: Any) -> None:
    assert parse_duration(format_minutes(minutes)) == minutes
    assert parse_duration(f"{minutes}分钟") == minutes


def test_minutes_are_shown_as_hours_and_minutes() -> None:
    assert [format_minutes(minutes) for minutes in (0, 5, 90, 6000, -90)] == [
        "0:00",
        "0:05",
        "1:30",
        "100:00",
        "-1:30",
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        *((text, "2025") for text in ("2025", "2025年", "this-year", "今年", "2025-01..2025-12")),
        *((text, "2024") for text in ("last-year", "last year", "去年")),
        ("前年", "2023"),
        *(
            (text, "2025-09")
            for text in (
                "2025-09",
                "2025/9",
                "2025年9月",
                "september 2025",
                "2025 sep",
                "2025-09-01..2025-09-30",
            )
        ),
        *((text, "2024-09") for text in ("9月", "九月份", "september", "去年9月", "去年的九月")),
        *((text, "2025-03") for text in ("3月", "march", "mar")),
        *(
            (text, "2025-Q3")
            for text in (
                "2025-Q3",
                "2025Q3",
                "2025 q3",
                "q3 2025",
                "2025年第三季度",
                "2025-07..2025-09",
                "2025年7-9月",
            )
        ),
        *((text, "2024-Q3") for text in ("三季度", "Q3", "去年第三季度", "2024年7月至9月")),
        *((text, "2025-03") for text in ("this-month", "本月", "这个月")),
        *((text, "2025-02") for text in ("last-month", "last month", "上月", "上个月", "今年2月")),
        ("next-month", "2025-04"),
        *((text, "2025-Q1") for text in ("this-quarter", "本季度")),
        *((text, "2024-Q4") for text in ("last-quarter", "上季度", "上个季度")),
        *((text, "2025-03-10..2025-03-16") for text in ("this-week", "本周", "2025-W11")),
        *((text, "2025-03-03..2025-03-09") for text in ("last-week", "上周")),
        *((text, "2025-03-12") for text in ("today", "今天", "2025-03-12", "3月12日")),
        ("昨天", "2025-03-11"),
        ("上半年", "2025-01-01..2025-06-30"),
        *(
            (text, "2024-07-01..2024-12-31")
            for text in ("2024年下半年", "2024下半年", "下半年", "2024-H2", "h2", "去年下半年")
        ),
        *(
            (text, "2025-02-11..2025-03-12")
            for text in ("last 30 days", "past 30 days", "近30天", "最近三十天")
        ),
        *((text, "2024-12-13..2025-03-12") for text in ("last 3 months", "近三个月", "最近3个月")),
        ("近一年", "2024-03-13..2025-03-12"),
        ("近半年", "2024-09-13..2025-03-12"),
        ("past week", "2025-03-06..2025-03-12"),
        *(
            (text, "2025-02-01..2025-03-12")
            for text in ("since 2025-02", "since february", "2月以来", "自2月1日起")
        ),
        *((text, "2025-02-01..2025-02-15") for text in ("1-15 february", "february 1-15", "feb 1-15, 2025")),
        *((text, "2024-11-01..2024-12-31") for text in ("nov-dec", "november-december 2024", "2024-11..12")),
        *((text, "2025-Q1") for text in ("between 2025-01 and 2025-03", "jan-mar 2025")),
        *((text, "2024-Q3") for text in ("third quarter", "the third quarter of 2024")),
        *((text, "2025-01-01..2025-03-12") for text in ("qtd", "quarter to date", "本季度以来")),
        *((text, "2025-01-01..2025-03-12") for text in ("ytd", "year to date", "今年以来", "今年至今")),
        *((text, "all") for text in ("all", "全部", "所有")),
        *((text, "2025") for text in ("2025年度", "本年度", "二〇二五年", "2025年全年", "全年")),
        *((text, "2024") for text in ("上年度", "上一年", "二零二四年度")),
        *((text, "2024-01-01..2025-12-31") for text in ("2024-2025", "2024至2025年", "2024年到2025年")),
        *((text, "2024-09") for text in ("202409", "２０２４０９")),
        *((text, "2025-01-01..2025-06-30") for text in ("first half of 2025", "the first half")),
        *((text, "2024-10-01..2024-10-07") for text in ("2024年10月1日至7日", "2024-10-01〜2024-10-07")),
        ("2025年2月中旬", "2025-02-11..2025-02-20"),
        *(
            (text, "2025-01-15..2025-03-10")
            for text in (
                "2025-01-15至2025-03-10",
                "2025年1月15日至3月10日",
                "2025年1月15日到2025年3月10日",
                "1月15日-3月10日",
                "2025-01-15 ~ 2025-03-10",
                "2025-01-15 - 2025-03-10",
                "2025.1.15-2025.3.10",
                "jan 15 to mar 10",
                "from 2025-01-15 to 2025-03-10",
                "从1月15日到3月10日",
                "2025-01-15—2025-03-10",
            )
        ),
        ("去年9月到今年2月", "2024-09-01..2025-02-28"),
        *(
            (text, "2024-10-01..2024-10-07")
            for text in ("国庆", "国庆节", "2024年国庆假期", "去年国庆", "十一长假")
        ),
        *((text, "2025-01-28..2025-02-04") for text in ("春节", "2025春节", "今年春节")),
        ("元旦", "2025-01-01"),
        ("去年..昨天", "2024-01-01..2025-03-11"),
        ("2024-11 .. 2025-02-14", "2024-11-01..2025-02-14"),
    ],
)
def test_a_period(text: Any, label: Any) -> None:
    period = parse_period(text, TODAY)
    assert period.label == str(period) == label
    assert parse_period(label, TODAY) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "xx",
        "2025-13",
        "2025-Q5",
        "2025-W60",
        "2025-09..2025-01",
        "2025..",
        "..",
        "0000",
        "9999",
        "近0天",
        "since 2026",
        "2025年6-1月",
        "2025-2024",
        "202513",
        "2099年国庆",
        "last 0 days",
        "至",
        "从",
    ],
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(BadPeriod):
        parse_period(text, TODAY)


@pytest.mark.parametrize(
    "text", ["暑假", "2025年暑假", "去年寒假", "上学期", "summer holidays", "school term"]
)
def test_what_each_place_sets_for_its_schools_is_asked_by_its_days(text: str) -> None:
    with pytest.raises(BadPeriod, match="no period") as refused:
        parse_period(text, TODAY)
    assert "write both" in refused.value.advice


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2025", "2024"),
        ("2025-01", "2024-12"),
        ("2025-03", "2025-02"),
        ("2025-Q1", "2024-Q4"),
        ("2025-01..2025-06", "2024-01-01..2024-06-30"),
        ("2025下半年", "2024-07-01..2024-12-31"),
        ("2025年1-4月", "2024-01-01..2024-04-30"),
        ("2025-01-01..2025-05-20", "2024-01-01..2024-05-20"),
        ("今年以来", "2024-01-01..2024-03-12"),
        ("本月以来", "2025-02-01..2025-02-12"),
        ("2025-01-01..2025-01-20", "2024-12-12..2024-12-31"),
        ("2025-W02", "2024-12-30..2025-01-05"),
        ("2025-03-01", "2025-02-28"),
        ("2025-03-03..2025-03-05", "2025-02-28..2025-03-02"),
    ],
)
def test_the_period_before(text: str, before: str) -> None:
    assert parse_period(text, TODAY).previous().label == before


def test_the_days_and_months_of_a_period() -> None:
    period = Period(date(2024, 12, 30), date(2025, 2, 1))
    assert period.end == date(2025, 2, 2)
    assert date(2025, 2, 1) in period
    assert date(2025, 2, 2) not in period
    assert [month.label for month in period.months()] == ["2024-12", "2025-01", "2025-02"]


@given(DAYS, DAYS)
def test_a_period_reads_back_from_its_label(one: Any, other: Any) -> None:
    period = Period(min(one, other), max(one, other))
    assert parse_period(period.label, TODAY) == period
    # The days just before, or the same of another year: never some of its own, never some in between.
    before = period.previous()
    assert before.end == period.first or before.months_back == 12


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        *((text, "1965") for text in ("1965", "1965年", "65年", "1965年生")),
        *(
            (text, "1965-03")
            for text in (
                "1965.3",
                "1965-03",
                "1965/3",
                "3/1965",
                "03.1965",
                "1965年3月",
                "65年3月",
                "196503",
                "1965年3月份",
            )
        ),
        *(
            (text, "1979-07-01")
            for text in ("1979/7/1", "1979年7月1日", "19790701", "79年7月1日", "1979-07-01 00:00")
        ),
        ("1949年12月31日", "1949-12-31"),
        ("1965.10", "1965-10"),
        ("17890", "1948-12-23"),
        ("2025", "2025"),
    ],
)
def test_a_birth_is_as_precise_as_it_is_written(text: Any, birth: Any) -> None:
    assert parse_birth(text, TODAY) == birth


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1983.13",
        "2026",
        "2025-04",
        "2025-03-13",
        "1879",
        "196513",
        "65.3",
        "5年3月",
        "昨天",
        "1960-02-30",
    ],
)
def test_what_is_no_birth(text: str) -> None:
    with pytest.raises(BadDate) as caught:
        parse_birth(text, TODAY)
    assert "1965-03 or 1965" in caught.value.advice


def test_a_birth_in_a_number_cell() -> None:
    assert birth_from_number(1965.0, TODAY) == "1965"
    assert birth_from_number(1965.3, TODAY) == "1965-03"
    assert birth_from_number(1965.12, TODAY) == "1965-12"
    assert birth_from_number(19921120.0, TODAY) == "1992-11-20"
    assert birth_from_number(23456.0, TODAY) == "1964-03-20"
    with pytest.raises(AmbiguousDate):
        birth_from_number(1958.1, TODAY)


def test_births_agree_when_one_is_the_less_precise_form_of_the_other() -> None:
    assert birth_agrees("1965", "1965-03-05")
    assert birth_agrees("1965-03-05", "1965-03")
    assert not birth_agrees("1965-03", "1965-04-01")


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        ("1965", 59),
        ("1965-03", 59),
        ("1965-02", 60),
        ("1965-03-12", 60),
        ("1965-03-13", 59),
        ("2025", 0),
        (None, None),
    ],
)
def test_an_age_is_at_least(birth: str | None, age: int | None) -> None:
    assert age_on(birth, TODAY) == age


def test_working_days() -> None:
    assert not is_working_day(date(2025, 10, 1))  # National Day, a Wednesday
    assert is_working_day(date(2025, 10, 11))  # a Saturday worked in exchange
    assert not is_working_day(date(2040, 3, 3))  # beyond the calendar: a Saturday
    assert add_working_days(date(2025, 9, 28), 3) == date(2025, 10, 9)
    assert add_working_days(date(2025, 9, 28), 0) == date(2025, 9, 28)


@given(DAYS, st.integers(0, 30))
def test_working_days_are_counted_as_they_are_added(start: Any, days: Any) -> None:
    def weekday(day: date) -> bool:
        return day.weekday() < 5

    assert working_days_between(start, add_working_days(start, days, weekday), weekday) == days


@given(DAYS, st.integers(-600, 600))
def test_months_are_added_without_leaving_the_month(day: Any, count: Any) -> None:
    moved = add_months(day, count)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == count
    assert moved.day <= day.day


def test_a_long_date_is_in_the_users_language(monkeypatch: pytest.MonkeyPatch) -> None:
    assert long_date(date(2025, 3, 5)) == "2025-03-05"
    monkeypatch.setattr(days, "_", lambda _sentence: "{year}年{month}月{day}日")
    assert long_date(date(2025, 3, 5)) == "2025年3月5日"
