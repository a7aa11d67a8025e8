"""Rules of docs/counting.md on goods, papers, telling, sheets and ages, in the ways a hostile reader would try them."""

from __future__ import annotations

from pathlib import Path

import pytest
from stories import tell
from volunteering import Volunteer

EVENT = """
person add 甲一 --volunteer --birth 1990-01-01
person add 乙二 --volunteer
person add 丙三 --volunteer --birth 2012-01-01
person add 丁四 --volunteer --birth 1985-01-01
event add 登高 --code e --start 2026-07-10T09:00 --end 11:00 --capacity 1
event open e
"""
LINE = EVENT + "event signup e 甲一 乙二 丁四\n"
OLD = EVENT + "event edit e --min-age 18\n"
GOODS = """
person add 王样
person add 李样
organization add 样例学校 --kind school
drive add 暖冬 --code w --start 2026-06-01
drive receive w --donor person:王样 --item 衣物=10件 --item 书=4本 --on 2026-06-05
drive receive w --donor person:李样 --item 衣物=6件 --on 2026-06-05
"""
BOXED = (
    GOODS
    + """
drive sort w --item 衣物=16件 --as accepted --on 2026-06-06
drive pack w --box B1 --item 衣物=8件 --on 2026-06-08
"""
)
SHIPPED = BOXED + "drive ship w --box B1 --to 样例学校 --on 2026-06-10\n"
NAMESAKES = """
person add 林一 --volunteer --sex male --birth 1990-01-01 --phone 19900001001
person add 林一 --volunteer --sex female --birth 1950-02-03 --phone 19900001002 --allow-duplicate
person add 王五 --volunteer
event add 清扫 --code a --start 2026-07-10T09:00 --end 11:00
event add 清扫 --code b --start 2026-07-12T09:00 --end 11:00
event open a b
"""
WHO = "event roster {event} -f tsv --fields person_id,status"

STORIES: dict[str, tuple[str, str]] = {
    # 5. A slip written wrongly can be set right by saying so.
    "a slip once sorted is voided": (
        GOODS,
        """
        drive sort w --item 衣物=16件 --as accepted
        drive void 1 --reason 重复 => Voided
        drive void 1 --reason 重复 => [already_void]
        drive stock w -f tsv --fields item,received,lost,on_hand --no-header => 衣物\t6\t0\t6
        undo
        drive stock w -f tsv --fields item,received,lost,on_hand --no-header => 衣物\t16\t0\t16
        """,
    ),
    "what is boxed is named with the way out, and free once it is unpacked": (
        BOXED,
        """
        drive void 1 --reason 重复 => 衣物 8件
        drive correct 1 --donor person:李样 --reason 错 => drive unpack
        drive unpack w --box B1
        drive correct 1 --donor person:李样 --reason 错
        drive void 1 --reason 重复 => Voided
        """,
    ),
    "what was rejected is accepted after all, as far as there is any": (
        GOODS,
        """
        drive sort w --item 衣物=3件 --as rejected
        drive sort w --item 衣物=5件 --as accepted --from rejected => [negative_stock]
        drive sort w --item 衣物=3件 --as accepted --from rejected
        drive sort w --item 衣物=1件 --as accepted --from accepted => [same_verdict]
        """,
    ),
    "a shipment comes back, delivered or not, once": (
        SHIPPED,
        """
        drive back 1 --reason 无人 --on 2026-06-11
        drive back 1 --reason 无人 => [came_back]
        drive deliver 1 --signed-by 张 => [came_back]
        drive ship w --box B1 --to 样例学校 --on 2026-06-12
        drive deliver 2 --signed-by 张 --on 2026-06-13
        drive back 2 --reason 拒收
        drive unpack w --box B1
        """,
    ),
    "all that is short is named": (
        GOODS,
        """
        drive sort w --item 衣物=30件 --item 书=9本 --as accepted => 书 9本
        drive pack w --box B1 --item 衣物=3件 --item 书=9本 => 衣物 3件
        drive pack w --box B1 --item 衣物=3件 --item 书=9本 => 书 9本
        """,
    ),
    "a thing never booked is counted in, and out again by an undo": (
        GOODS,
        """
        drive count w --item 帽子=3顶 --reason 未登记
        drive stock w -f tsv --fields item,found,on_hand => 帽子\t3\t3
        undo
        drive stock w => !帽子
        """,
    ),
    "a closed drive is opened first": (
        GOODS,
        """
        drive close w
        drive void 1 --reason 错 => drive reopen
        drive count w --item 衣物=3件 --reason 盘 => [drive_closed]
        drive reopen w
        drive void 1 --reason 错
        """,
    ),
    # 6. What is dated is true on its date.
    "no goods move before they are there": (
        SHIPPED,
        """
        drive sort w --item 书=1本 --as accepted --on 2026-06-04 => [negative_stock]
        drive pack w --box B2 --item 衣物=1件 --on 2026-06-05 => [negative_stock]
        drive deliver 1 --signed-by 张 --on 2026-06-09 => 2026-06-10
        drive back 1 --reason 无人 --on 2026-06-09 => [before_shipment]
        drive deliver 1 --signed-by 张 --on 2026-06-12
        drive back 1 --reason 无人 --on 2026-06-11 => [negative_stock]
        """,
    ),
    "a drive is closed on its last day at the earliest, and opened after that": (
        SHIPPED,
        """
        drive close w --on 2026-06-09 => 2026-06-10
        drive close w --on 2026-06-10
        drive reopen w --on 2026-06-09 => [before_closing]
        drive receive w --anonymous --item 书=1本 --on 2026-06-09 => [drive_closed]
        """,
    ),
    "what a stock-take found stays": (
        BOXED,
        """
        drive count w --item 衣物=7件 --reason 盘 --on 2026-06-10
        drive pack w --box B1 --item 衣物=1件 --on 2026-06-09 => 2026-06-10
        drive correct 1 --item 衣物=9件 --reason 错 --on 2026-06-09 => [counted]
        drive count w --item 衣物=6件 --reason 盘 --on 2026-06-08 => [counted]
        drive pack w --box B1 --item 衣物=1件 --on 2026-06-10 => after that count
        """,
    ),
    "a gift entered late for days before a notice is said to be missing there": (
        GOODS,
        """
        drive publish w --on 2026-06-04 => 2026-06-05
        drive publish w --on 2026-06-20
        drive receive w --anonymous --item 书=1本 --on 2026-06-15 => does not tell this
        report today => correct_notice
        drive publish w
        report today => !correct_notice
        """,
    ),
    "nothing is of tomorrow": (
        EVENT + "team add 红队 --code red\n",
        """
        training add 甲一 --topic 急救 --by 红会 --on 2027-01-01 --minutes 60 => [future]
        award add 先进 --person 甲一 --level community --by 社区 --on 2027-01-01 => [future]
        person edit 甲一 --registered 2027-01-01 => [future]
        hours add 甲一 --date 2027-01-01 --hours 1 => [future]
        hours close 2026-08 => [future]
        event checkin e 甲一 --at '2026-07-10 9:00' --override 来了 => [future]
        """,
    ),
    "nobody leaves before joining": (
        EVENT + "team add 红队 --code red\nteam join red 甲一 --on 2026-06-10\n",
        """
        team leave red 甲一 --on 2026-06-05 => 2026-06-10
        team role red 甲一 --role leader --on 2026-06-05 => [not_member]
        team leave red 甲一 --on 2026-06-20
        team join red 甲一 --on 2026-06-15 => Nothing changed
        """,
    ),
    # 7. An issued paper never changes; one of the same service is named.
    "a certificate of some of the same service is named": (
        EVENT + "hours add 甲一 --date 2026-07-01 --hours 2\nhours confirm 1\n",
        """
        certificate issue 甲一 --period 2026
        certificate issue 甲一 --period 2026-07 => BINHU-2026-0001 stays valid too
        certificate issue 甲一 => --replaces
        certificate issue 甲一 --period 2026-Q3 --replaces BINHU-2026-0001 => Issued
        person edit 甲一 --name 甲新
        certificate show 2 -f json => "person": "甲一"
        """,
    ),
    # 8. Who must be told is named, and only when it is true.
    "all withdraw, then the line moves": (
        LINE,
        """
        event withdraw e 甲一 乙二 -n => 丁四 (4) moved up
        event withdraw e 乙二 甲一 => !乙二 (2) moved up
        event roster e -f tsv --fields person,status --no-header => 丁四\tsigned_up
        """,
    ),
    "all are put away, then the line moves": (
        LINE,
        """
        person archive 甲一 乙二 => !乙二 (2) moved up
        event roster e -f tsv --fields person,status --no-header => 丁四\tsigned_up
        """,
    ),
    "another time or place is told, another title is not": (
        LINE,
        """
        event edit e --place 南门 => To tell: 甲一, 乙二, 丁四
        event edit e --place 南门 => !To tell
        event edit e --title 登山 => !To tell
        event edit e --start 2026-07-10T08:00 => To tell
        undo => To tell
        """,
    ),
    "what is over is told to nobody": (
        LINE,
        """
        @2026-07-10T10:00
        event edit e --place 南门 => To tell
        @2026-07-10T12:00
        event edit e --place 北门 => !To tell
        event archive e => !To tell
        """,
    ),
    "what is called off, and takes place after all": (
        LINE,
        """
        event archive e => To tell: 甲一, 乙二, 丁四
        event restore e => To tell
        event cancel e => To tell
        undo => To tell
        person archive 甲一
        event cancel e => !甲一
        """,
    ),
    "a batch that puts a thing back tells nobody": (
        LINE,
        """
        < event edit e --place 南门\\nevent edit e --place ''
        batch {sheet} => Nothing changed
        """,
    ),
    # 11. An import uses what the row says before it says "ambiguous".
    "a birth date tells namesakes apart": (
        NAMESAKES,
        """
        < 姓名,出生日期\\n林一,1950-02-03
        import signups {sheet} --event a
        event roster a -f tsv --fields person_id --no-header => 2
        < 姓名,出生年份\\n林一,1990
        import signups {sheet} --event b
        event roster b -f tsv --fields person_id --no-header => 1
        """,
    ),
    "a sex tells namesakes apart where the others have another": (
        NAMESAKES,
        """
        < 姓名,性别\\n林一,女
        import signups {sheet} --event a
        event roster a -f tsv --fields person_id --no-header => 2
        < 姓名,性别,日期,时长\\n林一,男,2026-07-01,2
        import hours {sheet}
        hours list -f tsv --fields person_id --no-header => 1
        person edit 1 --sex ''
        < 姓名,性别\\n林一,女
        import signups {sheet} --event b => ambiguous
        """,
    ),
    "a sex that cannot be read, or is another one, names nobody else": (
        NAMESAKES,
        """
        < 姓名,性别\\n林一,不详
        import signups {sheet} --event a => ambiguous
        < 姓名,性别\\n王五,？
        import signups {sheet} --event a => 1 new
        """,
    ),
    "a phone and a number tell namesakes apart": (
        NAMESAKES,
        """
        < 姓名,手机号\\n林一,19900001002
        import signups {sheet} --event a => 1 new
        < 姓名,志愿者编号\\n林一,BINHU-V0001
        import signups {sheet} --event a => 1 new
        < 姓名\\n林一
        import signups {sheet} --event b => ambiguous
        """,
    ),
    "a day and a beginning tell events apart": (
        NAMESAKES,
        """
        < 姓名,活动,日期\\n王五,清扫,2026-07-12
        import signups {sheet} => 1 new
        < 姓名,活动,开始时间\\n王五,清扫,2026-07-10 9:00
        import signups {sheet} => 1 new
        < 姓名,活动\\n王五,清扫
        import signups {sheet} => ambiguous
        """,
    ),
    "the time of signing up orders the line, and is not of tomorrow": (
        NAMESAKES + "event edit a --capacity 1\n",
        """
        < 姓名,手机号,报名时间\\n王五,,2026-07-01 10:00\\n林一,19900001002,2026-07-01 09:00
        import signups {sheet} --event a => 1 of them is on a waitlist
        event roster a -f tsv --fields person,status --no-header => 林一\tsigned_up
        < 姓名,报名时间\\n王五,2027-07-01 10:00
        import signups {sheet} --event b => [future]
        """,
    ),
    "whoever is archived is offered to be brought back": (
        NAMESAKES + "person archive 王五\n",
        """
        < 姓名\\n王五
        import signups {sheet} --event a => [archived]
        import signups {sheet} --event a --restore-archived => 1 new
        person show 王五 -f json => "status": "active"
        """,
    ),
    # 12. No birth date is not old enough, where an age is asked for.
    "no birth date is a rung that a leader lets pass": (
        OLD,
        """
        event signup e 乙二 => [age_unknown]
        event signup e 丙三 --override 老成 => [too_young]
        event why e 乙二 => no birth date
        event suggest e -f tsv --fields person => !乙二
        event signup e 乙二 --override 认识 => has a place
        """,
    ),
    "a birth date that comes opens the place, in the line too": (
        EVENT + "event signup e 甲一 乙二\nevent edit e --min-age 18\n",
        """
        event withdraw e 甲一 => !moved up
        report today => free_place
        person edit 乙二 --birth 1980 => 乙二 (2) moved up
        """,
    ),
    "a merge brings the birth date": (
        OLD,
        """
        person merge 乙二 丁四 -y
        event signup e 乙二 => has a place
        """,
    ),
    "a sheet and the door ask the same": (
        OLD,
        """
        < 姓名\\n甲一\\n乙二
        import signups {sheet} --event e => [age_unknown]
        @2026-07-10T09:10
        event checkin e 乙二 => [not_signed_up]
        event checkin e 丙三 --override 来了 => [too_young]
        event checkin e 乙二 --override 来了 => came to
        """,
    ),
    "a series and its shifts ask the same": (
        OLD + "event repeat e --every week --count 2\n",
        """
        event signup e 乙二 --series => [age_unknown]
        event shift e --name 早 --start 9:00 --end 10:00 --need 1
        event signup e 乙二 --shift 早 => [age_unknown]
        event signup e 乙二 --shift 早 --override 认识
        """,
    ),
    "who was let pass and turns out too young is listed": (
        OLD + "event signup e 乙二 --override 认识\n",
        """
        person edit 乙二 --birth 2015-01-01
        report quality --period 2026 => place_refused
        undo
        report quality --period 2026 => !place_refused
        """,
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_story(volunteer: Volunteer, tmp_path: Path, story: str) -> None:
    tell(volunteer, tmp_path, *STORIES[story])
