"""Rules of docs/counting.md on papers, telling, absences, undoing and what imports refuse, as a stranger would try them.

Where each rule of the thirteen is tried, case by case (`story` is a test of one of the three files of stories here):

| rule | tests |
|---|---|
| a merge keeps what is worth more | story, people/test_merge_worth, events/test_event_merge, care/test_merge_properties |
| one event counts once for one person | story, hours/test_counted_once, test_one_count, test_attendance_hours |
| whatever frees a place asks the line | story, events/test_lines, test_waiting_for_shifts, test_signup_machine |
| at the door and afterwards there is a way in | story, events/test_at_the_door, test_series_and_shifts, test_several_shifts |
| a slip written wrongly is set right | story, drives/test_corrections, test_shipments, test_stock_machine |
| what is dated is true on its date | story, drives/test_drive_dates, test_notices |
| an issued paper never changes | story, recognition/test_issued_papers, test_certificate_property |
| who must be told is named | story, events/test_telling |
| the impossible is refused, the doubtful listed | story, hours/test_agreement, events/test_doubtful_places, house/test_checks |
| erasing is exact | story, people/test_erasing |
| an import uses what the row says | story, intake/test_rows_tell_apart, events/test_event_sheets |
| no birth date is not old enough; absences are shown | story, events/test_ages |
| small ones: clocks, nights, stock-takes, camps | story, hours/test_clock_changes, test_service_times |
| all of them, in any order | test_random_history, test_undo_property |
"""

from __future__ import annotations

from pathlib import Path

import pytest
from stories import tell
from volunteering import Volunteer

SERVED = """
person add 甲一 --volunteer --birth 1990-01-01 --phone 19900001001
person add 乙二 --volunteer --phone 19900001002
team add 红队 --code red
hours add 甲一 --date 2026-05-05 --hours 2 --work 清扫 --team red
hours add 甲一 --date 2026-06-05 --hours 3 --work 巡逻
hours add 乙二 --date 2026-06-05 --hours 1
hours confirm --period 2026
"""
PAPER = SERVED + "certificate issue 甲一 --period 2026-05\n"
AHEAD = """
person add 甲一 --volunteer --birth 1990-01-01 --phone 19900001001
person add 乙二 --volunteer --phone 19900001002
person add 丙三 --volunteer
event add 登高 --code f --start 2026-07-10T09:00 --end 11:00 --capacity 1
event open f
"""
#: Two events that are over, at which 甲一 was absent twice and 乙二 once; `c` lies ahead.
MISSED = (
    AHEAD
    + """
event add 一 --code a --start 2026-07-04T09:00 --end 11:00
event add 二 --code b --start 2026-07-05T09:00 --end 11:00
event add 三 --code c --start 2026-08-10T09:00 --end 11:00
event open a b c
event signup a 甲一 乙二
event signup b 甲一
"""
)
ABSENT = """
        @2026-07-06T08:00
        event absent a 甲一 乙二
        event absent b 甲一
"""
WHY = "event why c 甲一 -f tsv --fields rung,explanation --no-header"
SUGGEST = "event suggest c --need 9 -f tsv --fields person,no_shows --no-header"
LINES = "certificate show 1 -f json --fields person,minutes,lines"

STORIES: dict[str, tuple[str, str]] = {
    # An issued paper never changes, and one that was overtaken is in a list.
    "a paper of a month is overtaken and replaced by one of the same month": (
        PAPER,
        f"""
        hours correct 1 --hours 1 --reason 记错
        {LINES} => "minutes": 120
        report today -f tsv --fields task,next => certificate issue 1 --replaces BINHU-2026-0001
        certificate issue 1 --replaces BINHU-2026-0001 => 1:00
        certificate show 2 -f json => "period": "2026-05"
        certificate show 1 -f json => "status": "voided"
        report today -f tsv --fields task => !reissue_certificate
        certificate issue 1 --replaces BINHU-2026-0001 => [replaced]
        """,
    ),
    "another name of the team, another cap and another record leave it as it was": (
        PAPER,
        f"""
        team edit red --name 蓝队
        hours correct 1 --start 9:00 --end 11:00 --reason 写错
        policy set hours_per_day_cap 1 --from 2026-05-01
        {LINES} => 清扫
        {LINES} => "minutes": 120
        report today => reissue_certificate
        """,
    ),
    "an issue is not undone, nor is the voiding of what was replaced": (
        PAPER,
        """
        undo => [issued]
        certificate void BINHU-2026-0001 --reason 错
        certificate issue 甲一 --period 2026-05
        undo 3 => [replaced]
        undo 4 => [issued]
        ~ zh
        undo => BINHU-2026-0002
        """,
    ),
    "a merge names papers of one time, and both stay as issued": (
        PAPER + "certificate issue 乙二 --period 2026\n",
        f"""
        person merge 甲一 乙二 -n => BINHU-2026-0001 and BINHU-2026-0002
        person merge 甲一 乙二 -y
        certificate show 2 -f json => "person": "乙二"
        {LINES} => "minutes": 120
        undo
        certificate list -f tsv --fields person --no-header => 甲一
        """,
    ),
    "a star below its threshold is in the list of the day until there are hours again": (
        SERVED,
        """
        policy set star_thresholds 5,300,600,1000,1500
        star grant 甲一 1
        report today => !star_below
        hours void 1 --reason 重复
        report today => star_below
        undo
        report today => !star_below
        """,
    ),
    "a batch and a redo issue under a new number each": (
        PAPER,
        """
        < certificate issue 乙二\\ncertificate issue 甲一 --period 2026-06
        batch {sheet}
        undo => [issued]
        certificate list -f tsv --fields number --no-header => BINHU-2026-0003
        """,
    ),
    # Who must be told is named, and only when it is true.
    "a batch that moves an event and withdraws somebody names who is left": (
        AHEAD,
        """
        event edit f --capacity 3
        event signup f 甲一 乙二
        < event edit f --place 南门\\nevent withdraw f 乙二
        batch {sheet} => To tell: 甲一 199****1001.
        """,
    ),
    "a sheet that changes a title alone calls nobody": (
        AHEAD + "event signup f 甲一\n",
        """
        < 活动名称,开始时间,结束时间,人数上限\\n登高,2026-07-10 09:00,2026-07-10 11:00,5
        import events {sheet} --on-conflict update -y => !To tell
        < 活动名称,开始时间,结束时间,地点\\n登高,2026-07-10 09:00,2026-07-10 11:00,南门
        import events {sheet} --on-conflict update -y => To tell: 甲一
        import events {sheet} --on-conflict update -y => !To tell
        """,
    ),
    "who withdrew is not called, and who waits is": (
        AHEAD + "event signup f 甲一 乙二 丙三\nevent withdraw f 乙二\n",
        """
        event cancel f => !乙二
        undo => To tell: 甲一 199****1001, 丙三
        ~ zh
        event edit f --place 南门 --reveal 通知 => 19900001001
        """,
    ),
    "all withdraw by a sheet of names, and nobody moves up who goes": (
        AHEAD + "event signup f 甲一 乙二 丙三\n",
        """
        < event withdraw f 甲一\\nevent withdraw f 乙二
        batch {sheet} => 丙三 (3) moved up
        event roster f -f tsv --fields person,status --no-header => 丙三\tsigned_up
        """,
    ),
    # Repeated absences are shown to whoever decides, and keep nobody out.
    "two absences are told, one is not": (
        MISSED,
        f"""
        {ABSENT}
        {WHY} => 甲一 was absent 2 times within 12 months
        {SUGGEST} => 甲一\t2
        event why c 乙二 -f tsv => !no_shows
        event suggest c --need 9 -f json => "person": "乙二", "volunteer_no": "BINHU-V0002"
        ~ zh
        {WHY} => 甲一在12个月内缺席2次
        event signup c 甲一
        """,
    ),
    "an absence that was none, was undone or voided by coming counts no more": (
        MISSED,
        f"""
        {ABSENT}
        event checkin b 甲一 --at 2026-07-05T09:00 --override 来过
        {WHY} => !no_shows
        undo
        {WHY} => no_shows
        undo
        {WHY} => !no_shows
        """,
    ),
    "nobody has missed what was called off": (
        MISSED,
        f"""
        {ABSENT}
        event cancel b
        {WHY} => !no_shows
        {SUGGEST} => !甲一\t2
        undo
        {SUGGEST} => 甲一\t2
        event archive b
        {WHY} => no_shows
        """,
    ),
    "nobody has missed what was put off, by an edit, a sheet or an undo": (
        MISSED,
        f"""
        {ABSENT}
        event edit b --start 2026-07-20T09:00 --end 2026-07-20T11:00 => To tell: 甲一
        event roster b -f tsv --fields person,status --no-header => 甲一\tsigned_up
        {WHY} => !no_shows
        undo
        {WHY} => no_shows
        event edit f --start 2026-07-05T13:00 --end 15:00
        event checkin f 丙三 --at 2026-07-05T13:00 --override 来
        event absent f 丙三
        event edit f --start 2026-07-21T13:00 --end 2026-07-21T15:00
        event roster f -f tsv --fields person,status --no-header => 丙三\tsigned_up
        """,
    ),
    "how many and how long are policies, and one month is one": (
        MISSED,
        f"""
        {ABSENT}
        policy set no_show_count 3
        {WHY} => !no_shows
        policy set no_show_count 1
        policy set no_show_months 1
        event why c 乙二 -f tsv => 乙二 was absent 1 time within 1 month
        @2026-08-06T08:00
        {WHY} => !no_shows
        policy set no_show_months 2
        {WHY} => 2 times within 2 months
        policy set no_show_months 0
        {WHY} => !no_shows
        policy set no_show_count often => [bad_policy_value]
        """,
    ),
    "a merge adds up the absences of the two, and those at one event are one": (
        MISSED,
        f"""
        {ABSENT}
        policy set no_show_count 1
        person merge 乙二 甲一 -y
        event why c 乙二 -f tsv => absent 2 times
        undo
        event why c 乙二 -f tsv => absent 1 time
        """,
    ),
    "whose hours become void by a mark on the list is said": (
        MISSED,
        f"""
        @2026-07-06T08:00
        event checkin a 甲一 --at 2026-07-04T09:00
        event checkout a 甲一 --at 2026-07-04T10:00
        event finish a => 1 person came
        hours add 甲一 --date 2026-07-04 --start 10:00 --end 11:00 --event a
        event absent a 甲一 => Their hours are void by that: 1, 2.
        event absent a 乙二 => !void
        {WHY} => !no_shows
        ~ zh
        undo 7
        event absent a 甲一 => 其服务时长记录随之作废：1、2。
        """,
    ),
    "a refusal says whom, where and what it means in the command that helps": (
        MISSED,
        """
        @2026-07-06T08:00
        event signup a 丙三 => volunteer event checkin 2 3 --at TIME --override REASON
        event checkin a 甲一 --at 2026-07-04T09:00
        event edit a --start 2026-07-03T09:00 --end 2026-07-03T20:00 => volunteer event checkin 2 1 --at TIME
        team add 红队 --code red
        team join red 甲一
        team join red 甲一 --role deputy => volunteer team role 1 1 --role ROLE
        team role red 乙二 --role deputy => volunteer team members 1
        hours add 甲一 --date 2026-07-01 --start 9:00 --end 11:00
        hours add 乙二 --date 2026-07-01 --start 9:00 --end 11:00
        person merge 甲一 乙二 -y => volunteer hours void 2 --reason TEXT
        hours void 2 --reason 重
        event add 四 --code d --start 2026-08-10T10:00 --end 12:00
        event open d
        event signup c 甲一
        event signup d 乙二
        person merge 甲一 乙二 -y => volunteer event withdraw 5 2
        drive add 暖冬 --code w --start 2026-06-01
        drive receive w --anonymous --item 衣物=9件 --on 2026-06-02
        drive sort w --item 衣物=10件 --as accepted => volunteer drive stock 1 --as-of 2026-07-06
        drive sort w --item 衣物=9件 --as accepted --on 2026-06-02
        drive pack w --box 'B 1' --item 衣物=1件 --on 2026-06-02
        drive void 1 --reason 错 => volunteer drive unpack 1 --box 'B 1'
        organization add 样例学校 --kind school
        drive ship w --box 'B 1' --to 样例学校
        drive void 1 --reason 错 => volunteer drive back 1 --reason TEXT
        drive unpack w --box 'B 1' => volunteer drive shipments 1
        drive count w --item 衣物=8件 --reason 盘
        drive pack w --box B2 --item 衣物=1件 --on 2026-07-05 => volunteer drive count 1 --item ITEM=N
        """,
    ),
    # Nothing comes back a second time.
    "a training comes back beside no equal": (
        AHEAD,
        """
        training add 甲一 --topic 急救 --by 红会 --on 2026-05-01 --minutes 60 --skill 包扎
        training void 1 --reason 错
        training add 甲一 --topic 急救 --by 红会 --on 2026-05-01 --minutes 60
        undo 4
        training void 2 --reason 错
        undo 4 => [already_undone]
        """,
    ),
    "nor does the very same training, in Chinese too": (
        AHEAD,
        """
        training add 甲一 --topic 急救 --by 红会 --on 2026-05-01 --minutes 60 --skill 包扎
        training void 1 --reason 错
        training add 甲一 --topic 急救 --by 红会 --on 2026-05-01 --minutes 60 --skill 包扎
        undo 4 => [conflict]
        ~ zh
        undo 4 => 与training:1内容相同
        training void 2 --reason 错
        undo 4
        """,
    ),
    "nor an honour, nor an evaluation": (
        SERVED,
        """
        award add 先进 --person 甲一 --level community --by 社区 --on 2026-05-01
        award void 1 --reason 错
        award add 先进 --person 甲一 --level community --by 社区 --on 2026-05-01
        undo 4 => [conflict]
        award add 先进 --team red --level community --by 社区 --on 2026-05-01
        event add 清扫 --code e --start 2026-07-01T09:00 --end 11:00
        event open e
        event checkin e 甲一 --at 9:00 --override 来
        evaluation add e 甲一 --attitude 5
        evaluation void 1 --reason 错
        evaluation add e 甲一 --attitude 5
        undo 11 => [conflict]
        """,
    ),
    "nor by a redo": (
        AHEAD,
        """
        training add 甲一 --topic 急救 --by 红会 --on 2026-05-01 --minutes 60
        undo
        training add 甲一 --topic 急救 --by 红会 --on 2026-05-01 --minutes 60
        undo 4 => [conflict]
        undo
        undo 4
        training list -f ids => 1
        """,
    ),
    "of all equal trainings of two people one stays, with all their skills": (
        AHEAD,
        """
        training add 甲一 --topic 急救 --by 红会 --on 2026-05-01 --minutes 60 --skill 包扎
        training add 甲一 --topic 急救 --by 红会 --on 2026-05-01 --minutes 60 --skill 搬运 --until 2027-01-01
        training add 乙二 --topic 急救 --by 红会 --on 2026-05-01 --minutes 60 --skill 心肺复苏
        training add 乙二 --topic 急救 --by 红会 --on 2026-05-01 --minutes 60 --skill 包扎
        training add 乙二 --topic 消防 --by 红会 --on 2026-05-01 --minutes 60
        person merge 甲一 乙二 -y => the same training twice
        training list -f tsv --fields topic,skills,until --no-header => 急救\t包扎; 心肺复苏; 搬运\t
        training list -f tsv --fields id --no-header => 5
        training list -f tsv --fields id --no-header => !2
        undo
        training list -f tsv --fields id --no-header => 4
        """,
    ),
    "a code, a number and a box that were used again are refused by name": (
        AHEAD,
        """
        team add 红队 --code red
        undo
        team add 蓝队 --code red
        undo 4 => [changed_since]
        person edit 丙三 --id-number 11010519491231002X
        undo
        person edit 乙二 --id-number 11010519491231002X
        undo 7 => [changed_since]
        event add 别的 --code g --start 2026-07-12T09:00 --end 11:00
        undo
        event edit f --code g
        undo 10 => [changed_since]
        drive add 暖冬 --code w --start 2026-06-01
        drive receive w --anonymous --item 衣物=9件 --on 2026-06-02
        drive sort w --item 衣物=9件 --as accepted --on 2026-06-02
        drive pack w --box B1 --item 衣物=1件 --on 2026-06-02
        undo
        drive pack w --box B1 --item 衣物=2件 --on 2026-06-03
        undo 16 => [changed_since]
        ~ zh
        undo 4 => [changed_since]
        """,
    ),
    # What was left of the first floor.
    "nobody archived leads, whichever way": (
        AHEAD + "team add 红队 --code red\nperson archive 丙三\n",
        """
        team add 蓝队 --leader 丙三 => [archived]
        team edit red --leader 丙三 => [archived]
        team join red 丙三 --role leader => [archived]
        event add 四 --start 2026-07-12T09:00 --end 11:00 --leader 丙三 => [archived]
        event edit f --leader 丙三 => [archived]
        < 队伍名称,队长\\n绿队,丙三
        import teams {sheet} => [archived]
        < 姓名,队伍,职务\\n丙三,红队,队长
        import members {sheet} => archived
        """,
    ),
    "a running period is certified up to today, in Chinese and by a batch": (
        SERVED,
        """
        certificate issue 甲一 --period 2026 => 5:00
        certificate show 1 -f json => "period": "2026-01-01..2026-07-03"
        ~ zh
        certificate issue 甲一 --period 2026-Q3 => [no_hours]
        < certificate issue 乙二 --period 2026-06..2026-09
        batch {sheet}
        certificate show 2 -f json => "period": "2026-06-01..2026-07-03"
        certificate issue 甲一 --period 2027 => [no_hours]
        """,
    ),
    "rejected rows go to the standard output": (
        AHEAD,
        """
        < 姓名,性别\\n丁四,男\\n戊五,什么
        import people {sheet} --on-error skip --rejects - => 戊五,什么
        person list -f tsv --fields name --no-header => 丁四
        person list -f tsv --fields name --no-header => !戊五
        """,
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_story(volunteer: Volunteer, tmp_path: Path, story: str) -> None:
    tell(volunteer, tmp_path, *STORIES[story])
