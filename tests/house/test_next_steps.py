"""What a command says beside its outcome: what changed to what, what a day was taken for, and what comes next."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from command_lines import parsed
from volunteering import Volunteer, copied

from volunteer_cli.areas import followers
from volunteer_cli.core.cards import Lazy
from volunteer_cli.core.i18n import placeholder
from volunteer_cli.core.run import Run, running
from volunteer_cli.core.settings import Given

NEXT = re.compile(r"Next: volunteer (.+?)\. Operation \d+\.$", re.MULTILINE)
#: What only whoever reads it knows.
FILLED = {
    "PERSON": "赵样一", "TIME": "16:00", "DATETIME": "2026-07-02T14:00", "ORGANIZATION": "样例物业公司",
    "REASON": "试", "TEXT": "好", "TITLE": "新议题", "NAME": "王老师", "BOX": "B01", "DATE": "2026-06-30",
    "ITEM=N": "米=9袋", "THING": "person:29", "1-5": "5", "roster.xlsx": "-", "sheet.xlsx": "-", "minutes.html": "-",
}  # fmt: skip


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Volunteer:
    """The example, to be changed."""
    volunteer = Volunteer(copied(demo_file, tmp_path / "demo.db"))
    volunteer.today = "2026-06-30T22:05"
    return volunteer


LINES = sorted({line for line in followers().values() if not isinstance(line, Lazy)})


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_follows_can_be_typed(line: str) -> None:
    with running(Run(Given())):
        parsed([re.sub(r"\{\w+\}", "1", FILLED.get(word, word)) for word in line.split()])
    with running(Run(Given(), language="zh")):
        assert all(placeholder(word) != word for word in line.split() if word.isupper())


def follow(volunteer: Volunteer, line: str, last: str, **instead: str) -> list[str]:
    """Carry out a line and what it says comes next, until a command of that name; the lines."""
    lines = []
    while True:
        lines.append(line)
        done = volunteer("--community", "binhu", *shlex.split(line))
        assert done.code in (0, 6), f"{line}\n{done.err}"
        if line.startswith(last):
            return lines
        found = NEXT.search(done.err)
        following = instead.get("_".join(line.split()[:2])) or (found and found[1])
        assert following, f"{line}\n{done.err}"
        line = " ".join(FILLED.get(word, word) for word in str(following).split(" "))


CHAINS = (
    ("request add 漏水 --category water --caller 赵样一 --building 7", "request close", 5),
    ("request reopen BINHU-R2025-0004 --reason 又不热了", "request close", 4),
    ("council propose yixin 停车怎么管", "council attend", 4),
    ("pairing add 样例园林公司 --unit 样例监管单位 --official 样干部", "pairing contact", 2),
    ("pairing need 1 缺一个停车场", "pairing confirm", 4),
    ("campaign deal moqi --to 金样一 --grid 6 --take 1", "campaign sheet", 2),
    ("team add 夜跑队", "team join", 2),
    ("visit plan ANDA-H00013 --by 蒋样三 --on 2026-07-03", "visit add", 2),
)  # fmt: skip


def test_from_the_plan_to_the_closed_month(demo: Volunteer) -> None:
    """Every command but the first is one that the command before has named."""
    demo.ok(
        "--community",
        "binhu",
        "event",
        "add",
        "赏月",
        "--start",
        "2026-05-29 9:00",
        "--end",
        "11:00",
        "--code",
        "moon",
    )
    opened = demo.ok("event", "open", "moon")
    assert "Next: volunteer event signup moon PERSON." in opened.err
    came = demo.ok("event", "checkin", "moon", "赵样一", "--at", "9:00", "--override", "来了")
    assert "Next: volunteer event finish moon." in came.err
    left = demo.ok("event", "checkout", "moon", "赵样一", "--at", "11:00")
    lines = follow(demo, NEXT.findall(left.err)[0], "hours list")
    assert lines[1:] == [
        "hours confirm --event moon",
        "hours list --period 2026-05 --status pending,needs_review",
    ]
    demo.ok("--community", "binhu", "hours", "confirm", "--period", "2026-05")
    undecided = demo.rows(
        "--community", "binhu", "hours", "list", "--period", "2026-05", "--status", "needs_review"
    )[0]
    demo.ok("hours", "correct", undecided["id"], "--start", "9:00", "--end", "10:00", "--reason", "签了退")
    done = demo.ok("hours", "confirm", undecided["id"])
    assert follow(demo, NEXT.findall(done.err)[0], "hours close") == ["hours close 2026-05 --community binhu"]


@pytest.mark.parametrize(("line", "last", "steps"), CHAINS, ids=[line for line, _last, _steps in CHAINS])
def test_what_comes_next_can_be_done(demo: Volunteer, line: str, last: str, steps: int) -> None:
    assert len(follow(demo, line, last)) == steps


def test_a_case_is_led_to_its_end(demo: Volunteer) -> None:
    parties = ("--party", "赵样一", "--party", "钱样一")
    demo.ok(
        "--community",
        "binhu",
        "mediation",
        "add",
        "--kind",
        "neighbours",
        "--source",
        "applied",
        *parties,
        "--mediator",
        "孙样一",
    )
    first = demo.ok("mediation", "party", "BINHU-M2026-0002", "赵样一", "--agrees")
    assert "Next: volunteer mediation party BINHU-M2026-0002 NAME --agrees." in first.err
    lines = follow(demo, "mediation party BINHU-M2026-0002 钱样一 --agrees", "mediation followup")
    assert [line.split()[1] for line in lines] == ["party", "session", "agree", "followup"]


def test_a_session_is_led_to_its_minutes(demo: Volunteer) -> None:
    demo.ok(
        "council", "convene", "yixin", "--start", "2026-06-30 14:00", "--end", "16:00", "--on", "2026-06-20"
    )
    session = max(row["id"] for row in demo.rows("council", "sessions", "yixin"))
    units = [row["organization"] for row in demo.rows("alliance", "members", "1")]
    attended = demo.ok("council", "attend", session, *units)
    lines = follow(demo, NEXT.findall(attended.err)[0].replace("TEXT", "好"), "council done")
    assert [line.split()[1] for line in lines] == ["decide", "action", "done"]


def test_goods_go_all_the_way(demo: Volunteer) -> None:
    demo.ok("--community", "binhu", "drive", "add", "夏凉", "--code", "cool", "--start", "2026-06-01")
    first = "drive receive cool --donor person:29 --item 米=9袋"
    lines = follow(demo, first, "drive deliver")
    assert [line.split()[1] for line in lines] == ["receive", "sort", "pack", "ship", "deliver"]
    assert "--item 米=9袋" in lines[2]


EDITS = (
    ("person edit 29 --building 9 --add-skill 书法", ("Building: ", " → 9", "Skills: ")),
    ("team edit 1 --leader 赵样一", ("Leader: 陶样二 → 赵样一",)),
    ("event edit 76 --capacity 30", ("Places: 2 → 30",)),
    ("household edit BINHU-H00031 --grid 3", ("Grid: 5 → 3",)),
    ("organization edit 1 --phone 19900001234", ("→ 199****1234",)),
    ("alliance edit 1 --name 新联盟", ("→ 新联盟",)),
    ("council edit yixin --name 新厅", ("→ 新厅",)),
    ("campaign edit moqi --end 2026-07-09", ("End: 2026-07-03 → 2026-07-09",)),
    ("pairing edit 1 --every 9", ("→ 9",)),
    ("community edit binhu --party-branch 总支", ("→ 总支",)),
    ("drive edit weiwen --goal 米=31袋", ("米 30", " → 米 31")),
)  # fmt: skip


@pytest.mark.parametrize(("line", "parts"), EDITS, ids=[line for line, _parts in EDITS])
@pytest.mark.parametrize("dry", [False, True])
def test_an_edit_says_what_it_makes_of_what(
    demo: Volunteer, line: str, parts: tuple[str, ...], *, dry: bool
) -> None:
    if "event edit 76" in line:
        demo.ok(
            "--community",
            "binhu",
            "event",
            "add",
            "义诊",
            "--start",
            "2026-07-09 9:00",
            "--end",
            "10:00",
            "--capacity",
            "2",
        )
    words = shlex.split(line)
    said = demo.ok(*words, *(["-n"] if dry else [])).err
    assert all(part in said for part in parts), said
    if not dry:
        assert "→" not in demo.ok(*words).err, "what is so already is no change"


def test_nothing_private_is_told_of_a_change(demo: Volunteer) -> None:
    said = demo.ok("person", "edit", "29", "--phone", "19912345678", "--room", "901").err
    assert "19912345678" not in said
    assert "901" not in said
    assert "Room: " in said


def test_many_are_told_once_where_they_are_alike(demo: Volunteer) -> None:
    said = demo.ok("person", "edit", "29", "30", "31", "--grid", "77").err
    assert said.count("→ 77") <= 3
    alike = demo.ok("person", "edit", "29", "30", "31", "--grid", "78").err
    assert alike.count("Grid: 77 → 78") == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("saturday 10:00", "Sat 2026-07-04, 10:00–12:00"),
        ("monday 10:00", "Mon 2026-07-06, 10:00–12:00"),
        ("tomorrow 10:00", "Wed 2026-07-01, 10:00–12:00"),
        ("2026-06-29 10:00", "Mon 2026-06-29, 10:00–12:00, in the past"),
    ],
)
def test_a_plan_says_its_day_in_words(demo: Volunteer, typed: str, told: str) -> None:
    said = demo.ok("--community", "binhu", "event", "add", "义诊", "--start", typed, "--end", "12:00").err
    assert told in said
    assert "' is " not in said, "it is said once"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("hours add 赵样一 --date yesterday --hours 2h", "'yesterday' is Mon 2026-06-29."),
        ("visit plan ANDA-H00013 --by 蒋样三 --on friday", "visit for Fri 2026-07-03"),
        ("campaign edit moqi --end friday", "'friday' is Fri 2026-07-03."),
        ("council convene yixin --start 'friday 14:00' --end 16:00", "Fri 2026-07-03, 14:00–16:00"),
        ("hours confirm --period june", "'june' is 2026-06."),
        ("hours confirm --period 'since 2026-06-29'", "is 2026-06-29..2026-06-30."),
        ("hours confirm --period '2026-06-29..now'", ""),
    ],
)  # fmt: skip
def test_what_a_day_was_taken_for_is_said(demo: Volunteer, line: str, told: str) -> None:
    assert told in demo.ok("--community", "binhu", *shlex.split(line)).err


def test_an_undo_says_what_and_how_many(demo: Volunteer) -> None:
    demo.ok("person", "edit", "29", "--note", "搬家")
    assert "(person edit): Person (29)." in demo.ok("undo").err
    demo.ok("--community", "binhu", "event", "signup", "wenming", "29", "30", "31")
    assert "(event signup): Signup × 3." in demo.ok("undo").err


def test_chinese_says_it_too(demo: Volunteer) -> None:
    demo.language = "zh"
    planned = demo.ok(
        "--community",
        "binhu",
        "event",
        "add",
        "义诊",
        "--start",
        "周五 9:00",
        "--end",
        "10:00",
        "--code",
        "yz",
    )
    assert "时间2026-07-03（周五） 09:00–10:00" in planned.err
    assert "下一步：volunteer event open yz。" in planned.err
    assert "名额：— → 9。" in demo.ok("event", "edit", "yz", "--capacity", "9").err
    assert "活动（76）" in demo.ok("undo").err
    assert "下一步：volunteer event signup yz 人员。" in demo.ok("event", "open", "yz").err


def test_an_import_lists_what_it_would_overwrite(demo: Volunteer, tmp_path: Path) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text("姓名,手机,性别,出生日期\n赵样一,19900003000,女,1950-01-01\n", encoding="utf-8")
    words = ("--community", "binhu", "import", "people", sheet, "--on-conflict", "update")
    said = demo.ok(*words, "-n").err
    assert "赵样一 (29): Sex: male → female; Birth date: " in said
    assert " → 1950-01-01." in said
    assert "→" not in demo.ok(*words).err, "what is done is not listed, what would be done is"


def test_a_policy_says_what_it_was(demo: Volunteer) -> None:
    assert "Policy small_cell: 5 → 6. Operation" in demo.ok("policy", "set", "small_cell", "6").err
    assert "Policy small_cell is 6. Nothing changed." in demo.ok("policy", "set", "small_cell", "6").err


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (("person", "list"), "people.csv"), (("person", "show", "29"), "one.json"), (("person", "badge", "29"), "badge.html"),
        (("event", "roster", "camp"), "roster.xlsx"), (("event", "roster", "camp"), "roster.html"),
        (("event", "calendar"), "events.ics"), (("report", "annual", "--period", "2025"), "annual.html"),
        (("report", "annual", "--period", "2025"), "annual.xlsx"), (("report", "hours", "--by", "month"), "hours.html"),
        (("drive", "slip", "2"), "slip.html"), (("drive", "notice", "winter"), "notice.html"),
        (("certificate", "show", "1"), "certificate.html"), (("council", "minutes", "SHENGUAN-2026-02"), "minutes.html"),
        (("pairing", "needs"), "ledger.xlsx"), (("account", "statement", "卫样一"), "statement.html"),
        (("request", "slip", "1"), "request.html"), (("event", "message", "camp", "--to", "places", "--reveal", "x"), "texts.csv"),
        (("explain", "overlap"), "explained.json"), (("import", "headings", "people"), "headings.csv"), (("policy", "list"), "policies.md"),
    ],
    ids=str,
)  # fmt: skip
def test_every_file_that_is_written_is_named(
    demo: Volunteer, tmp_path: Path, words: tuple[str, ...], file: str
) -> None:
    path = tmp_path / file
    done = demo.ok("--community", "binhu", *words, "-o", path)
    assert path.is_file()
    assert f"Wrote {path}" in done.err


def test_a_number_stands_apart_from_a_word(demo: Volunteer) -> None:
    demo.ok("--community", "binhu", "drive", "add", "Coats", "--code", "coats", "--start", "2026-06-01")
    given = demo.ok("drive", "receive", "coats", "--donor", "person:29", "--item", "Coats=12 pieces")
    assert "Received Coats 12 pieces:" in given.err
    assert "米 2袋" in demo.ok("drive", "receive", "coats", "--donor", "person:29", "--item", "米=2袋").err


def test_a_list_says_what_a_period_in_words_was_taken_for(
    demo: Volunteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    page = demo.ok("hours", "list", "--period", "june 2026", "-f", "html").out
    assert "june 2026 (2026-06)" in page
    assert "Period: 2026-06 ·" in demo.ok("hours", "list", "--period", "2026-06", "-f", "html").out


def test_a_stage_without_targets_has_nothing_to_deal(demo: Volunteer) -> None:
    demo.ok(
        "--community",
        "binhu",
        "campaign",
        "add",
        "问询",
        "--code",
        "ask",
        "--preset",
        "calls",
        "--start",
        "2026-06-30",
    )
    assert "Next: volunteer campaign deal ask --to PERSON." in demo.ok("campaign", "open", "ask").err


def test_a_field_is_given_a_value_next(demo: Volunteer) -> None:
    added = demo.ok("field", "add", "person", "shirt", "--choice", "extra large", "--choice", "S")
    assert "Next: volunteer person edit PERSON --set 'shirt=extra large'." in added.err


def test_a_role_says_what_it_was(demo: Volunteer) -> None:
    assert (
        "钱样三 of 老王帮帮团: member → deputy. Operation"
        in demo.ok("team", "role", "1", "钱样三", "--role", "deputy").err
    )
    refused = demo.refused("has_lead", "alliance", "role", "1", "区城市管理局", "--role", "lead", exit_code=1)
    assert "volunteer alliance role shenguan 6 --role member" in refused.err


@pytest.mark.parametrize(
    ("sheet", "kind", "following"),
    [
        ("姓名,日期,时长\n赵样一,2026-06-01,2h\n钱样一,2026-06-02,1h\n", ("hours",), r"hours confirm \d+-\d+"),
        ("姓名,日期,时长\n赵样一,2026-06-01,2h\n", ("hours", "--event", "camp"), "hours list --status needs_review|hours confirm --event camp"),
        ("活动名称,日期,开始时间,结束时间\n读报,2026-08-01,9:00,10:00\n读书,2026-08-02,9:00,10:00\n", ("events",), r"event open \d+-\d+"),
        ("姓名\n赵样一\n", ("signups", "--event", "wenming"), "event roster wenming -o roster.xlsx"),
        ("姓名,手机\n新样一,19900007001\n", ("people",), "person duplicates"),
    ],
)  # fmt: skip
def test_an_import_says_what_comes_next_with_real_values(
    demo: Volunteer, tmp_path: Path, sheet: str, kind: tuple[str, ...], following: str
) -> None:
    file = tmp_path / "sheet.csv"
    file.write_text(sheet, encoding="utf-8")
    done = demo.ok("--community", "binhu", "import", kind[0], file, *kind[1:])
    found = NEXT.search(done.err)
    assert found, done.err
    assert re.fullmatch(following, found[1]), done.err
    demo.ok("--community", "binhu", *shlex.split(found[1].replace("roster.xlsx", str(tmp_path / "r.xlsx"))))


def test_an_opened_series_says_for_which_one_people_are_signed_up_first(demo: Volunteer) -> None:
    demo.ok(
        "--community",
        "binhu",
        "event",
        "add",
        "读报",
        "--code",
        "read",
        "--start",
        "2026-06-28 9:00",
        "--end",
        "10:00",
    )
    demo.ok("event", "repeat", "read", "--every", "week", "--count", "3")
    opened = demo.ok("event", "open", "read", "--series")
    assert "Next: volunteer event signup read-2 PERSON" in opened.err, "the first one is over"


def test_a_hint_names_the_file_that_was_given(demo: Volunteer, tmp_path: Path) -> None:
    file = tmp_path / "a sheet.csv"
    file.write_text("甲,乙\n1,2\n", encoding="utf-8")
    refused = demo.refused("missing_column", "--community", "binhu", "import", "hours", file)
    assert f"volunteer import guess '{file}' -o map.toml" in refused.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("event", "shift", "yingdi", "--name", "早班", "--start", "2026-07-13 8:00", "--end", "9:30", "--need", "3"), "End: 2026-07-13 09:00 → 2026-07-13 09:30; 早班 Needed: 2 → 3."),
        (("account", "edit", "陶样一", "--limit", "3h", "--reason", "试"), "Limit: 0:00 → 3:00."),
        (("exchange", "price", "camp", "--hours", "9h"), "Price: 8:00 → 9:00."),
        (("pairing", "edit", "1", "--every", "7"), "Every days: 30 → 7"),
        (("alliance", "role", "1", "6", "--role", "member"), "区行政审批服务局 of 审管执信互动党建联盟: lead unit → member unit."),
        (("community", "grid", "binhu", "1", "--worker", "31"), "Grid worker: 赵样一 → 孙样一."),
        (("drive", "edit", "winter", "--goal", "衣物=800件"), "Goals: 衣物 700 件 → 衣物 800 件."),
        (("person", "edit", "31", "--phone", "19900005555"), "Phone: 199****3002 → 199****5555."),
        (("person", "edit", "31", "--add-tag", "elder_alone"), "Tags: — → elder living alone."),
    ],
)  # fmt: skip
def test_whatever_changes_says_what_it_was(demo: Volunteer, words: tuple[str, ...], says: str) -> None:
    demo.ok(
        "--community",
        "binhu",
        "event",
        "shift",
        "yingdi",
        "--name",
        "早班",
        "--start",
        "2026-07-13 8:00",
        "--end",
        "9:00",
        "--need",
        "2",
    )
    assert says in demo.ok("--community", "binhu", *words).err


def test_a_setting_says_what_it_was(tmp_path: Path, demo: Volunteer) -> None:
    env = {"VOLUNTEER_CONFIG": str(tmp_path / "config.toml")}
    demo.ok("config", "set", "actor", "Ann", env=env)
    assert "actor: Ann → Ben" in demo.ok("config", "set", "actor", "Ben", env=env).err
