"""Several goods in one cell, each with its number: 棉衣3件、书籍5套, or a number for all of them: 米、面、油各2袋."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from volunteer_cli.intake.cells import Cell, Unparted, is_blank, says_ditto, text_of
from volunteer_cli.intake.sorting import Chunk
from volunteer_cli.intake.tables import Raw

#: Units of goods, as they stand after a number.
UNITS = frozenset("件套袋箱本册只个条双床桶瓶斤包盒台把支份张副辆提壶罐块副顶根棵盆筐捆卷听枚对部") | {
    "公斤", "千克", "pieces", "pcs", "sets", "boxes", "bags", "bottles", "packs", "pairs", "cans",
    "piece", "set", "box", "bag", "bottle", "pack", "pair", "can", "kg",
}  # fmt: skip
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
NUMBER = rf"(?:约|近)?\d+(?:余|多)?\s*(?:{UNIT})?|[一两二三四五六七八九十]{{1,3}}(?:{UNIT})"
PARTS = re.compile(r"\s*[、,，;；\n\r+＋]+\s*")
#: 棉衣3件, 棉衣×3件, 棉衣（3件）, 棉衣：3件; and 3件棉衣, 3 coats.
BEHIND = re.compile(rf"(?P<item>.*[^\d\s×xX*＊:：（(])\s*[×xX*＊:：（(]?\s*(?P<number>{NUMBER})\s*[）)]?")
BEFORE = re.compile(
    rf"(?P<number>(?:约|近)?\d+(?:余|多)?\s*(?:(?:{UNIT})(?![a-z])(?:\s+of\b)?|\s)|[一两二三四五六七八九十]{{1,3}}(?:{UNIT}))\s*(?P<item>[^\d\s].*)"
)
#: Without signs between them: 棉衣3件书籍5套.
RUN_ON = re.compile(rf"[^\d、,，;；]+?\d+(?:{UNIT})")
#: A number with a unit, which in the name of an item is a second number: 牛奶1箱（12盒）; 10斤 says of rice what it is.
COUNTED = re.compile(rf"\d\s*(?!公?斤|千克|kg)(?:{UNIT})(?![a-z])|/\s*(?:{UNIT})")
EACH = re.compile(r"\s*(?:各|均为?|每样|每种|each)$")
Goods: TypeAlias = list[tuple[str, str]]


def goods_in(text: str) -> Goods:
    """The goods in a cell with their numbers; none where something of it is neither."""
    parts = _parts(text.strip().rstrip("。."))
    goods = [_one(part) for part in parts]
    last = goods[-1] if goods else None
    if last and EACH.search(last[0]):
        # Of what has a number of its own nobody can say whether the last one is for it too.
        return [] if any(goods[:-1]) else _alike([*parts[:-1], EACH.sub("", last[0])], last[1])
    known = [each for each in goods if each]
    return known if len(known) == len(goods) else []


def _alike(names: Sequence[str], number: str) -> Goods:
    """Goods of which there is the same number."""
    return [(name, number) for name in names]


def _parts(text: str) -> list[str]:
    """The parts of a cell: between signs, or each up to its unit."""
    parts = [part for part in PARTS.split(text) if part]
    squeezed = "".join(text.split())
    run = RUN_ON.findall(squeezed) if len(parts) == 1 else []
    is_run = len(run) > 1 and "".join(run) == squeezed and all(map(_is_balanced, run))
    return run if is_run else parts


def _one(text: str) -> tuple[str, str] | None:
    """The item and the number in a text; None where it has not both."""
    for form in (BEHIND, BEFORE):
        match = form.fullmatch(text.strip())
        if match and not COUNTED.search(match["item"]) and _is_balanced(match["item"]):
            return match["item"].strip(), match["number"].strip().removesuffix(" of")
    return None


def _is_balanced(text: str) -> bool:
    """Whether each bracket that is opened is closed."""
    return sum(map(text.count, "(（")) == sum(map(text.count, ")）"))


@dataclass
class ItemsApart:
    """Makes a record of each of the goods in a cell, where nothing of the cell is left over.

    Attributes:
        item, quantity: their columns; the quantity's may be behind the last column of the file.
        once: columns that count once a row, such as its value.
    """

    item: int
    quantity: int
    width: int
    once: Sequence[int] = ()
    _above: dict[int, Cell] = field(default_factory=dict)

    def of(self, chunk: Chunk) -> Chunk:
        """The chunk with a row for each of the goods; a row that cannot be parted stays, to be refused."""
        places: list[int] = []
        rows: list[Raw] = []
        for place, cells in enumerate(chunk.rows):
            parted = self._records(cells)
            places += [place] * len(parted)
            rows += parted
        return chunk.parted(places, rows, max(self.width, self.quantity + 1))

    def _records(self, cells: Raw) -> list[Raw]:
        row = [*cells, *[None] * (self.quantity + 1 - len(cells))]
        item, quantity = self._repeated(row), row[self.quantity]
        goods = self._goods(text_of(item), quantity)
        if not goods and is_blank(quantity) and not is_blank(item):
            # So the row says what is wrong with it.
            goods = [(text_of(item), Unparted(text_of(item)))]
        return [self._record(row, *each, first=not place) for place, each in enumerate(goods)] or [row]

    def _record(self, row: Raw, name: str, number: str, *, first: bool) -> Raw:
        """The row with one of its goods."""
        record = list(row)
        record[self.item], record[self.quantity] = name, number
        for index in () if first else self.once:
            record[index] = None
        return record

    def _repeated(self, row: Raw) -> Cell:
        """The cell of the goods, 同上 filled in with all of them."""
        cell = row[self.item]
        if says_ditto(cell):
            cell = self._above.get(self.item)
        self._above[self.item] = cell
        return cell

    def _goods(self, item: str, quantity: Cell) -> Goods:
        """The goods of a row: of one item the column of quantities says how many."""
        if is_blank(quantity):
            return goods_in(item)
        names, numbers = (PARTS.split(text.strip()) for text in (item, text_of(quantity)))
        if len(names) == len(numbers) > 1:
            return list(zip(names, numbers, strict=True))
        return []
