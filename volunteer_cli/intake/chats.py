"""Sign-up lists as they stand in a chat (接龙): numbered lines, each with a name and perhaps a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from volunteer_cli.intake.headings import Heading, Vocabulary
from volunteer_cli.intake.locating import LOOK, Located, Numbered, Skipped, locate, texts
from volunteer_cli.intake.names import BRACKETED, looks_like_person
from volunteer_cli.intake.tables import Raw, Table

ENTRY = re.compile(r"\s*(\d{1,3})\s*(?:[.、．,，:：)）\]】-]\s*|\s+|(?=[^\W\d]))(?P<text>\S.*)?", re.DOTALL)
CALL = re.compile(r"接龙|報名|报名|sign[- ]?up", re.IGNORECASE)
PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1\d{2}[- ]?\d{4}[- ]?\d{4}(?!\d)")
WORDS = re.compile(r"[\s,，;；:：、/|—–-]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z.'’-]*")
HEADINGS = ("序号", "姓名", "联系电话", "备注")


def chat_list(table: Table, vocabulary: Vocabulary) -> Located | None:
    """The table that the numbered lines of a chat make; None where a file has headings, or no such lines."""
    head = list(enumerate(islice(table.rows(), LOOK), 1))
    first = next((number for number, cells in head if _number_of(cells) == 1), None)
    if first is None or not _is_chat(head, first) or locate(table, vocabulary).recognised > 1:
        return None
    return _located(table, head[: first - 1] or [(0, [])])


def _located(table: Table, above: list[Numbered]) -> Located:
    """The lines below those above the first entry as rows of a name, a phone and the rest."""
    count = above[-1][0]
    rows = (_row_of(cells) for cells in islice(table.rows(), count, None))
    first_rows = list(enumerate(islice(rows, LOOK), count + 1))
    return Located(
        table,
        headings=_headings(first_rows),
        header_rows=[],
        of_chat=True,
        recognised=len(HEADINGS),
        above=above,
        skipped=[Skipped(number, "title_row") for number, cells in above if texts(cells)],
        first_rows=first_rows,
        rest=rows,
    )


def _headings(rows: Sequence[Numbered]) -> list[Heading]:
    """The headings; a column of remarks without any would be named as one that nobody knows."""
    remarks = any(cells[-1] for _number, cells in rows)
    return [Heading(index, text) for index, text in enumerate(HEADINGS if remarks else HEADINGS[:-1])]


def _is_chat(head: Sequence[Numbered], first: int) -> bool:
    """Whether the lines are numbered one after the other, below a call to sign up or with few others among them."""
    lines = [cells for number, cells in head if number >= first and texts(cells)]
    numbers = [number for cells in lines if (number := _number_of(cells))]
    # Below a call few lines may be entries; without one two thirds must be, or it is some other text with numbers.
    enough = _is_called(head, first) or len(numbers) * 3 >= len(lines) * 2
    return numbers == sorted(numbers) and enough


def _is_called(head: Sequence[Numbered], first: int) -> bool:
    return any(CALL.search(_line(cells)) for number, cells in head if number < first)


def _line(cells: Raw) -> str:
    """A line of the chat: where it has separators, a spreadsheet parted it."""
    return " ".join(text for _index, text in texts(cells))


def _number_of(cells: Raw) -> int | None:
    match = ENTRY.fullmatch(_line(cells))
    return int(match[1]) if match else None


def _row_of(cells: Raw) -> Raw:
    """Number, name, phone and the rest of a line; of an empty number nothing, and what is no entry as it stands."""
    match = ENTRY.fullmatch(_line(cells))
    if match is None:
        return [None, _line(cells) or None, None, None]
    name, phone, rest = entry_of(match["text"] or "")
    return [match[1] if name else None, name, phone, rest]


def _people_and_others(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words that are names, and all but the one name where there is just one."""
    people = [word for word in words if looks_like_person(word)]
    return people, [word for word in words if [word] != people]


def _is_not_alone(words: Sequence[str]) -> bool:
    """+1, 带一人: somebody else comes too, whom nobody named. 取消: nobody does."""
    return any(map(NOT_ALONE.search, words))


def entry_of(text: str) -> tuple[str | None, str | None, str | None]:
    """The name, the phone and whatever else somebody wrote behind a number.

    Where not just one of the words is a name, the whole is given for the name, so that the row is refused.
    """
    phone = " / ".join(PHONE.findall(text)) or None
    rest = PHONE.sub(" ", text)
    words = list(_words(rest))
    people, others = _people_and_others(words)
    if _is_not_alone(others):
        # Without its brackets, which would be a remark beside a name: 李四喜（取消）.
        return " ".join(words), phone, None
    if not others or len(people) != 1:
        return rest.strip(" ,，:：-/+＋") or None, phone, None
    return people[0], phone, " ".join(others)


NOT_ALONE = re.compile(
    r"[+＋]\s*\d|[一二两三四五六七八九十\d]人|带(?!水|伞)|和|家属|朋友|取消|退出|请假|不来|来不了|不参加|去不了|不去|没空|待定|不确定|候补|替|代"
)


def _words(text: str) -> Iterator[str]:
    """The words of an entry, what stands in brackets among them; a Latin name is one word."""
    parted = BRACKETED.sub(r" \1 ", text.replace("（", "(").replace("）", ")"))
    latin: list[str] = []
    for word in filter(None, WORDS.split(parted)):
        if LATIN.fullmatch(word):
            latin.append(word)
            continue
        yield from (" ".join(latin),) if latin else ()
        latin = []
        yield word
    yield from (" ".join(latin),) if latin else ()
