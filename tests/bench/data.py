"""Big databases, made by SQL because commands would take minutes, of records that `check` accepts.

Everything in them is invented, and looks it: 李零零一二 lives in building 12 and was born on a round day.
The same record has the same id in the big and in the small database, so that one command line runs
on both.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import traceback
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from .casework import add_call_list, add_campaigns, add_requests
from .departments import add_pairings
from .filling import FIRST, FULL, LAST, TINY, TODAY, Sizes, insert, moment
from .installed import ROOT, Installed
from .ledgers import add_accounts, add_entries

SURNAMES = {
    "赵": "zhao", "钱": "qian", "孙": "sun", "李": "li", "周": "zhou", "吴": "wu", "郑": "zheng",
    "王": "wang", "冯": "feng", "陈": "chen", "蒋": "jiang", "沈": "shen", "韩": "han", "杨": "yang",
    "朱": "zhu", "秦": "qin", "许": "xu", "何": "he", "吕": "lü", "张": "zhang",
}  # fmt: skip
DIGITS = {
    "零": "ling", "一": "yi", "二": "er", "三": "san", "四": "si",
    "五": "wu", "六": "liu", "七": "qi", "八": "ba", "九": "jiu",
}  # fmt: skip
SKILLS = ("急救", "驾驶", "书法", "摄影", "理发", "电工", "声乐", "剪纸")
CATEGORIES = ("助老", "环保", "文明劝导", "儿童")
WORKS = ("清扫楼道", "看望老人", "文明劝导", "图书整理")
#: The modules on which a kept database depends.
FILLERS = ("data", "filling", "casework", "ledgers", "departments")
KINDS = ("service", "service", "service", "class", "meeting")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Databases:
    """The databases of one run, each made when it is first asked for; copy one before writing to it."""

    def __init__(self, folder: Path, installed: Installed, *, small: bool) -> None:
        self.folder = folder
        self.installed = installed
        self.full = TINY if small else FULL
        folder.mkdir(parents=True, exist_ok=True)

    def empty(self) -> Path:
        """One community, 滨湖社区 (binhu), and nothing else."""
        return self._made("empty", TINY, self._create)

    def people(self, *, small: bool = False) -> Path:
        """35,000 people with labels, in 300 teams; `small` for a database that is almost empty."""
        return self._grown("people", self.empty, add_people, small=small)

    def activities(self, *, small: bool = False) -> Path:
        """The people with 50,000 events, half a million sign-ups and a million hours records."""
        return self._grown("activities", lambda: self.people(small=small), add_activities, small=small)

    def homes(self, *, small: bool = False) -> Path:
        """The people behind 9,000 doors, of which no household is made yet."""
        return self._grown("homes", lambda: self.people(small=small), move_into_homes, small=small)

    def households(self, *, small: bool = False) -> Path:
        """The same with 9,000 households in which they live."""
        return self._grown("households", lambda: self.homes(small=small), add_households, small=small)

    def drives(self, *, small: bool = False) -> Path:
        """The people with one drive (winter) of 200,000 slips and a million ledger entries."""
        return self._grown("drives", lambda: self.people(small=small), add_drives, small=small)

    def visits(self, *, small: bool = False) -> Path:
        """The people in 9,000 households, 700 of them with an elder alone, and half a million visits."""
        return self._grown("visits", lambda: self.people(small=small), add_visits, small=small)

    def requests(self, *, small: bool = False) -> Path:
        """The people in 9,000 households, with 100,000 requests of 160,000 callers over ten years."""
        return self._grown("requests", lambda: self.households(small=small), add_requests, small=small)

    def campaigns(self, *, small: bool = False) -> Path:
        """The same with 40 campaigns of all households, and a million attempts."""
        return self._grown("campaigns", lambda: self.requests(small=small), add_campaigns, small=small)

    def call_list(self) -> Path:
        """The people in their households, all of them on the list of one campaign, and nobody called yet."""
        return self._grown("call_list", self.households, add_call_list, small=False)

    def accounts(self, *, small: bool = False) -> Path:
        """The activities with an account of credits for everybody, and nothing booked."""
        return self._grown("accounts", lambda: self.activities(small=small), add_accounts, small=small)

    def credits(self, *, small: bool = False) -> Path:
        """The same with a million entries: what service earned, and gifts."""
        return self._grown("credits", lambda: self.accounts(small=small), add_entries, small=small)

    def pairings(self, *, small: bool = False) -> Path:
        """300 units of one alliance, 5,000 enterprises paired with their officials, and contacts of ten years."""
        return self._grown("pairings", lambda: self.people(small=small), add_pairings, small=small)

    def _grown(
        self,
        name: str,
        base: Callable[[], Path],
        add: Callable[[sqlite3.Connection, Sizes], None],
        *,
        small: bool,
    ) -> Path:
        sizes = TINY if small else self.full

        def grow(path: Path) -> None:
            shutil.copy(base(), path)
            with _filling(path, name) as connection:
                add(connection, sizes)
            connection.close()

        return self._made(name, sizes, grow)

    def _made(self, name: str, sizes: Sizes, make: Callable[[Path], None]) -> Path:
        path = self.folder / f"{name}-{sizes.people}-{_version()}.db"
        if not path.exists():
            unfinished = path.with_suffix(".part")
            unfinished.unlink(missing_ok=True)
            _apart(lambda: make(unfinished))
            unfinished.rename(path)
        return path

    def _create(self, path: Path) -> None:
        for words in (("db", "init"), ("community", "add", "滨湖社区", "--code", "binhu")):
            subprocess.run([self.installed.volunteer, "--db", path, *words], check=True, capture_output=True)


def _apart(work: Callable[[], None]) -> None:
    """Do it in a process of its own: what memory this one ever had counts as that of what it starts."""
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - the child must end here, whatever happens
            traceback.print_exc()
            os._exit(1)
    if os.waitpid(child, 0)[1]:
        raise RuntimeError("a database could not be made")


def _version() -> str:
    """What a kept database depends on: what fills it and the schema."""
    fillers = (Path(__file__).with_stem(name) for name in FILLERS)
    files = (*fillers, *sorted((ROOT / "migrations" / "versions").glob("*.py")))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:10]


def _filling(path: Path, name: str) -> sqlite3.Connection:
    """A connection for filling, with an operation in the history that all its rows belong to."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-400000")
    insert(
        connection,
        "operation",
        "at actor command arguments",
        [("2026-06-30 00:00:00.000000", "bench", f"import {name}", "")],
    )
    return connection


# --- people and teams ------------------------------------------------------------


def name_of(person: int) -> tuple[str, str, str]:
    """An invented name that nobody else has, its pinyin and its initials."""
    surname = list(SURNAMES)[person % len(SURNAMES)]
    figures = "".join(list(DIGITS)[int(figure)] for figure in f"{person // len(SURNAMES):04}")
    sounds = [SURNAMES[surname].replace("ü", "v"), *(DIGITS[figure] for figure in figures)]
    return surname + figures, "".join(sounds), "".join(sound[0] for sound in sounds)


def phone_of(person: int) -> str:
    """An invented mobile number."""
    return f"1990{person:07}"


def identity_of(person: int) -> tuple[str, str, str]:
    """A birth date, an identity number that holds it, and the sex that it tells."""
    born = date(1940, 1, 1) + timedelta(days=person * 37 % 25_000)
    digits = f"370100{born:%Y%m%d}{person // 25_000 * 2 + person % 2 + 100:03}"
    check = "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11]
    return born.isoformat(), digits + check, "male" if int(digits[-1]) % 2 else "female"


def add_people(connection: sqlite3.Connection, sizes: Sizes) -> None:
    """People, the first two of three of them volunteers, their labels, and teams that they are in."""
    insert(
        connection,
        "person",
        "community_id volunteer_no name name_pinyin name_initials sex birth phone id_number "
        "address building unit room grid political_status registered_on",
        map(_person, range(1, sizes.people + 1)),
    )
    insert(
        connection,
        "issued_number",
        "series value text",
        (("volunteer:binhu", n, f"BINHU-V{n:04}") for n in range(1, sizes.people + 1) if n % 3),
    )
    insert(
        connection,
        "person_label",
        "person_id kind value",
        (label for person in range(1, sizes.people + 1) for label in _labels(person)),
    )
    insert(
        connection,
        "team",
        "community_id name name_key kind focus founded_on",
        (
            (
                1,
                f"第{n}服务队",
                f"第{n}服务队",
                "class" if n % 10 == 0 else "service",
                CATEGORIES[n % 4],
                "2020-01-01",
            )
            for n in range(1, sizes.teams + 1)
        ),
    )
    insert(
        connection,
        "membership",
        "team_id person_id role since",
        (
            (team_of(n, sizes), n, "leader" if n <= sizes.teams else "member", "2020-01-01")
            for n in range(1, sizes.people + 1)
        ),
    )


def team_of(person: int, sizes: Sizes) -> int:
    """The team that a person is in; the first people lead one each."""
    return (person - 1) % sizes.teams + 1


def _person(person: int) -> tuple[Any, ...]:
    birth, id_number, sex = identity_of(person)
    building, unit, room = str(person % 60 + 1), str(person % 4 + 1), f"{person % 17 + 1}0{person % 3 + 1}"
    volunteer = (f"BINHU-V{person:04}", "2020-01-01") if person % 3 else (None, None)
    return (
        1, volunteer[0], *name_of(person), sex, birth, phone_of(person), id_number,
        f"{building}号楼{unit}单元{room}", building, unit, room, f"{person % 33 + 1}",
        "party_member" if person % 9 == 0 else "masses", volunteer[1],
    )  # fmt: skip


def _labels(person: int) -> Iterator[tuple[int, str, str]]:
    yield person, "skill", SKILLS[person % len(SKILLS)]
    yield person, "category", CATEGORIES[person % len(CATEGORIES)]
    if person % 50 == 0:
        yield person, "tag", "elder_alone"


# --- households ------------------------------------------------------------

#: People behind one door; 35,000 of them live behind some 9,000 doors.
BEHIND_A_DOOR = 4


def door_of(person: int) -> tuple[str, str, str]:
    """Building, unit and room of a person."""
    door = person // BEHIND_A_DOOR
    return str(door // 150 + 1), str(door // 50 % 3 + 1), f"{door % 25 + 1}0{door // 25 % 2 + 1}"


def move_into_homes(connection: sqlite3.Connection, sizes: Sizes) -> None:
    """Give people the addresses of their homes."""
    rows = ((*door_of(n), n) for n in range(1, sizes.people + 1))
    connection.executemany(
        "UPDATE person SET building = ?, unit = ?, room = ?, address = NULL WHERE id = ?", rows
    )


def add_households(connection: sqlite3.Connection, sizes: Sizes) -> None:
    """Households behind all doors, each headed by the first who lives there."""
    doors = range(sizes.people // BEHIND_A_DOOR + 1)
    heads = {door: max(door * BEHIND_A_DOOR, 1) for door in doors}
    insert(
        connection,
        "household",
        "community_id number building unit room ordinal grid occupancy head_id founded_on",
        (
            (
                1,
                f"BINHU-H{door + 1:05}",
                *door_of(heads[door]),
                1,
                f"{heads[door] % 33 + 1}",
                "owner",
                heads[door],
                "2025-01-01",
            )
            for door in doors
        ),
    )
    insert(
        connection,
        "stay",
        "person_id household_id kind relation since",
        (
            (
                n,
                n // BEHIND_A_DOOR + 1,
                "lives",
                "head" if n == heads[n // BEHIND_A_DOOR] else None,
                "2025-01-01",
            )
            for n in range(1, sizes.people + 1)
        ),
    )


# --- events, sign-ups and hours ------------------------------------------------------------

#: People at each event, and how many of them came.
PLACES, CAME = 10, 8


def add_activities(connection: sqlite3.Connection, sizes: Sizes) -> None:
    """Events from 9:00 to 11:00, done ones and then open ones, with ten sign-ups each."""
    insert(
        connection,
        "event",
        "community_id team_id leader_id title kind category place starts_at ends_at capacity members_only "
        "status uid",
        (_event(n, sizes) for n in range(1, sizes.events + 1)),
    )
    insert(
        connection,
        "signup",
        "event_id person_id status signed_up_at checked_in_at checked_out_at",
        (signup for event in range(1, sizes.events + 1) for signup in _signups(event, sizes)),
    )
    insert(
        connection,
        "hours_record",
        "community_id person_id event_id team_id served_on start_minute end_minute minutes evidence status "
        "confirmed_by reason late work recorded_by",
        _hours(sizes),
    )


def day_of(event: int, sizes: Sizes) -> date:
    """The day of an event: done ones spread over the years, open ones over the half year after today."""
    done = sizes.events - sizes.open_events
    if event <= done:
        return FIRST + timedelta(days=(event - 1) * ((LAST - FIRST).days - 7) // done)
    return date.fromisoformat(TODAY) + timedelta(days=30 + (event - done) * 120 // sizes.open_events)


def kind_of(event: int) -> str:
    """What kind of event it is; at three of five there are hours to earn."""
    return KINDS[event % len(KINDS)]


def people_at(event: int, sizes: Sizes) -> Iterator[int]:
    """Who signed up: others than at the events before and after, so that nobody is in two places."""
    return ((event * PLACES + place) % sizes.people + 1 for place in range(PLACES))


def _event(event: int, sizes: Sizes) -> tuple[Any, ...]:
    day = day_of(event, sizes)
    team = event % sizes.teams + 1
    ahead = event > sizes.events - sizes.open_events
    return (
        1, team, team, f"第{event}次活动", kind_of(event), CATEGORIES[event % 4], f"{event % 60 + 1}号楼前",
        moment(day, 9), moment(day, 11), 40, 0, "open" if ahead else "done",
        f"event-{event}@volunteer.example",
    )  # fmt: skip


def _signups(event: int, sizes: Sizes) -> Iterator[tuple[Any, ...]]:
    day = day_of(event, sizes)
    signed_up = moment(min(day, date.fromisoformat(TODAY)) - timedelta(days=7), 12)
    for place, person in enumerate(people_at(event, sizes)):
        if event > sizes.events - sizes.open_events:
            yield event, person, "signed_up", signed_up, None, None
        elif place < CAME:
            yield event, person, "attended", signed_up, moment(day, 9), moment(day, 11)
        else:
            yield event, person, ("absent", "withdrawn")[place % 2], signed_up, None, None


#: Days between one service without an event and the next of the same person, round the whole time.
APART = 83


def _hours(sizes: Sizes) -> Iterator[tuple[Any, ...]]:
    """From attendance first, then an afternoon now and then for each person, until there are enough."""
    done = range(1, sizes.events - sizes.open_events + 1)
    attended = CAME * sum(kind_of(event) == "service" for event in done)
    yield from _attended(sizes)
    yield from (_afternoon(number, sizes) for number in range(sizes.hours - attended))


def _attended(sizes: Sizes) -> Iterator[tuple[Any, ...]]:
    for event in range(1, sizes.events - sizes.open_events + 1):
        if kind_of(event) == "service":
            day, team = day_of(event, sizes).isoformat(), event % sizes.teams + 1
            for person in islice(people_at(event, sizes), CAME):
                decided = _decided(event * PLACES + person)
                yield 1, person, event, team, day, 540, 660, 120, "signed", *decided, 0, None, "前台"


def _afternoon(number: int, sizes: Sizes) -> tuple[Any, ...]:
    """Service from 14:00, or of a known length only; one in a hundred is longer than the cap of a day."""
    person, time = number % sizes.people + 1, number // sizes.people
    day = FIRST + timedelta(days=(time * APART + person * 7) % (LAST - FIRST).days)
    length = 540 if number % 101 == 0 else 60 + number % 4 * 30
    start, end = (None, None) if number % 10 == 0 else (840, 840 + length)
    evidence = ("reported", "scanned", "backfilled")[number % 3]
    decided = _decided(number)
    return (
        1, person, None, team_of(person, sizes), day.isoformat(), start, end, length, evidence, *decided,
        0, WORKS[number % 4], "前台",
    )  # fmt: skip


def _decided(number: int) -> tuple[str, str | None, str | None]:
    """The status of a record, who confirmed it, and why it does not count."""
    if number % 100 in (1, 2):
        return ("rejected", "voided")[number % 2], None, "记错了"
    return ("pending", None, None) if number % 100 == 3 else ("confirmed", "站长", None)


# --- drives ------------------------------------------------------------

ITEMS = (("衣物", "件"), ("书籍", "套"), ("文具", "套"), ("棉被", "床"), ("鞋", "双"), ("玩具", "件"))
#: Lines in a box, and boxes in a shipment.
IN_A_BOX, IN_A_SHIPMENT = 50, 100


def add_drives(connection: sqlite3.Connection, sizes: Sizes) -> None:
    """One drive whose slips have a line each: most are delivered, the last are on their way."""
    boxes = sizes.slips * 96 // 100 // IN_A_BOX
    insert(connection, "organization", "name kind", [("远山小学", "school"), ("快递公司", "courier")])
    insert(
        connection,
        "drive",
        "community_id code name starts_on emergency beneficiary_id",
        [(1, "winter", "暖冬", FIRST.isoformat(), 0, 1)],
    )
    insert(
        connection,
        "slip",
        "drive_id number received_on donor_person_id publish handler_id",
        (
            (1, f"BINHU-S2025-{n:06}", _received(n, sizes), n % sizes.people + 1 if n % 4 else None, 1, 1)
            for n in range(1, sizes.slips + 1)
        ),
    )
    insert(
        connection,
        "slip_line",
        "drive_id slip_id item unit direction",
        ((1, n, *ITEMS[n % len(ITEMS)], None if n % 97 else "at_least") for n in range(1, sizes.slips + 1)),
    )
    shipments = max(1, boxes * 98 // 100 // IN_A_SHIPMENT)
    insert(
        connection,
        "shipment",
        "drive_id code shipped_on recipient_id carrier_id waived delivered_on signed_by",
        (
            (1, f"winter-{n}", _shipped(n, sizes), 1, 2, 1, _delivered(n, sizes), "收件人")
            for n in range(1, shipments + 1)
        ),
    )
    insert(
        connection,
        "box",
        "drive_id label shipment_id",
        ((1, f"B{n:04}", _shipment(n) if _shipment(n) <= shipments else None) for n in range(1, boxes + 1)),
    )
    insert(
        connection,
        "stock_entry",
        "drive_id line_id item unit moved_on step from_state to_state quantity box_id",
        (entry for n in range(1, sizes.slips + 1) for entry in _entries(n, boxes, shipments, sizes)),
    )
    insert(
        connection,
        "issued_number",
        "series value text",
        (("slip:binhu:2025", n, f"BINHU-S2025-{n:06}") for n in range(1, sizes.slips + 1)),
    )


def _received(slip: int, sizes: Sizes, later: int = 0) -> str:
    days = (slip - 1) * ((LAST - FIRST).days - 30) // sizes.slips + later
    return (FIRST + timedelta(days=days)).isoformat()


def _shipment(box: int) -> int:
    return (box - 1) // IN_A_SHIPMENT + 1


def _last_slip(shipment: int, sizes: Sizes) -> int:
    return min(shipment * IN_A_SHIPMENT * IN_A_BOX, sizes.slips)


def _shipped(shipment: int, sizes: Sizes) -> str:
    return _received(_last_slip(shipment, sizes), sizes, 5)


def _delivered(shipment: int, sizes: Sizes) -> str:
    return _received(_last_slip(shipment, sizes), sizes, 8)


def _entries(slip: int, boxes: int, shipments: int, sizes: Sizes) -> Iterator[tuple[Any, ...]]:
    """The ledger of one line: received, sorted, packed, shipped and delivered, as far as it came."""
    item, unit = ITEMS[slip % len(ITEMS)]
    quantity = slip % 5 + 2
    bad = int(slip % 4 == 0)
    box = (slip - 1) // IN_A_BOX + 1
    shipment = _shipment(box)

    def entry(on: str, step: str, source: str, target: str, count: int, inside: int | None = None) -> Any:
        return 1, slip, item, unit, on, step, source, target, count, inside

    yield entry(_received(slip, sizes), "receive", "outside", "unsorted", quantity)
    if slip > sizes.slips * 98 // 100:
        return
    yield entry(_received(slip, sizes, 1), "sort", "unsorted", "on_hand", quantity - bad)
    if bad:
        yield entry(_received(slip, sizes, 1), "sort", "unsorted", "rejected", bad)
    if box > boxes:
        return
    packed = _received(box * IN_A_BOX, sizes, 2)
    yield entry(packed, "pack", "on_hand", "boxed", quantity - bad, box)
    if shipment > shipments:
        return
    yield entry(_shipped(shipment, sizes), "ship", "boxed", "shipped", quantity - bad, box)
    yield entry(_delivered(shipment, sizes), "deliver", "shipped", "delivered", quantity - bad, box)


# --- households and visits ------------------------------------------------------------


def home_of(person: int, sizes: Sizes) -> int:
    """The household that a person lives in; the elders, every fiftieth person, live apart from each other."""
    return (person + person // 50) % sizes.households + 1


def add_visits(connection: sqlite3.Connection, sizes: Sizes) -> None:
    """Households with those who live there, and visits: most to elders who live alone, over ten years."""
    insert(
        connection,
        "household",
        "community_id number building unit room ordinal grid occupancy founded_on",
        (
            (
                1,
                f"BINHU-H{n:05}",
                str(n % 60 + 1),
                str(n % 4 + 1),
                f"{n}",
                1,
                f"{n % 33 + 1}",
                "owner",
                "2016-01-01",
            )
            for n in range(1, sizes.households + 1)
        ),
    )
    insert(
        connection,
        "stay",
        "person_id household_id kind since",
        ((n, home_of(n, sizes), "lives", "2016-01-01") for n in range(1, sizes.people + 1)),
    )
    insert(
        connection,
        "visit",
        "household_id at noted_on method kind outcome",
        (_visit(n, sizes) for n in range(1, sizes.visits + 1)),
    )
    insert(
        connection,
        "visit_person",
        "visit_id part person_id",
        ((n, "visitor", n % sizes.people + 1) for n in range(1, sizes.visits + 1)),
    )


def _visit(number: int, sizes: Sizes) -> tuple[Any, ...]:
    """Nine visits of ten are to elders; one of eight finds nobody, one of three is a call."""
    elder = (number % max(sizes.people // 50, 1) + 1) * 50
    home = home_of(elder if number % 10 else number, sizes)
    day = (date(2016, 1, 1) + timedelta(days=number * 3_800 // sizes.visits)).isoformat()
    method = "phone" if number % 3 == 0 else "door"
    outcome = "no_answer" if number % 8 == 0 else "met"
    return home, f"{day} 10:00:00.000000", day, method, "care", outcome
