"""One list of people, sign-ups or gifts in every layout comes back as the same list, and strays never add to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake import laying_out as laid
from intake.laying_out import ABOVE, BELOW, MAKERS, NAMES, PHONES, UNITS, Layout, Rows
from volunteering import Database, Volunteer, copied

#: How many lists are tried of each kind.
SIZES = (pytest.param(6, id="few"), pytest.param(100, id="many", marks=pytest.mark.faults))


@dataclass(frozen=True)
class Kind:
    """A kind of list.

    Attributes:
        lists: the lists of records that a sheet may hold.
        options: what the import is told beside the file.
        listed: how what is on file is listed, in the order of a record's values.
        strays: rows that somebody may put among the records, which are none.
    """

    layouts: tuple[Layout, ...]
    lists: st.SearchStrategy[list[tuple[Any, ...]]]
    listed: tuple[str, ...]
    strays: tuple[Rows, ...]
    options: tuple[str, ...] = ()


#: What is no record of any kind.
ANYWHERE: tuple[Rows, ...] = (
    [["以下为补录"]],
    [["党员先锋岗"]],
    [["一、在职党员"]],
    [["王家庄"]],
    [["物资名称", "数量", "规格"], ["毛巾", "3", "条"]],
    [["活动名称", "活动时间", "活动地点"], ["植树", "2024-03-12 9:00-11:00", "湖边"]],
    [["周六顺等3人", "19900019999", "3"]],
    [["王阿姨", "19900019998", "3"]],
    [["Mrs Smith", "19900019997", "3"]],
)
#: What a column beside the others may be called that names somebody else than its row.
FOREIGN = ("推荐人", "介绍人", "审核人", "联系人", "网格员", "家长姓名", "Referred by")


def with_column(rows: Rows, heading: str) -> Rows:
    """The table with a column of other people's names, which rows of a section have not."""
    width, told = max(map(len, rows)), [heading, *["周六顺"] * (len(rows) - 1)]
    return [
        [*row, *[""] * (width - len(row)), word if sum(map(bool, row)) > 1 else ""]
        for row, word in zip(rows, told, strict=True)
    ]


PEOPLE = Kind(
    laid.ROSTERS,
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from(laid.BUILDINGS), min_size=1).map(
        lambda homes: [(name, PHONES[name], building) for name, building in homes.items()]
    ),
    ("person", "list", "--reveal", "test", "--fields", "name,phone,building"),
    (
        *ANYWHERE,
        [["例：周六顺", "13800000000", "3"]],
        [["（示例）周六顺", "13800000000", "3"]],
        [["必填", "11位手机号", "如3号楼"]],
        [["周六顺、郑七星", "19900019999", "3"]],
        [["队员", "电话", "楼栋"], ["周六顺", "组长", "队部"]],
    ),
)
SIGNUPS = Kind(
    laid.SIGNUPS,
    st.lists(st.tuples(st.sampled_from(NAMES)), min_size=2, unique=True),
    ("event", "roster", "yizhen", "--fields", "person"),
    (*ANYWHERE, [["赵一凡（取消）", ""]], [["例：周六顺", ""]], [["周六顺+1", ""]]),
    ("--event", "yizhen"),
)
GIFTS = Kind(
    laid.GIFTS,
    st.dictionaries(
        st.tuples(st.sampled_from(laid.DAYS), st.sampled_from(NAMES), st.sampled_from(sorted(UNITS))),
        st.integers(1, 40),
        min_size=1,
        max_size=6,
    ).map(lambda told: [(*key, number) for key, number in told.items()]),
    ("drive", "slips", "winter", "--fields", "date,donor,item,quantity"),
    (
        *ANYWHERE,
        [["例", "赵一凡", "大米", "3", "袋"]],
        [["2024-03-04", "赵一凡夫妇", "大米", "3", "袋"]],
        [["姓名", "性别", "电话"], ["赵一凡", "女", "19900019999"]],
    ),
    ("--drive", "winter", "--create-donors"),
)
KINDS = {"people": PEOPLE, "signups": SIGNUPS, "donations": GIFTS}


@pytest.fixture(scope="module")
def known(binhu_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A database with the event and the drive."""
    known = copied(binhu_database, tmp_path_factory.mktemp("lists") / "known.db")
    volunteer = Volunteer(known)
    volunteer.ok(
        "event", "add", "义诊", "--code", "yizhen", "--start", "2026-07-18T09:00", "--end", "2026-07-18T11:00"
    )
    volunteer.ok("event", "open", "yizhen")
    volunteer.ok("drive", "add", "暖冬", "--code", "winter", "--start", "2023-03-01")
    return known


@pytest.fixture(scope="module")
def peopled(known: Database, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The same with the people whom sign-ups and gifts name."""
    peopled = copied(known, tmp_path_factory.mktemp("lists") / "peopled.db")
    for name in NAMES:
        Volunteer(peopled).ok("person", "add", name, "--phone", PHONES[name])
    return peopled


def imported(
    kind: str, databases: tuple[Database, Database], folder: Path, rows: Rows, *words: str
) -> tuple[int, set[str]]:
    """The exit code of an import of the last of these words, and the records that are on file after it."""
    *options, name = words
    known, peopled = databases
    volunteer = Volunteer(copied(known if kind == "people" else peopled, folder / "copy.db"))
    width = max(map(len, rows))
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    file = MAKERS[name](folder / name, rows)
    result = volunteer("import", kind, file, *KINDS[kind].options, *options)
    listed = volunteer.ok(*KINDS[kind].listed, "-f", "csv", "--no-header").out
    return result.code, set(listed.split())


def expected(records: list[tuple[Any, ...]]) -> set[str]:
    return {",".join(map(str, record)) for record in records}


@pytest.mark.parametrize("examples", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_layout_gives_the_same_records(
    known: Database, peopled: Database, tmp_path: Path, kind: str, examples: int
) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(
        data=st.data(),
        above=st.sampled_from(ABOVE),
        below=st.sampled_from(BELOW),
        name=st.sampled_from(sorted(MAKERS)),
    )
    def check(data: Any, above: Rows, below: Rows, name: str) -> None:
        records = data.draw(KINDS[kind].lists)
        rows = data.draw(st.sampled_from(KINDS[kind].layouts))(records)
        # The numbered lines of a chat are a text of their own, in one column and without a foot.
        around = [above, below] if len(rows[0]) > 1 else [[], []]
        laid_out = [*around[0], *rows, *around[1]]
        assert imported(kind, (known, peopled), tmp_path, laid_out, name) == (0, expected(records))

    check()


@pytest.mark.parametrize("examples", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_strays_never_add_a_record(
    known: Database, peopled: Database, tmp_path: Path, kind: str, examples: int
) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(data=st.data(), place=st.integers(1, 4), skip=st.booleans())
    def check(data: Any, place: int, skip: bool) -> None:
        records = data.draw(KINDS[kind].lists)
        rows = data.draw(st.sampled_from(KINDS[kind].layouts))(records)
        if heading := data.draw(st.sampled_from(("", *FOREIGN))):
            rows = with_column(rows, heading)
        rows[place:place] = data.draw(st.sampled_from(KINDS[kind].strays))
        options = ("--on-error", "skip") if skip else ()
        _code, listed = imported(kind, (known, peopled), tmp_path, rows, *options, "a.csv")
        assert listed <= expected(records)

    check()
