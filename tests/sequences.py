"""Commands of all areas in any order, on an office in which each of them finds something to change.

Undo and redo, and copies that are merged, are tried with them.
"""

from __future__ import annotations

from typing import TypeAlias

from hypothesis import strategies as st

Line: TypeAlias = tuple[str, ...]

#: What there is before anything happens.
OFFICE = """\
person add 样一 --birth 1965-03 --volunteer
person add 样二 --volunteer
person add 样三
team add 红队 --code red --leader 样一
event add 清洁日 --code jie --start '2026-06-30 9:00' --end '2026-06-30 23:00' --capacity 2
event open jie
drive add 暖冬 --code winter --start 2026-06-01
drive receive winter --donor person:样一 --item 衣物=12件 --on 2026-06-02
drive sort winter --item 衣物=9件 --as accepted --on 2026-06-03
household add --building 3 --unit 2 --room 501 --head 样二 --on 2026-05-01
household add --building 3 --unit 2 --room 502 --on 2026-05-01
visit add 3-2-501 --by 样一 --on 2026-06-05
hours add 样一 --date 2026-05-05 --hours 5
hours add 样二 --date 2026-05-05 --hours 5
hours confirm --period 2026-05
account add 样一 样二 --counts-from 2026-01-01
account post
request add 楼道灯不亮 --caller 样一 --on 2026-06-29
mediation add --kind neighbours --source applied --party 样二 --party 样三 --mediator 样一
campaign add 样例摸排 --code sweep --preset sweep --start 2026-06-01
campaign question sweep heating 供热好吗 --type yes_no
campaign open sweep
organization add 样例监管单位 --kind department --field regulation
organization add 样例执法单位 --kind department --field enforcement
organization add 样例企业 --kind enterprise
alliance add 样例联盟 --code union --lead 样例监管单位 --founded 2026-01-01
council add 样例议事厅 --code hall --alliance union
pairing add 样例企业 --unit 样例监管单位 --official 样三 --since 2026-01-10
council propose hall 楼道里的灯 --by 群众意见 --on 2026-06-01
field add person vehicle --kind text
"""

#: What people were told, or what has left the house, is not taken back.
FINAL = (
    "issued",
    "period_closed",
    "people_waiting",
    "has_promoted",
    "entries_since",
    "published",
    "certified",
)

person = st.sampled_from(("样一", "样二", "样三", "样四"))
team = st.sampled_from(("红队", "蓝队"))
day = st.sampled_from(("2026-01-05", "2026-05-31", "2026-06-20"))
room = st.sampled_from(("502", "503"))
unit = st.sampled_from(("样例监管单位", "样例执法单位"))


def line(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[Line]:
    """A command whose words are as they stand here, or drawn."""
    return st.tuples(*(part if isinstance(part, st.SearchStrategy) else st.just(part) for part in parts))


def words(text: str, **drawn: st.SearchStrategy[str]) -> st.SearchStrategy[Line]:
    """A command of words parted by spaces, in which some, in capital letters, are drawn."""
    return line(*(drawn.get(word, word) for word in text.split(" ")))


PEOPLE = (
    words(
        "person add NAME --phone NUMBER", NAME=person, NUMBER=st.sampled_from(("19900000001", "19900000002"))
    ),
    words("person add NAME --volunteer --skill SKILL", NAME=person, SKILL=st.sampled_from(("剪纸", "合唱"))),
    line("person", "edit", person, "--note", st.sampled_from(("甲", "乙", ""))),
    words("person edit NAME --add-skill 急救", NAME=person),
    words("person edit NAME --remove-skill 剪纸", NAME=person),
    words("person edit NAME --guardian OTHER", NAME=person, OTHER=person),
    words("person edit NAME --add-tag TAG", NAME=person, TAG=st.sampled_from(("独居", "党员"))),
    words("person edit NAME --set VALUE", NAME=person, VALUE=st.sampled_from(("vehicle=面包车", "vehicle="))),
    words("person archive NAME", NAME=person),
    words("person restore NAME", NAME=person),
    words("person merge NAME OTHER --yes", NAME=person, OTHER=person),
    words("person duplicates --dismiss NAME OTHER", NAME=person, OTHER=person),
    words("training add NAME --topic 急救 --by 样例学校 --minutes 60 --on DAY", NAME=person, DAY=day),
    words("field edit person vehicle --kind KIND", KIND=st.sampled_from(("text", "number"))),
    words("field STEP person vehicle", STEP=st.sampled_from(("archive", "restore"))),
)
TEAMS = (
    words("team add TEAM --leader NAME", TEAM=team, NAME=person),
    words("team join TEAM NAME --on DAY", TEAM=team, NAME=person, DAY=day),
    words("team leave TEAM NAME --on DAY", TEAM=team, NAME=person, DAY=day),
    words(
        "team role TEAM NAME --role ROLE",
        TEAM=team,
        NAME=person,
        ROLE=st.sampled_from(("leader", "deputy", "member")),
    ),
    words("team edit TEAM --focus FOCUS", TEAM=team, FOCUS=st.sampled_from(("甲", "乙"))),
    words("team archive TEAM", TEAM=team),
    words("organization add NAME", NAME=st.sampled_from(("样例公司", "样例学校"))),
    words(
        "organization edit NAME --contact PERSON",
        NAME=st.sampled_from(("样例公司", "样例企业")),
        PERSON=person,
    ),
    words(
        "community figure binhu --name grids --value VALUE --as-of DAY",
        VALUE=st.sampled_from(("3", "4")),
        DAY=day,
    ),
    words("policy set guardian_age AGE", AGE=st.sampled_from(("14", "16"))),
)
EVENTS = (
    words("event edit jie --capacity PLACES", PLACES=st.sampled_from(("1", "2", "30"))),
    words("event shift jie --name 甲 --start 9:00 --end 10:00 --need NEED", NEED=st.sampled_from(("1", "2"))),
    words("event signup jie NAME", NAME=person),
    words("event signup jie NAME --shift 甲", NAME=person),
    words("event withdraw jie NAME", NAME=person),
    words("event checkin jie NAME --override 旧历", NAME=person),
    words("event cancel jie"),
    words(
        "hours add NAME --date DAY --start START --hours HOURS",
        NAME=person,
        DAY=day,
        START=st.sampled_from(("9:00", "10:00")),
        HOURS=st.sampled_from(("1", "2")),
    ),
    words("hours confirm --period 2026"),
    words("hours close MONTH", MONTH=st.sampled_from(("2026-01", "2026-05"))),
    words("certificate issue NAME", NAME=person),
)
DRIVES = (
    words("drive receive winter --donor person:样一 --item 衣物=12件 --on 2026-06-02"),
    words("drive receive winter --donor person:样二 --item 图书=3本 --on 2026-06-02"),
    words("drive sort winter --item 衣物=3件 --as accepted --on 2026-06-03"),
    words(
        "drive pack winter --item 衣物=6件 --box BOX --on 2026-06-10", BOX=st.sampled_from(("一号", "二号"))
    ),
    words("drive close winter"),
)
CREDITS = (
    words("account add NAME --counts-from 2026-01-01", NAME=person),
    words("account post"),
    words("account grant NAME --hours 2h --reason 试点", NAME=person),
    words("account donate NAME --hours 1h", NAME=person),
    words("account freeze NAME --reason 核实", NAME=person),
    words("account unfreeze NAME --reason 已核实", NAME=person),
    words("exchange add NAME --work 疏通 --hours HOURS", NAME=person, HOURS=st.sampled_from(("1h", "4h"))),
)
HOMES = (
    words("household add --building 3 --unit 2 --room ROOM --head NAME", ROOM=room, NAME=person),
    words("household move NAME --to 3-2-501 --on 2026-06-10", NAME=person),
    words("household edit 3-2-501 --occupancy vacant"),
    words("household merge 3-2-502 3-2-501 --yes"),
    words("household block 3-2-501 --reason 本人要求"),
    words("household unblock 3-2-501"),
    words("household archive 3-2-502"),
    words("visit add 3-2-501 --by NAME --on 2026-06-12", NAME=person),
    words("visit add 3-2-501 --by NAME --on 2026-06-12 --outcome no_answer", NAME=person),
    words("visit add 3-2-501 --by NAME --on 2026-06-14 --from winter --give 衣物=2件", NAME=person),
    words("visit plan 3-2-501 --by NAME --on 2026-07-02", NAME=person),
    words("visit void 1 --reason 记错"),
)
REQUESTS = (
    words("request add 楼道灯坏了 --caller NAME --on 2026-06-18", NAME=person),
    words("request note 1 看过"),
    words("request assign 1 --to PERSON", PERSON=st.sampled_from(("person:1", "person:2"))),
    words("request extend 1 --days 2 --reason 等零件"),
    words("request suspend 1 --until 2026-07-20 --reason 等供暖"),
    words("request resume 1"),
    words("request finish 1 --result solved"),
    words("request merge 1 2"),
    words("request callback 1 --caller 样一 --solved yes --satisfied yes"),
    words("request close 1"),
    words("request reopen 1 --reason 又不亮"),
)
CAMPAIGNS = (
    words("campaign record sweep 3-2-501 --by 样一 --outcome done --answer heating=yes"),
    words("campaign record sweep 3-2-501 --by 样二 --outcome no_answer"),
    words("campaign deal sweep --to NAME --take 1", NAME=person),
    words("campaign giveback sweep --from NAME", NAME=person),
    words("campaign exclude sweep 3-2-501 --reason 拆迁"),
    words("campaign close sweep"),
    words("campaign reopen sweep"),
)
CASES = (
    words("mediation add --kind neighbours --source applied --party 样二 --party 样三 --mediator 样一"),
    words("mediation party 1 NAME --agrees", NAME=st.sampled_from(("样二", "样三"))),
    words("mediation session 1 --minutes 40"),
    words("mediation end 1 --reason withdrawn"),
)
UNITS = (
    words("alliance join union UNIT --on DAY", UNIT=unit, DAY=day),
    words("alliance leave union UNIT --on DAY", UNIT=unit, DAY=day),
    words("alliance hold union 联合清扫 --form symposium --on DAY", DAY=day),
    words("alliance edit union --line 联办助企活动"),
    words("council accept 1 --on 2026-06-02"),
    words("council decline 1 --reason 不属本会 --on 2026-06-02"),
    words("council reopen 1"),
    words("council convene hall --start 2026-06-20T14:00 --end 16:00 --on 2026-06-10"),
    words("council attend 1 UNIT", UNIT=unit),
    words("council decide 1 --session 1 --text 换灯 --on 2026-06-20"),
    words("council action 1 换灯 --owner UNIT --due 2026-07-30 --on 2026-06-20", UNIT=unit),
    words("council close 1 --on 2026-06-20"),
    words("pairing contact 样例企业 --text 电话问候 --on DAY", DAY=day),
    words("pairing need 样例企业 注销要跑三个窗口 --field regulation --on 2026-06-02"),
    words("pairing hand 样例企业 --official NAME --on 2026-06-10", NAME=person),
    words("pairing progress 1 --text 已派人 --on 2026-06-12"),
)
#: An area first, then a command of it: areas with many commands are not drawn more often.
COMMANDS: st.SearchStrategy[Line] = st.one_of(
    *map(st.one_of, (PEOPLE, TEAMS, EVENTS, DRIVES, CREDITS, HOMES, REQUESTS, CAMPAIGNS, CASES, UNITS))
)
