"""Every check finds what it is there for: a filled database is contradicted once for each, behind the rules."""

from __future__ import annotations

import ast
import inspect
import shutil
import sqlite3
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest
from volunteering import Database, Volunteer, copied

from volunteer_cli.admin.check import all_checks
from volunteer_cli.core.checks import Check

SCRIPT = """\
organization add 样例快递公司 --kind courier
person add 样一 --id-number 11010519491231002X --phone 19900000001 --volunteer
person add 样二 --phone 19900000002 --guardian 样一 --volunteer
person add 样三 --phone 19900000003
person add 样一人 --volunteer
person merge 样一 样一人 --yes
person add 样四 --phone 19900000004
person erase 样四 --reason 本人要求 --yes
team add 红队 --leader 样一 --founded 2024-01-01
team join 红队 样二 --on 2025-01-01
training add 样一 --topic 急救 --by 样例学校 --on 2026-03-01 --minutes 90
event add 清洁日 --code clean --start '2026-05-04 9:00' --end 11:00 --team 红队 --capacity 2 --today 2026-05-01
event shift clean --name 早班 --start 9:00 --end 10:00 --need 1 --today 2026-05-01
event open clean --today 2026-05-01
event signup clean 样一 样二 --today 2026-05-01
event checkin clean 样一 --at '2026-05-04 9:00'
event checkout clean 样一 --at '2026-05-04 11:00'
event add 义诊 --code clinic --start '2026-07-04 12:00' --end 13:00 --capacity 1
event open clinic
event signup clinic 样二
event signup clinic 样三
event add 合唱 --code choir --start '2026-07-04 14:00' --end 15:00
event open choir
event signup choir 样二
hours add 样一 --date 2026-05-05 --start 9:00 --end 11:00 --team 红队 --today 2026-05-06
hours add 样一 --date 2026-05-05 --start 13:00 --end 14:00 --today 2026-05-06
hours confirm --period 2026-05
hours correct 2 --end 15:00 --reason 记错
hours add 样二 --date 2026-06-01 --start 9:00 --end 10:00
hours close 2026-04
policy set star_thresholds 1,300,600,1000,1500
star grant 样一 1
certificate issue 样一
certificate issue 样一 --period 2026-05
certificate void BINHU-2026-0001 --reason 写错
award add 优秀志愿者 --level district --by 样例区 --on 2026-06-01 --person 样一
evaluation add clean 样一 --attitude 5
drive add 暖冬 --code winter --start 2026-05-01
drive receive winter --donor person:2 --item 衣物=12件 --on 2026-05-02
drive receive winter --donor person:2 --item 图书=3本 --on 2026-05-02
drive sort winter --item 衣物=10件 --as accepted --on 2026-05-03
drive count winter --item 图书=0本 --reason 盘点 --on 2026-05-03
drive pack winter --item 衣物=4件 --box 一号 --on 2026-05-04
drive pack winter --item 衣物=2件 --box 二号 --on 2026-05-04
drive ship winter --box 一号 --to 样例快递公司 --on 2026-05-05
mediation add --kind neighbours --source applied --party 样二 --party 样三 --mediator 样一 --on 2026-06-01
mediation party 1 样二 --agrees --on 2026-06-01
mediation party 1 样三 --agrees --on 2026-06-01
mediation session 1 --on 2026-06-02
mediation agree 1 --written --signed 2026-06-03 --text 和好
mediation add --kind family --source offered --party 甲某 --party 乙某 --mediator 样一 --on 2026-06-01
mediation end 2 --reason withdrawn --on 2026-06-05
mediation erase 2 --reason 保管期满 --yes
household add --building 3 --unit 2 --room 501 --head 样二 --on 2026-05-01
household move 样三 --to 3-2-501 --on 2026-05-01
household add --building 3 --room 502 --occupancy vacant --on 2026-05-01
household add --building 3 --room 503 --on 2026-05-01
household add --building 3 --room 504 --on 2026-05-01
household merge 3-503 3-504
visit add 3-2-501 --by 样一 --give 衣物=2件 --from winter --on 2026-05-06
visit plan 3-2-501 --by 样一 --on 2026-07-06
campaign add 样例摸排 --code sweep --preset sweep --start 2026-06-01
campaign question sweep heating 供热好吗 --type yes_no
campaign open sweep
campaign record sweep 3-2-501 --by 样一 --outcome done --answer heating=yes --on '2026-06-30 9:00'
campaign record sweep 3-502 --by 样一 --outcome vacant --evidence meter --evidence light --on '2026-06-30 9:00'
campaign add 样例普查 --code census --preset sweep --start 2026-06-01 --coverage-only
campaign stage census 全部
campaign stage census 复核 --recheck 50% --seed 7
campaign question sweep words 还有什么 --type text
campaign open census
campaign record census 3-2-501 --by 样一 --outcome done --on '2026-06-30 9:00'
campaign deal census --to 样一 --take 1
household gift 3-2-501 --to 样一 --value 300 --on 2026-05-10
household return BINHU-G2026-0001 --on 2026-05-14
account add 样三 样一 --counts-from 2026-05-01
account post
account grant 样三 --hours 10h --reason 试点
exchange add 样三 --work 疏通 --hours 2h
account donate 样三 --hours 1h
request add 楼道灯不亮 --caller 样一 --on 2026-06-18
request add 车库异味 --caller 样二 --on 2026-06-18
request assign 2 --to 样例快递公司 --on 2026-06-18
request assign 2 --to person:2 --on 2026-06-22
request add 楼道灯坏了 --caller-name 某某 --on 2026-06-18
request merge 1 3 --on 2026-06-19
request add 下水道堵 --caller 样三 --on 2026-06-18
request finish 4 --result solved --on 2026-06-19
request callback 4 --solved yes --on 2026-06-22
organization add 样例牵头单位 --kind department
organization add 样例成员单位 --kind department
organization add 样例企业 --kind enterprise
alliance add 样例联盟 --code union --lead 样例牵头单位 --founded 2026-01-01
alliance join union 样例成员单位 --on 2026-02-01
council add 样例议事厅 --code hall --alliance union
council propose hall 样例议题 --on 2026-03-01
council accept 样例议题 --on 2026-03-01
council convene hall --start '2026-03-10 14:00' --end 16:00 --on 2026-03-02
council attend 1 样例牵头单位 样例成员单位
council decide 样例议题 --session 1 --text 同意 --on 2026-03-10
council action 样例议题 设一个窗口 --owner 样例成员单位 --due 2026-03-31 --on 2026-03-10
council close 1 --on 2026-03-10
council done 1 --result 已设 --on 2026-03-20
council confirm 1 --on 2026-03-21
council answer 样例议题 --text 已设 --on 2026-03-22
pairing add 样例企业 --unit 样例成员单位 --official 样干部 --since 2026-03-01
pairing end 1 --reason 迁出 --on 2026-04-01
field add person vehicle --title 车辆 --choice 小汽车
field add person plate --title 车牌
person edit 样一 --set vehicle=小汽车 --set plate=A1
field archive plate
pairing add 样例企业 --unit 样例成员单位 --official 样干部 --since 2026-04-01
"""


@dataclass(frozen=True)
class Case:
    """A contradiction written into the database, and the one finding that it is worth."""

    check: str
    sql: str
    thing: str
    problem: str


CASES = (
    Case(
        "action-order",
        "UPDATE action SET done_on = '2026-03-01'",
        "action:1",
        "was answered, done or confirmed before it could be",
    ),
    Case(
        "action-status",
        "UPDATE action SET confirmed_on = NULL",
        "action:1",
        "has days that contradict its status",
    ),
    Case(
        "campaign-answers",
        "UPDATE campaign_question SET campaign_id = 2 WHERE code = 'heating'",
        "campaign:1",
        "Answer 1 is to a question of another campaign.",
    ),
    Case(
        "campaign-attempts",
        "UPDATE attempt SET round = '2026-06-30' WHERE id = 1",
        "campaign:1",
        "Attempt 1 is in a stage where it cannot be.",
    ),
    Case(
        "campaign-census",
        "UPDATE attempt SET note = '有病人' WHERE target_id IN (SELECT id FROM target WHERE campaign_id = 2)",
        "campaign:2",
        "It only counts coverage, and has notes or answers.",
    ),
    Case(
        "campaign-leases",
        "INSERT INTO lease (target_id, stage_id, person_id, dealt_at, until)"
        " SELECT target_id, stage_id, 2, dealt_at, until FROM lease",
        "household:2",
        "It is with two people at once.",
    ),
    Case(
        "campaign-lists",
        "UPDATE target SET household_id = NULL, person_id = 3 WHERE id = 1",
        "campaign:1",
        "Target 1 is no unit of its list.",
    ),
    Case(
        "campaign-proofs",
        "UPDATE attempt SET evidence = NULL",
        "campaign:1",
        "Attempt 2 lacks its evidence or its time.",
    ),
    Case(
        "campaign-stages",
        "INSERT INTO stage_target (stage_id, target_id, since) SELECT id, 1, '2026-06-30 09:00:00.000000' FROM campaign_stage WHERE campaign_id = 2 AND name = '复核'",
        "campaign:1",
        "Target 1 is in a stage that does not have it.",
    ),
    Case(
        "council-frozen",
        "UPDATE attendance SET present = 0 WHERE id = 1",
        "session:1",
        "differs from its minutes",
    ),
    Case(
        "council-frozen",
        "UPDATE council_session SET number = NULL",
        "session:1",
        "is closed without minutes or number",
    ),
    Case(
        "topics-closed",
        "UPDATE action SET status = 'open', done_on = NULL, confirmed_on = NULL",
        "topic:1",
        "is closed though an action of it is not settled",
    ),
    Case(
        "pairings-one",
        "UPDATE pairing SET until = NULL WHERE id = 1",
        "pairing:2",
        "its enterprise is paired twice on 2026-04-01",
    ),
    Case(
        "alliance-leads",
        "UPDATE alliance_membership SET role = 'lead'",
        "alliance:1",
        "has two leads on 2026-02-01",
    ),
    Case(
        "integrity",
        "PRAGMA ignore_check_constraints = ON; UPDATE stock_entry SET quantity = 0 WHERE to_state = 'shipped'",
        "database",
        "CHECK constraint failed in stock_entry",
    ),
    Case(
        "indexes",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE INDEX ix_award_person_id ON award (-id)'"
        " WHERE name = 'ix_award_person_id'",
        "database",
        "row 1 missing from index ix_award_person_id",
    ),
    Case(
        "foreign-keys",
        "UPDATE award SET person_id = 99",
        "award:1",
        "points at a row of person that does not exist",
    ),
    Case(
        "history",
        "UPDATE operation SET undone_by_id = 1 WHERE id = 2",
        "operation:2",
        "is marked undone by 1, which undoes another",
    ),
    Case(
        "command-lines",
        "UPDATE operation SET arguments = '--db postgresql://u:p@h/n person add x' WHERE id = 2",
        "operation:2",
        "keeps the address of a database, which may hold a password",
    ),
    Case(
        "site-ids",
        "INSERT INTO community (id, code, name) VALUES (100000001, 'other', '别处')",
        "community:100000001",
        "Its id is none that this database gives.",
    ),
    Case(
        "volunteer-numbers",
        "UPDATE person SET registered_on = NULL WHERE id = 2",
        "person:2",
        "has a volunteer number but was never registered",
    ),
    Case(
        "volunteer-numbers",
        "UPDATE person SET volunteer_no = NULL WHERE id = 2",
        "person:2",
        "is registered as a volunteer without a number",
    ),
    Case(
        "field-values",
        "UPDATE person_value SET value = '飞机' WHERE id = 1",
        "person:1",
        "has a value in the field 车辆 that is none of its kind",
    ),
    Case(
        "fields-in-use",
        "INSERT INTO change (operation_id, table_name, kind, first_key, last_key, before, after)"
        """ VALUES (1, 'custom_field', 'update', 2, 2, '{"archived_on": null}', '{"archived_on": "2026-06-30"}')""",
        "person:1",
        "was given a value in the field 车牌, which is out of use",
    ),
    Case(
        "former-numbers",
        "UPDATE person SET volunteer_no = 'BINHU-V0003' WHERE id = 2",
        "person:2",
        "has the number BINHU-V0003 of a merged record",
    ),
    Case("guardians", "UPDATE person SET guardian_id = 2 WHERE id = 2", "person:2", "is their own guardian"),
    Case(
        "identity-numbers",
        "UPDATE person SET birth = '1949-12-30' WHERE id = 1",
        "person:1",
        "sex or birth date is not that of the identity number",
    ),
    Case(
        "identity-numbers",
        "UPDATE person SET sex = 'male' WHERE id = 1",
        "person:1",
        "sex or birth date is not that of the identity number",
    ),
    Case(
        "erased",
        "UPDATE person SET phone = '+8619900000004' WHERE id = 5",
        "person:5",
        "was erased, but something of the identity is left",
    ),
    Case(
        "leaders",
        "UPDATE membership SET role = 'leader' WHERE person_id = 2",
        "team:1",
        "has two leaders on 2025-01-01",
    ),
    Case(
        "membership-order",
        "UPDATE membership SET until = '2024-12-31' WHERE person_id = 2",
        "person:2",
        "left team 1 on 2024-12-31, before joining on 2025-01-01",
    ),
    Case(
        "membership-overlap",
        "UPDATE membership SET person_id = 2",
        "person:2",
        "belongs to team 1 twice at the same time",
    ),
    Case(
        "training-twice",
        "INSERT INTO training (person_id, topic, by, held_on, minutes)"
        " SELECT person_id, topic, by, held_on, minutes FROM training",
        "training:2",
        "It says the same as training:1, which holds as well.",
    ),
    Case(
        "awards_twice",
        "INSERT INTO award (community_id, person_id, title, level, by, awarded_on)"
        " SELECT community_id, person_id, title, level, by, awarded_on FROM award",
        "award:2",
        "It says the same as award:1, which holds as well.",
    ),
    Case(
        "awards_twice",
        "INSERT INTO evaluation (event_id, person_id, attitude, by, recorded_on, late)"
        " SELECT event_id, person_id, attitude, by, recorded_on, late FROM evaluation",
        "evaluation:2",
        "It says the same as evaluation:1, which holds as well.",
    ),
    Case(
        "event-ahead",
        "UPDATE event SET status = 'done' WHERE code = 'choir'",
        "event:3",
        "It is done, and lies ahead.",
    ),
    Case(
        "event-ahead",
        "UPDATE signup SET status = 'absent' WHERE event_id = 3",
        "event:3",
        "person:2 is absent, and it lies ahead.",
    ),
    Case(
        "training-dates",
        "UPDATE training SET minutes = 0",
        "training:1",
        "It takes no time or ends before it was held.",
    ),
    Case(
        "training-dates",
        "UPDATE training SET until = '2026-02-28'",
        "training:1",
        "It takes no time or ends before it was held.",
    ),
    Case(
        "event-times",
        "UPDATE event SET ends_at = starts_at WHERE code = 'choir'",
        "event:3",
        "It ends before it begins.",
    ),
    Case(
        "event-times",
        "UPDATE shift SET ends_at = '2026-05-04 11:01:00.000000'",
        "event:1",
        "Shift 早班 is not within it.",
    ),
    Case(
        "event-shifts",
        "INSERT INTO further_shift (signup_id, shift_id) VALUES (1, 1)",
        "event:1",
        "The shifts of person:1 contradict each other.",
    ),
    Case(
        "event-shifts",
        "INSERT INTO shift (event_id, name, starts_at, ends_at, need) VALUES"
        " (1, '中班', '2026-05-04 09:30:00.000000', '2026-05-04 10:30:00.000000', 1);"
        " UPDATE signup SET shift_id = 1 WHERE id = 1; INSERT INTO further_shift (signup_id, shift_id) VALUES (1, 2)",
        "event:1",
        "The shifts of person:1 contradict each other.",
    ),
    Case(
        "event-shifts",
        "UPDATE signup SET shift_id = 1 WHERE id = 1; INSERT INTO shift_turn (signup_id, shift_id, position, signed_up_at)"
        " VALUES (1, 1, 1, '2026-05-01 09:00:00.000000')",
        "event:1",
        "The shifts of person:1 contradict each other.",
    ),
    Case(
        "event-places",
        "UPDATE signup SET shift_id = 1 WHERE event_id = 1; UPDATE shift SET need = 0 WHERE id = 1",
        "event:1",
        "Shift 早班 has 2 people that nobody let pass, and needs 0.",
    ),
    Case(
        "event-places",
        "UPDATE event SET capacity = 1 WHERE code = 'clean'",
        "event:1",
        "2 people have a place that nobody let pass; there are 1.",
    ),
    Case(
        "event-overlap",
        "UPDATE event SET starts_at = '2026-07-04 12:59:00.000000' WHERE code = 'choir'",
        "person:2",
        "A place at 合唱 (3) overlaps another one.",
    ),
    Case(
        "event-waitlist",
        "UPDATE signup SET position = NULL WHERE person_id = 3",
        "event:2",
        "person:3 is in the line without a position, or has one outside it.",
    ),
    Case(
        "event-waitlist",
        "UPDATE signup SET position = 1 WHERE event_id = 3",
        "event:3",
        "person:2 is in the line without a position, or has one outside it.",
    ),
    *(
        Case("event-attendance", sql, "event:1", f"The attendance of person:{person} contradicts itself.")
        for person, sql in (
            (1, "UPDATE signup SET checked_in_at = NULL, checked_out_at = NULL WHERE person_id = 1"),
            (1, "UPDATE signup SET checked_out_at = checked_in_at WHERE person_id = 1"),
            (2, "UPDATE signup SET checked_in_at = '2026-05-04 09:00' WHERE event_id = 1 AND person_id = 2"),
            (2, "UPDATE signup SET checked_out_at = '2026-05-04 11:00' WHERE event_id = 1 AND person_id = 2"),
        )
    ),
    Case(
        "event-time",
        "UPDATE event SET starts_at = '2026-05-14 09:00', ends_at = '2026-05-14 11:00' WHERE id = 1;"
        "UPDATE shift SET starts_at = '2026-05-14 09:00', ends_at = '2026-05-14 10:00'",
        "event:1",
        "person:1 came when it was not.",
    ),
    *(
        Case("hours-events", sql, "hours:1", f"it is of {problem}")
        for problem, sql in (
            (
                "an event at which nobody serves",
                (
                    "UPDATE hours_record SET event_id = 2 WHERE id = 1;"
                    "UPDATE event SET status = 'cancelled' WHERE id = 2"
                ),
            ),
            (
                "an event at which nobody serves",
                "UPDATE hours_record SET event_id = 2 WHERE id = 1; UPDATE event SET kind = 'class' WHERE id = 2",
            ),
            (
                "somebody who was marked absent there",
                (
                    "UPDATE hours_record SET event_id = 1 WHERE id = 1;"
                    "UPDATE signup SET status = 'absent', checked_in_at = NULL, checked_out_at = NULL "
                    "WHERE person_id = 1 AND event_id = 1"
                ),
            ),
        )
    ),
    Case(
        "hours-events",
        "UPDATE hours_record SET event_id = NULL WHERE event_id = 1; UPDATE event SET status = 'done' WHERE id = 1",
        "event:1",
        "person:1 came, and no hours are recorded.",
    ),
    Case(
        "hours-overlap",
        "UPDATE hours_record SET start_minute = 659, end_minute = 779 WHERE id = 3",
        "hours:3",
        "overlaps hours:1 of the same person",
    ),
    *(
        Case(
            "hours-times",
            f"UPDATE hours_record SET {values} WHERE id = {key}",
            f"hours:{key}",
            "its times and its duration contradict each other",
        )
        for key, values in (
            (4, "minutes = -60, start_minute = NULL, end_minute = NULL"),
            (4, "minutes = 1441, start_minute = 0, end_minute = 1441"),
            (4, "start_minute = -60, end_minute = 0"),
            (4, "start_minute = 1440, end_minute = 1500"),
            (4, "start_minute = NULL"),
            (4, "minutes = 61"),
            (4, "end_minute = NULL"),
            (4, "minutes = 0, end_minute = start_minute, status = 'needs_review'"),
            (4, "minutes = 0, end_minute = NULL"),
        )
    ),
    *(
        Case(
            "hours-decisions",
            f"UPDATE hours_record SET {values} WHERE id = {key}",
            f"hours:{key}",
            f"it is {status}, and nobody signed or no reason is given",
        )
        for key, status, values in (
            (1, "confirmed", "confirmed_by = NULL"),
            (2, "voided", "reason = NULL"),
            (4, "rejected", "status = 'rejected'"),
            (4, "lost", "status = 'lost'"),
        )
    ),
    *(
        Case(
            "hours-corrections",
            sql,
            "hours:3",
            "it corrects hours:2, which is not its voided forerunner",
        )
        for sql in (
            "UPDATE hours_record SET status = 'rejected' WHERE id = 2",
            "UPDATE hours_record SET person_id = 3 WHERE id = 2",
        )
    ),
    Case(
        "hours-corrections",
        "UPDATE hours_record SET corrects_id = 3 WHERE id = 3",
        "hours:3",
        "it corrects hours:3, which is not its voided forerunner",
    ),
    Case(
        "hours-corrections",
        "UPDATE hours_record SET corrects_id = 2, person_id = 1 WHERE id = 4",
        "hours:2",
        "several records that hold correct it",
    ),
    Case(
        "hours-closed",
        "UPDATE closed_period SET last_on = '2026-06-01'",
        "hours:4",
        "it is still to be decided, and its period is closed",
    ),
    Case(
        "star_levels",
        "UPDATE star_grant SET threshold = 600",
        "person:1",
        "holds star level 1, which asked for 10:00 hours, but has 4:00",
    ),
    Case(
        "certificate_sums",
        "UPDATE certificate_line SET minutes = minutes - 1 WHERE id = 1",
        "certificate:1",
        "BINHU-2026-0001: the lines do not add up to the total",
    ),
    Case(
        "certificate_sums",
        "UPDATE certificate SET scanned = scanned + 1 WHERE id = 1",
        "certificate:1",
        "BINHU-2026-0001: the lines do not add up to the total",
    ),
    Case(
        "certificate_numbers",
        "DELETE FROM certificate_line WHERE certificate_id = 2; DELETE FROM certificate WHERE id = 2",
        "certificate:BINHU-2026-0002",
        "the number was given out, but there is no certificate",
    ),
    Case(
        "certificate_numbers",
        "DELETE FROM issued_number WHERE text = 'BINHU-2026-0002'",
        "certificate:BINHU-2026-0002",
        "the number is not in the register",
    ),
    Case(
        "certificate_replacements",
        "UPDATE certificate SET replaces_id = 1, person_id = 2 WHERE id = 2",
        "certificate:1",
        "BINHU-2026-0001 is replaced by BINHU-2026-0002, but is not void or not of the same person",
    ),
    Case(
        "certificate_replacements",
        "UPDATE certificate SET replaces_id = 2 WHERE id = 1",
        "certificate:2",
        "BINHU-2026-0002 is replaced by BINHU-2026-0001, but is not void or not of the same person",
    ),
    Case(
        "award_holders",
        "UPDATE award SET team_id = 1",
        "award:1",
        "优秀志愿者 belongs to a person and to a team",
    ),
    *(
        Case(
            "evaluation_ratings",
            f"UPDATE evaluation SET {rating} = {points}",
            "evaluation:1",
            "a rating is not from 1 to 5",
        )
        for rating, points in (("punctuality", 0), ("attitude", 6), ("skill", -1))
    ),
    Case(
        "stock",
        "UPDATE stock_entry SET quantity = 13 WHERE step = 'sort'",
        "slip_line:1",
        "Stock would go below zero: entry 3, the sorting of 衣物 13件 on 2026-05-03, would find only 12 件"
        " unsorted [negative_stock]. See what there is: volunteer drive stock 1 --as-of 2026-05-03",
    ),
    Case(
        "entries",
        "UPDATE stock_entry SET item = '帽子' WHERE step = 'sort'",
        "stock_entry:3",
        "does not fit its slip line",
    ),
    Case(
        "entries",
        "UPDATE slip_line SET unit = '箱' WHERE id = 2",
        "stock_entry:2",
        "does not fit its slip line",
    ),
    Case("slips", "UPDATE slip_line SET slip_id = NULL WHERE id = 2", "slip:2", "has no line"),
    Case("slips", "DELETE FROM stock_entry WHERE line_id = 2", "slip_line:2", "never came in"),
    Case(
        "stock_takes",
        "UPDATE stock_count SET quantity = 1",
        "drive:1",
        "图书 (本): 1 were counted on 2026-05-03, and by the books it was 0",
    ),
    Case(
        "shipments",
        "UPDATE box SET shipment_id = NULL",
        "box:1",
        "the ledger and the shipment disagree",
    ),
    Case(
        "shipments",
        "UPDATE box SET shipment_id = 1",
        "box:2",
        "the ledger and the shipment disagree",
    ),
    Case(
        "shipments",
        "UPDATE shipment SET delivered_on = '2026-05-06'",
        "box:1",
        "the ledger and the signature disagree",
    ),
    Case(
        "visit-states",
        "UPDATE visit SET planned_on = NULL WHERE id = 2",
        "visit:2",
        "It is neither a plan nor a visit that took place.",
    ),
    Case(
        "visit-met",
        "UPDATE visit SET outcome = 'refused' WHERE id = 1",
        "visit:1",
        "Nobody was met, and yet somebody is named or something was given.",
    ),
    Case(
        "visit-people",
        "DELETE FROM visit_person WHERE visit_id = 2",
        "visit:2",
        "Nobody is named who went.",
    ),
    Case(
        "visit-plans",
        """INSERT INTO visit (household_id, planned_on, noted_on, method, kind)
        SELECT household_id, planned_on, noted_on, method, kind FROM visit WHERE id = 2;
        INSERT INTO visit_person (visit_id, part, person_id) VALUES (3, 'visitor', 1)""",
        "visit:3",
        "The household has another open plan for that day.",
    ),
    Case(
        "visit-goods",
        "UPDATE visit_supply SET quantity = 1",
        "slip_line:1",
        "The ledger and the visits disagree about what was given.",
    ),
    Case(
        "mediation-states",
        "UPDATE mediation SET status = 'accepted' WHERE id = 1",
        "mediation:1",
        "Its status does not agree with what was recorded of it.",
    ),
    Case(
        "mediation-days",
        "UPDATE mediation SET decided_on = '2026-05-01' WHERE id = 1",
        "mediation:1",
        "Its steps are not in the order in which they can have happened.",
    ),
    Case(
        "mediation-parties",
        "DELETE FROM mediation_party WHERE mediation_id = 1 AND person_id = 3",
        "mediation:1",
        "It has fewer than two parties.",
    ),
    Case(
        "mediation-interested",
        "UPDATE mediator SET person_id = 3 WHERE mediation_id = 1",
        "mediation:1",
        "Somebody is a party and mediates.",
    ),
    Case(
        "mediation-consent",
        "UPDATE mediation_party SET agreed_on = NULL WHERE mediation_id = 1 AND person_id = 2",
        "mediation:1",
        "A session was held before every party had agreed to mediation.",
    ),
    Case(
        "mediation-erased",
        "UPDATE mediation SET facts = '吵架' WHERE id = 2",
        "mediation:2",
        "It was erased, and something confidential is left of it.",
    ),
    Case(
        "stays",
        "INSERT INTO stay (person_id, household_id, kind, since, until) VALUES (3, 3, 'lives', '2026-05-03', '2026-05-04')",
        "person:3",
        "stays in two households on one day",
    ),
    Case(
        "stay-days",
        "INSERT INTO stay (person_id, household_id, kind, since, until) VALUES (3, 3, 'lives', '2026-04-03', '2026-04-02')",
        "household:3",
        "somebody left before they came",
    ),
    Case(
        "empty-households",
        "UPDATE household SET occupancy = 'vacant' WHERE id = 1",
        "household:1",
        "is vacant and lived in",
    ),
    Case(
        "empty-households",
        "UPDATE household SET archived_on = '2026-06-01' WHERE id = 1",
        "household:1",
        "is archived and lived in",
    ),
    Case(
        "household-heads",
        "UPDATE household SET head_id = 3 WHERE id = 2",
        "household:2",
        "its head does not live there",
    ),
    Case(
        "left-households",
        "UPDATE person SET archived_on = '2026-06-01' WHERE id = 3",
        "person:3",
        "is archived and has not left the household",
    ),
    Case(
        "household-addresses",
        "UPDATE person SET room = NULL WHERE id = 3",
        "person:3",
        "has another address than the household",
    ),
    Case(
        "household-doors",
        "UPDATE household SET room = '502' WHERE id = 3",
        "household:3",
        "another one stands behind the same door",
    ),
    Case(
        "household-gifts",
        "UPDATE household_gift SET settled_on = NULL",
        "household:1",
        "what became of a gift cannot have been so",
    ),
    Case(
        "former-households",
        "UPDATE household SET number = 'BINHU-H00004' WHERE id = 2",
        "household:2",
        "has the number of a merged household",
    ),
    Case(
        "request-flow",
        "UPDATE request SET status = 'closed' WHERE id = 4",
        "request:4",
        "Its status does not agree with its steps.",
    ),
    Case(
        "request-callers",
        "UPDATE request_caller SET request_id = 3 WHERE home_id = 3",
        "request:3",
        "Its callers do not hang where it was merged.",
    ),
    Case(
        "request-nobody",
        "DELETE FROM request_caller WHERE home_id = 2",
        "request:2",
        "Nobody called about it.",
    ),
    Case(
        "request-leads",
        "UPDATE request_hold SET until = '2026-06-25' WHERE until IS NULL",
        "request:2",
        "It is assigned and has not one lead, or has one and is not assigned.",
    ),
    Case(
        "request-spans",
        "UPDATE request_hold SET until = '2026-06-25' WHERE until IS NOT NULL",
        "request:2",
        "The days of its leads overlap.",
    ),
    Case(
        "request-spans",
        "UPDATE request_hold SET until = '2026-06-01' WHERE until IS NOT NULL",
        "request:2",
        "The days of a lead end before they begin.",
    ),
    Case(
        "request-dates",
        "UPDATE request SET due_on = '2026-07-08' WHERE id = 2",
        "request:2",
        "It is due on 2026-07-08, and its steps say 2026-06-26.",
    ),
    Case(
        "request-dates",
        "UPDATE request_step SET calendar = 1, days = 2 WHERE request_id = 2 AND step = 'register';"
        "UPDATE request SET due_on = '2026-06-20' WHERE id = 2",
        "request:2",
        "It is due on 2026-06-20, a day off.",
    ),
    Case(
        "request-answers",
        "UPDATE request_callback SET solved = NULL",
        "request:4",
        "A call-back has an answer of nobody, or none of somebody.",
    ),
    Case(
        "request-answers",
        "UPDATE request_caller SET answered_at = '2026-01-01 00:00:00.000000' WHERE home_id = 2",
        "request:2",
        "A caller was answered before calling.",
    ),
    Case(
        "request-order",
        "UPDATE request_step SET taken_at = '2026-01-01 00:00:00.000000' WHERE request_id = 2 AND person_id = 2",
        "request:2",
        "Its steps are not in the order in which they can have happened.",
    ),
    Case(
        "credits-zero",
        "INSERT INTO community (code, name) VALUES ('other', '别处'); UPDATE credit_entry SET community_id = 2 WHERE kind = 'grant'",
        "account:2",
        "Entry 3 is between two communities.",
    ),
    Case(
        "credits-records",
        "UPDATE credit_entry SET kind = 'correct' WHERE id = 1",
        "hours:1",
        "More was corrected of it than was booked.",
    ),
    Case(
        "credits-records",
        "INSERT INTO credit_entry (community_id, booked_on, kind, from_id, to_id, minutes, hours_id, booked_by) "
        "VALUES (1, '2026-06-30', 'earn', 1, 3, 60, 2, 'x')",
        "hours:2",
        "It is no longer confirmed, was replaced, and both are booked.",
    ),
    Case(
        "credits-floor",
        "UPDATE credit_entry SET minutes = 1200 WHERE kind = 'donate'",
        "account:2",
        "It is 12:00 further below zero than it may be.",
    ),
    Case(
        "credits-dates",
        "UPDATE credit_entry SET booked_on = '2026-07-01' WHERE kind = 'grant'",
        "account:2",
        "Entry 4 was booked before an earlier one.",
    ),
    Case(
        "credits-accounts",
        "INSERT INTO credit_account (community_id, person_id, counts_from) VALUES (1, 3, '2026-01-01')",
        "account:4",
        "Its owner has another account in the same community.",
    ),
    Case(
        "credits-archived",
        "UPDATE credit_account SET archived_on = '2026-06-30' WHERE id = 2",
        "account:2",
        "It is archived and not at zero.",
    ),
    Case(
        "credits-exchanges",
        "UPDATE exchange SET minutes = 60",
        "exchange:1",
        "What was booked for it is not what it costs.",
    ),
)


@pytest.fixture(scope="module")
def filled_database(binhu_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A database with something of everything in which all checks hold."""
    path = copied(binhu_database, tmp_path_factory.mktemp("filled") / "filled.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOLUNTEER_CONFIG", "/nonexistent")
        patch.setenv("VOLUNTEER_ACTOR", "tester")
        Volunteer(path).ok("batch", "-", stdin=SCRIPT)
        assert Volunteer(path).ok("check").out == ""
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}: {case.sql}")
def test_a_check_finds_its_contradiction_and_no_other_does(
    filled_database: Database, tmp_path: Path, case: Case
) -> None:
    path = tmp_path / "contradicted.db"
    shutil.copy(filled_database, path)
    connection = sqlite3.connect(path)
    connection.executescript(case.sql)
    connection.close()
    result = Volunteer(path)("check", "-f", "json")
    assert (result.code, [(row["check"], row["thing"], row["problem"]) for row in result.json]) == (
        6,
        [(case.check, case.thing, case.problem)],
    )


@pytest.mark.parametrize("check", list(all_checks()), ids=lambda check: check.name)
def test_every_finding_that_a_check_can_make_is_provoked(check: Check) -> None:
    tree = ast.parse(textwrap.dedent(inspect.getsource(check.find)))
    findings = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding"
    ]
    problems = {case.problem for case in CASES if case.check == check.name}
    assert findings, "a check makes its findings itself, so that they can be counted"
    assert len(problems) >= len(findings)


def test_no_case_is_for_a_check_that_is_gone() -> None:
    assert {case.check for case in CASES} == {check.name for check in all_checks()}


REPAIRED = {check.name for check in all_checks() if check.repair}


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.check in REPAIRED - {"command-lines", "indexes"}],
    ids=lambda case: f"{case.check}: {case.sql}",
)
def test_a_repair_is_shown_made_and_can_be_taken_back(
    filled_database: Database, tmp_path: Path, case: Case
) -> None:
    path = tmp_path / "repaired.db"
    shutil.copy(filled_database, path)
    connection = sqlite3.connect(path)
    connection.executescript(case.sql)
    connection.close()
    volunteer = Volunteer(path)
    before = volunteer.dump()
    shown = volunteer("check", "--fix", "-n")
    assert (shown.code, "1 repaired" in shown.err, volunteer.dump() == before) == (6, True, True)
    made = volunteer.ok("check", "--fix")
    assert made.err.count("1 repaired. Operation") == 1, made.err
    assert volunteer.ok("check", "--fix").err == ""
    volunteer.ok("undo")
    assert volunteer.dump() == before


def test_indexes_that_lie_are_written_anew(filled_database: Database, tmp_path: Path) -> None:
    """Nothing is to be taken back then: the rows are what they were."""
    path = tmp_path / "repaired.db"
    shutil.copy(filled_database, path)
    connection = sqlite3.connect(path)
    connection.executescript(next(case.sql for case in CASES if case.check == "indexes"))
    connection.close()
    volunteer = Volunteer(path)
    assert volunteer("check", "indexes").code == 6
    assert "1 repaired. Operation" in volunteer.ok("check", "--fix").err
    assert volunteer.ok("check", "indexes").out == ""


def test_of_a_large_file_the_indexes_are_compared_when_they_are_named(
    filled_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.db"
    shutil.copy(filled_database, path)
    connection = sqlite3.connect(path)
    connection.executescript(next(case.sql for case in CASES if case.check == "indexes"))
    connection.close()
    monkeypatch.setattr("volunteer_cli.admin.check.SMALL", path.stat().st_size - 1)
    volunteer = Volunteer(path)
    assert volunteer.ok("check").out == ""
    assert volunteer("check", "indexes").code == 6
