"""Rules of docs/counting.md on merges, hours, lines, doors and doubts, in the ways a hostile reader would try them."""

from __future__ import annotations

from pathlib import Path

import pytest
from stories import tell
from volunteering import Volunteer

PEOPLE = """
person add 甲一 --volunteer --birth 1990-01-01 --phone 19900001001
person add 乙二 --volunteer --birth 1991 --phone 19900001002
person add 丙三 --volunteer --birth 1992-03
person add 丁四 --volunteer
team add 红队 --code red
team add 蓝队 --code blue
event add 清扫 --code e --start 2026-07-01T09:00 --end 11:00 --capacity 2
event open e
"""
AHEAD = (
    PEOPLE
    + """
event add 登高 --code f --start 2026-07-10T09:00 --end 11:00 --capacity 1
event add 同时 --code g --start 2026-07-10T10:00 --end 12:00
event open f g
"""
)
SHIFTS = (
    AHEAD
    + """
event edit f --capacity 9
event shift f --name 早 --start 9:00 --end 10:00 --need 1
event shift f --name 晚 --start 10:00 --end 11:00 --need 1
"""
)
SERIES = AHEAD + "event repeat f --every week --count 4\n"
WHO = "event roster f -f tsv --fields person,status --no-header"
AT_E = "event roster e -f tsv --fields person,status --no-header"
HOURS = "hours list -f tsv --fields person,minutes,status --no-header"

STORIES: dict[str, tuple[str, str]] = {
    # 1. A merge keeps what is worth more, and shows what it leaves out.
    "two hours really served stay": (
        PEOPLE,
        f"""
        @2026-06-30T08:00
        event signup e 甲一 乙二
        @2026-07-01T11:00
        event checkin e 乙二 --at 9:00
        event checkout e 乙二 --at 11:00
        person merge 甲一 乙二 -n => 甲一 (1) at 清扫 (1): signed up
        person merge 甲一 乙二 -y
        event finish e => 1 person came
        {HOURS} => 甲一\t120\tpending
        """,
    ),
    "came is worth more than withdrawn, and the paper of it stays": (
        PEOPLE,
        f"""
        @2026-06-30T08:00
        event signup e 甲一 乙二
        event withdraw e 甲一
        @2026-07-01T11:00
        event checkin e 乙二 --at 9:00
        person merge 甲一 乙二 -y => 甲一 (1) at 清扫 (1): withdrawn
        {AT_E} => 甲一\tattended
        undo
        {AT_E} => 甲一\twithdrawn
        """,
    ),
    "a place that frees goes to the line, and so says the dry run": (
        AHEAD,
        f"""
        event edit f --capacity 2
        event signup f 甲一 乙二 丙三 丁四
        person merge 甲一 乙二 -n => 丙三 (3) moved up
        person merge 甲一 乙二 -y => 乙二 (2) at 登高 (2): signed up
        {WHO} => 丙三\tsigned_up
        {WHO} => 丁四\twaiting
        """,
    ),
    "a place is worth more than the line, the line more than absent": (
        PEOPLE,
        f"""
        @2026-06-30T08:00
        event signup e 乙二 丙三 甲一 丁四
        person merge 甲一 乙二 -y => 甲一 (1) at 清扫 (1): waiting
        {AT_E} => 甲一\tsigned_up
        @2026-07-01T12:00
        event absent e 丙三
        person merge 丙三 丁四 -y => 丙三 (3) at 清扫 (1): absent
        {AT_E} => 丙三\twaiting
        """,
    ),
    "who leads stays the leader, and of two births the whole one stays": (
        PEOPLE,
        """
        team join red 甲一 --role deputy --on 2026-05-01
        team join red 乙二 --role leader --on 2026-06-01
        person merge 乙二 甲一 -y => 甲一 (1) in 红队 (1): deputy
        team show red -f json => "leader": "乙二"
        person show 乙二 -f json => "birth": "1990-01-01"
        """,
    ),
    "no phone is lost, and equal trainings are one": (
        PEOPLE,
        """
        person edit 甲一 --phone-alt 19900001003
        person edit 乙二 --phone-alt 19900001004
        training add 甲一 --topic 急救 --by 红会 --on 2026-05-01 --minutes 60
        training add 乙二 --topic 急救 --by 红会 --on 2026-05-01 --minutes 60
        person merge 甲一 乙二 -n => the same training twice
        person merge 甲一 乙二 -y
        training list -f ids => !2
        person show 甲一 -f json --reveal 核对 => "phone": "19900001001"
        person show 甲一 -f json --reveal 核对 => "phone_alt": "19900001003"
        person show 甲一 -f json --reveal 核对 => 19900001002
        person show 甲一 -f json --reveal 核对 => 19900001004
        """,
    ),
    "two places at one time stand in the way, and so do two services": (
        AHEAD,
        """
        event signup f 甲一
        event signup g 乙二
        person merge 甲一 乙二 -y => [overlap]
        event withdraw g 乙二
        hours add 甲一 --date 2026-07-02 --start 9:00 --end 11:00
        hours add 乙二 --date 2026-07-02 --start 10:00 --end 12:00
        person merge 甲一 乙二 -y => record 2, 2026-07-02 10:00–12:00
        hours void 2 --reason 重
        person merge 甲一 乙二 -y
        """,
    ),
    "handler and witness who become one are named, in Chinese too": (
        PEOPLE,
        """
        drive add 暖冬 --code w --start 2026-06-01
        drive receive w --donor person:丙三 --item 衣物=3件 --handler 甲一 --witness 乙二
        ~ zh
        person merge 甲一 乙二 -y => BINHU-S2026-0001
        report quality => slip_without_witness
        """,
    ),
    # 2. One event counts once for one person.
    "a record without times is the one with times, and what is less needs review": (
        PEOPLE,
        f"""
        hours add 丙三 --date 2026-07-01 --start 9:00 --end 11:00 --event e
        hours add 丙三 --date 2026-07-01 --hours 2 --event e => Nothing changed
        hours add 丙三 --date 2026-07-01 --hours 2 --event e --work 扫地 => Nothing changed
        hours add 丙三 --date 2026-07-01 --hours 1 --event e => needs review
        hours confirm --event e => 1 confirmed. 1 skipped
        {HOURS} => 丙三\t120\tconfirmed
        """,
    ),
    "attendance, a sheet and a hand are one count": (
        PEOPLE,
        f"""
        event checkin e 丙三 --at 9:00 --override 来了
        event checkout e 丙三 --at 10:30
        hours add 丙三 --date 2026-07-01 --hours 1:30 --event e
        event finish e
        < 姓名,日期,时长\\n丙三,2026-07-01,1.5
        import hours {{sheet}} --event e => 1 the same
        < 姓名,日期,签到时间,签退时间\\n丙三,2026-07-01,10:30,11:00
        import hours {{sheet}} --event e => 1 record needs review
        hours confirm --event e
        {HOURS} => 丙三\t90\tconfirmed
        """,
    ),
    "what was voided does not come back beside what was recorded since": (
        PEOPLE,
        """
        hours add 丙三 --date 2026-07-01 --hours 2 --event e
        hours void 1 --reason 错
        hours add 丙三 --date 2026-07-01 --start 9:00 --end 11:00 --event e
        undo 4 => [overlap]
        hours void 2 --reason 错
        undo 4
        hours list -f tsv --fields id,status --no-header => 1\tpending
        """,
    ),
    "nor does what overlaps it, nor a redo": (
        PEOPLE,
        """
        hours add 丙三 --date 2026-07-02 --start 9:00 --end 11:00
        hours correct 1 --start 10:00 --end 11:00 --reason 改
        hours add 丙三 --date 2026-07-02 --start 9:00 --end 10:00
        undo 4 => [overlap]
        ~ zh
        undo 4 => 这样会违反
        ~ en
        hours add 丁四 --date 2026-07-02 --start 9:00 --end 11:00
        undo
        hours add 丁四 --date 2026-07-02 --start 9:00 --end 10:00
        undo 7 => [overlap]
        """,
    ),
    "more than the event lasts is said, whoever decided it": (
        PEOPLE,
        """
        hours add 丙三 --date 2026-07-01 --start 9:00 --end 10:00 --event e
        hours add 丙三 --date 2026-07-01 --start 10:00 --end 11:00 --event e
        hours confirm --event e => !more of it
        hours correct 2 --start 10:00 --end 12:00 --reason 晚 => 清扫 lasts 2:00, and more of it is recorded of 丙三 (3:00)
        report quality => hours_beyond_event
        undo => !more of it
        event edit e --end 2026-07-01T10:00 => 清扫 lasts 1:00
        ~ zh
        undo
        hours correct 2 --start 10:00 --end 12:00 --reason 晚 => 以下人员登记的时长更多
        """,
    ),
    "two shifts are one event": (
        PEOPLE,
        """
        < hours add 丙三 --date 2026-07-01 --hours 1 --event e --work 早\\nhours add 丙三 --date 2026-07-01 --hours 1 --event e --work 晚\\nhours add 丙三 --date 2026-07-01 --hours 1 --event e --work 午
        batch {sheet}
        hours list --status needs_review -f ids => 3
        """,
    ),
    "equal service for two teams is two services": (
        PEOPLE,
        """
        hours add 丙三 --date 2026-07-02 --hours 2 --team red
        hours add 丙三 --date 2026-07-02 --hours 2 --team blue => !Nothing changed
        hours add 丙三 --date 2026-07-02 --hours 2 --team red => Nothing changed
        < 姓名,日期,时长,队伍\\n丁四,2026-07-02,2,红队\\n丁四,2026-07-02,2,蓝队
        import hours {sheet} => 2 new
        import hours {sheet} => 2 the same
        hours add 丁四 --date 2026-07-02 --start 9:00 --end 11:00 --team red
        hours add 丁四 --date 2026-07-02 --start 9:00 --end 11:00 --team blue => [overlap]
        """,
    ),
    # 3. Whenever anything may have freed or opened a place, the line is asked again.
    "a raised need and an archived person move the line": (
        SHIFTS,
        f"""
        event signup f 甲一 乙二 丙三 --shift 早
        event shift f --name 早 --start 9:00 --end 10:00 --need 2 => 乙二 (2) moved up
        person archive 甲一 => 丙三 (3) moved up
        {WHO} => 甲一\twithdrawn
        """,
    ),
    "a skill, a training and a guardian move the line": (
        AHEAD,
        """
        person add 小宝 --volunteer --birth 2016-01-01 --guardian 甲一
        event signup f 甲一 小宝 乙二
        person edit 小宝 --guardian ''
        event edit f --add-skill 急救
        event withdraw f 甲一 => !moved up
        report today => 登高: 小宝, 乙二
        training add 乙二 --topic 急救 --by 红会 --on 2026-06-01 --minutes 60 --skill 急救 => 乙二 (2) moved up
        person edit 小宝 --add-skill 急救
        event edit f --capacity 2 => !moved up
        < 姓名,监护人\\n小宝,丙三
        import people {sheet} --on-conflict update => 小宝 (5) moved up
        """,
    ),
    "a member who joins, by a sheet, and a policy move the line": (
        AHEAD,
        """
        team join red 甲一 乙二
        event edit f --team red --members-only
        event signup f 甲一 乙二
        team leave red 乙二
        event withdraw f 甲一 => !moved up
        < 姓名,队伍\\n乙二,红队
        import members {sheet} => 乙二 (2) moved up
        undo => To tell: 乙二
        person add 小宝 --volunteer --birth 2014-01-01 --guardian 甲一
        event edit g --capacity 1
        event signup g 丁四 小宝
        person edit 小宝 --guardian ''
        event withdraw g 丁四 => !moved up
        policy set guardian_age 10 => 小宝 (5) moved up
        """,
    ),
    "a place elsewhere that is given up, moved or called off moves the line": (
        AHEAD,
        """
        event signup f 甲一 乙二
        event signup g 乙二
        event withdraw f 甲一 => !moved up
        event edit g --start 2026-07-10T11:00 => 乙二 (2) moved up
        undo
        event cancel g => 乙二 (2) moved up
        """,
    ),
    "a sheet that raises the capacity, and an erased person, move the line": (
        AHEAD,
        f"""
        event signup f 甲一 乙二 丙三
        < 活动名称,开始时间,结束时间,名额\\n登高,2026-07-10 09:00,2026-07-10 11:00,2
        import events {{sheet}} --on-conflict update => 乙二 (2) moved up
        person erase 甲一 --reason 要求 -y => 丙三 (3) moved up
        {WHO} => 乙二\tsigned_up
        """,
    ),
    "an undo opens no place that is not there": (
        SHIFTS,
        """
        event shift f --name 早 --start 9:00 --end 10:00 --need 2
        event signup f 甲一 乙二 --shift 早
        undo 3 => [full]
        event signup g 丙三
        event withdraw g 丙三
        event signup f 丙三 --shift 晚
        undo 6 => [overlap]
        """,
    ),
    # 4. At the door and afterwards there is a way in.
    "who waits and comes, and who comes unannounced, come in": (
        AHEAD,
        f"""
        event signup f 甲一 乙二
        @2026-07-10T09:05
        event checkin f 乙二 => [not_signed_up]
        event checkin f 乙二 --override 来了 => came to
        event checkin f 丙三 => --override
        event checkin f 丙三 --override 来了 => came to
        {WHO} => 乙二\tattended
        event roster f -f tsv --fields person,position --no-header => 丙三\t
        """,
    ),
    "attendance is corrected after the end, and hours follow as corrections": (
        AHEAD,
        f"""
        @2026-07-10T11:30
        event checkin f 丁四 --at 9:00 --override 漏
        event checkout f 丁四 --at 10:30
        event finish f
        hours confirm --event f
        event checkout f 丁四 --at 11:00
        {HOURS} => 丁四\t120\tconfirmed
        event absent f 丁四
        {HOURS} => 丁四\t120\tvoided
        event checkin f 丁四 --at 9:00 --override 记错
        hours correct 3 --hours 2 --reason 无签退
        hours confirm --event f
        @2026-08-01T08:00
        hours close 2026-07
        event absent f 丁四 => [period_closed]
        event checkin f 丙三 --at 9:00 --override 漏 => [period_closed]
        """,
    ),
    "who was marked absent by mistake has hours again by the undo": (
        PEOPLE,
        f"""
        event checkin e 丙三 --at 9:00 --override 来
        event checkout e 丙三 --at 11:00
        event absent e 丙三
        event finish e => 0 people came
        undo 5
        {HOURS} => 丙三\t120\tpending
        """,
    ),
    "a change of shift costs nobody a place": (
        SHIFTS,
        f"""
        event signup f 甲一 --shift 早
        event signup f 乙二 --shift 晚
        event signup f 丙三 --shift 早 => waitlist
        event move f 甲一 --shift 晚 => [full]
        {WHO} => 甲一\tsigned_up
        event move f 甲一 --shift 晚 --override 换 => 丙三 (3) moved up
        event signup f 甲一 --shift 早 => waitlist
        event withdraw f 甲一 --shift 早
        """,
    ),
    "a shift outside the new time is named with its people and the way out": (
        SHIFTS,
        """
        event signup f 甲一 --shift 早
        event signup f 乙二 --shift 晚
        event edit f --end 2026-07-10T09:30 => 早 2026-07-10 09:00–10:00 (甲一), 晚 2026-07-10 10:00–11:00 (乙二)
        event edit f --end 2026-07-10T09:30 => volunteer event shift 2 --name '早'
        event shift f --name 晚 --start 9:00 --end 10:00 --need 1
        event edit f --end 2026-07-10T10:00 => To tell: 甲一 199****1001, 乙二
        ~ zh
        event edit f --end 2026-07-10T09:30 => 以下班次不在其中
        """,
    ),
    "a series is opened, edited and left from a day on": (
        SERIES,
        """
        event signup f 甲一 --series
        event edit f --series --from 2026-07-20 --capacity 5 => Changed 2 events
        event list -f tsv --fields code,capacity --no-header => f-2\t1
        event list -f tsv --fields code,capacity --no-header => f-3\t5
        event withdraw f 甲一 --series --from 2026-07-20 => 2 events
        event withdraw f-3 甲一 --series => 2 events
        event edit g --series --capacity 5 => [no_series]
        event edit f --series --code x => [conflict]
        """,
    ),
    "an undo marks no event as open twice over, and a series opens what is planned": (
        PEOPLE,
        """
        event add 晨练 --code m --start 2026-07-10T06:00 --end 07:00
        event repeat m --every week --count 3
        event open m --series --from 2026-07-15 => 2 events
        event list -f tsv --fields code,status --no-header => m\tplanned
        event open m --series => 1 event
        event open m --series => Nothing changed
        """,
    ),
    # 9. The impossible is refused, the doubtful is listed, and check finds what contradicts itself.
    "absent and hours do not stand side by side": (
        PEOPLE,
        """
        hours add 丙三 --date 2026-07-01 --hours 2 --event e
        event checkin e 丙三 --at 9:00 --override 来
        event absent e 丙三 => [has_hours]
        hours void 1 --reason 错
        event absent e 丙三
        hours add 丙三 --date 2026-07-01 --hours 2 --event e => [absent]
        < 姓名,日期,时长\\n丙三,2026-07-01,2
        import hours {sheet} --event e => [absent]
        undo 5 => [has_hours]
        """,
    ),
    "a cancelled event and a class have no minutes": (
        PEOPLE,
        """
        hours add 丙三 --date 2026-07-01 --hours 2 --event e
        event cancel e => [has_hours]
        event edit e --kind class => [has_hours]
        hours void 1 --reason 错
        event cancel e
        hours add 丙三 --date 2026-07-01 --hours 2 --event e => [no_service]
        undo 4 => [has_hours]
        """,
    ),
    "hours beside their event, of 1926, or before birth are listed": (
        PEOPLE,
        """
        hours add 丙三 --date 2026-06-01 --hours 2 --event e
        hours add 乙二 --date 2026-07-01 --hours 9 --event e
        hours add 丁四 --date 1926-06-01 --hours 2
        report quality --period all => hours_outside_event
        report quality --period all => hours_beyond_event
        report quality --period all => hours_too_early
        person edit 甲一 --birth 2020-01-01 --registered 2019-01-01
        training add 甲一 --topic 急救 --by 红会 --on 2018-06-01 --minutes 60
        award add 先进 --person 甲一 --level community --by 社区 --on 2018-05-01
        team join red 甲一 --on 2015-01-01
        person add 幼 --birth 2022
        person edit 甲一 --guardian 幼
        report quality --period all => training_before_birth
        report quality --period all => award_before_birth
        report quality --period all => joined_before_birth
        report quality --period 2019 => registered_before_birth
        report quality => guardian_younger
        """,
    ),
    "an event is not moved away from those who came, by a sheet either": (
        PEOPLE,
        """
        event checkin e 丙三 --at 9:00 --override 来
        event edit e --start 2026-07-02T09:00 => [attended]
        event checkin e 乙二 --at 2026-06-30T09:00 --override 来 => [bad_time]
        event checkout e 丙三 --at 8:00 => [bad_time]
        event checkout e 丙三 --at 11:00
        event edit e --start 2026-07-01T09:30 --end 2026-07-01T11:00
        """,
    ),
    "one definition of member everywhere": (
        PEOPLE,
        """
        team join red 甲一 乙二 --on 2026-06-01
        team role red 甲一 --role leader --on 2026-06-02
        person archive 甲一
        team show red -f json => "members": 1
        team members red => !甲一
        team members red --as-of 2026-06-15 => 甲一
        team list -f tsv --fields code,leader,members --no-header => red\t\t1
        report teams -f tsv --fields team,members --no-header => 红队\t1
        report quality => team_without_leader
        team join red 甲一 => [archived]
        team edit blue --leader 甲一 => [archived]
        < 队伍名称,队长\\n蓝队,甲一
        import teams {sheet} --on-conflict update => [archived]
        """,
    ),
    "a team has one leader, and nobody is in it twice, after an undo too": (
        PEOPLE,
        """
        team join red 甲一 --role leader
        team leave red 甲一
        team join red 乙二 --role leader
        undo 4 => [one_leader]
        team join blue 丙三
        team leave blue 丙三
        team join blue 丙三 --role deputy
        undo 7 => [already_member]
        team role red 乙二 --role member
        undo 4
        team show red -f json => "leader": "甲一"
        """,
    ),
    # 10. Erasing is exact.
    "somebody named like a word stays a word, and is shown before": (
        PEOPLE,
        """
        person add 高兴
        person edit 乙二 --note '大家都很高兴。高兴来了！高兴，高兴'
        person erase 高兴 --reason 要求 -n => The name is erased: person:2
        person erase 高兴 --reason 要求 -n => may be a word: person:2
        person erase 高兴 --reason 要求 -n => is erased: 1; where it stays: 1
        person erase 高兴 --reason 要求 -y
        person show 乙二 -f json --reveal 核对 => 大家都很高兴。高兴来了！*，*
        """,
    ),
    "a name of an alphabet is no part of a word, and is known in capitals": (
        PEOPLE,
        """
        person add 'Ann Lee'
        person add Mark
        person edit 乙二 --note 'ann lee, ANN LEE and Annie Leeds; Market day, MARK, 请Mark来, mark it'
        person erase 'Ann Lee' --reason 要求 -y => is erased: 1; where it stays: 0.
        person erase Mark --reason 要求 -n => where it stays: 1 (--doubtful
        person erase Mark --reason 要求 -y
        person show 乙二 -f json --reveal 核对 => *, * and Annie Leeds; Market day, *, 请*来, mark it
        event add 'Market day' --code m --start 2026-07-20T09:00 --end 11:00
        history list -f json --fields arguments => Market day
        """,
    ),
    "a name that others have too stays, and says so": (
        PEOPLE,
        """
        person add 甲一飞
        person edit 乙二 --note '甲一、甲一飞'
        person erase 甲一 --reason 要求 -n => somebody else is called so too: person:2
        ~ zh
        person erase 甲一 --reason 要求 -y => 另有人同名
        person show 乙二 -f json --reveal 核对 => 甲一、甲一飞
        """,
    ),
    "numbers go in every form, former ones too": (
        PEOPLE,
        """
        person edit 甲一 --phone 19900001005 --email jia@example.com
        person edit 乙二 --note '旧19900001001，+8619900001005，199-0000-1005，１９９００００１００５，JIA@example.com。'
        event edit e --title '致电19900001005'
        event edit e --place '找 199 0000 1005'
        request add '19900001005 反映漏水' --building 3
        person erase 甲一 --reason 要求 -y
        person show 乙二 -f json --reveal 核对 => 旧*，*，*，*，*。
        event show e -f json => "title": "致电*"
        event show e -f json => "place": "找 *"
        find 19900001005 --reveal 核对 => !1005
        """,
    ),
    "what is erased is erased in sheets' remarks and in the history": (
        PEOPLE,
        """
        < 姓名,电话,备注\\n甲一,19900001001,样\\n己六,19900001041,邻居、甲一、19900001001
        import people {sheet}
        hours add 乙二 --date 2026-07-01 --hours 2 --event e --work '和 甲一 搬家'
        person erase 甲一 --reason 要求 -y => is erased: 2; where it stays: 0.
        person show 己六 -f json --reveal 核对 => 邻居、*、*
        hours list -f tsv --fields work --no-header => 和 * 搬家
        history list -f json --fields arguments => !甲一
        """,
    ),
    "numbers of a family that others have stay theirs": (
        PEOPLE,
        """
        person add 戊五 --phone 19900001001
        person edit 乙二 --note '19900001001'
        person erase 甲一 --reason 要求 -y
        person show 戊五 -f json --reveal 核对 => 戊五
        """,
    ),
    # 13. Small ones.
    "an hour that the clocks skip is no hour": (
        PEOPLE,
        """
        policy set timezone Europe/Berlin
        hours add 甲一 --start 2026-03-29T01:00 --end 2026-03-29T04:00 => Recorded 2:00
        hours add 丁四 --date 2025-10-26 --start 1:00 --end 4:00 => Recorded 4:00
        hours correct 2 --end 3:00 --reason 早退 => Corrected to 3:00
        < 姓名,日期,签到时间,签退时间\\n乙二,2026-03-29,1:00,4:00
        import hours {sheet}
        hours list --person 乙二 -f tsv --fields minutes --no-header => 120
        """,
    ),
    "the end of a night shift is on the next day": (
        PEOPLE,
        """
        hours add 甲一 --start 2026-06-30T22:00 --end 2026-07-01T02:00
        hours correct 1 --end 3:00 --reason 晚 => Corrected to 5:00
        hours confirm 1
        hours correct 1 --end 1:30 --reason 早 => Corrected to 3:30
        hours correct 2 --end 23:00 --reason 早 => Corrected to 1:00
        hours correct 3 --end 3:00 --reason 晚 => [bad_time]
        """,
    ),
    "shifts of a night are on its second day, and what is outside is said to be": (
        PEOPLE,
        """
        event add 守夜 --code n --start 2026-07-20T20:00 --end 2026-07-21T06:00
        event shift n --name 一 --start 23:00 --end 1:00 --need 1
        event shift n --name 二 --start 1:00 --end 3:00 --need 1
        event shift n --name 三 --start 5:00 --end 7:00 --need 1 => Shift 三, 2026-07-21 05:00–07:00, is not within
        event show n -f json => "starts_at": "2026-07-21T01:00:00+08:00"
        event open n
        event signup n 甲一 --shift 二
        @2026-07-21T03:10
        event checkin n 甲一 --at 1:05
        event checkout n 甲一 --at 3:00
        event roster n -f tsv --fields checked_in_at --no-header => 2026-07-21T01:05
        """,
    ),
    "a stock-take without a difference is kept": (
        PEOPLE,
        """
        drive add 暖冬 --code w --start 2026-06-01
        drive receive w --anonymous --item 衣物=10件 --on 2026-06-05
        drive sort w --item 衣物=10件 --as accepted --on 2026-06-05
        drive count w --item 衣物=10件 --reason 盘点 --on 2026-06-10 => !Nothing changed
        drive counts w -f tsv --fields quantity,difference --no-header => 10\t0
        drive sort w --item 衣物=1件 --as recycled --from accepted --on 2026-06-09 => [counted]
        """,
    ),
    "a camp says how many need review": (
        PEOPLE,
        """
        event add 营 --code c --start 2026-06-27T09:00 --end 2026-06-29T17:00
        event open c
        event checkin c 甲一 丙三 --at 2026-06-27T09:00 --override 来
        event checkout c 甲一 --at 2026-06-29T17:00
        event finish c => 1 stayed for more than a day and needs review. 1 without a check-out needs review
        """,
    ),
    "an archived team holds no new event, whichever way": (
        PEOPLE,
        """
        event add 蓝 --code b --start 2026-07-20T09:00 --end 11:00 --team blue
        team archive red blue
        event add 新 --start 2026-07-20T09:00 --end 11:00 --team red => volunteer team restore 1
        event copy b --start 2026-07-25T09:00 => [archived]
        event repeat b --every week --count 2 => [archived]
        < 活动名称,开始时间,结束时间,队伍\\n新,2026-07-20 09:00,2026-07-20 11:00,红队
        import events {sheet} => volunteer team restore 1
        < 姓名,队伍\\n甲一,红队
        import members {sheet} => volunteer team restore 1
        report quality => event_led_by_nobody
        """,
    ),
    # Beside them: what a sheet that we print says.
    "the end of a phone tells namesakes apart": (
        PEOPLE + "person add 甲一 --phone 19900000052 --allow-duplicate\n",
        """
        < 姓名,手机尾号,签到时间,签退时间\\n甲一,0052,9:00,11:00
        import hours {sheet} --event e => 1 new
        hours list -f tsv --fields person_id --no-header => 5
        < Name,Phone ends in,Date,Hours\\n甲一,1001,2026-07-02,1
        import hours {sheet} => 1 new
        < 姓名,手机尾号,日期,时长\\n甲一,9999,2026-07-02,1
        import hours {sheet} => ambiguous
        """,
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_story(volunteer: Volunteer, tmp_path: Path, story: str) -> None:
    tell(volunteer, tmp_path, *STORIES[story])
