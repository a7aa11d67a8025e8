"""Write the sheets and the script of Binhu's winter drive: gifts of invented donors, as they are written down.

    python tools/seeds_drive.py

Every donor has 样 (specimen) in the name. Clothing comes as a workbook with a title, merged dates and a
total; books and stationery as the CSV that a spreadsheet program in China saves.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from itertools import cycle
from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).resolve().parents[1] / "seeds" / "binhu"
SURNAMES = "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
NUMERALS = "三四五六七八九"
ORGANIZATIONS = ("样例小学", "样例书店", "样例干洗店", "样例物业公司")
FIRST = date(2021, 11, 3)
CLOTHING, BOOKS = 174, 48
PER_BOX = 45


@dataclass(frozen=True)
class Gift:
    """A row of a sheet."""

    day: date
    donor: str
    quantity: int
    approximate: bool
    condition: str
    size: str
    public: bool


def donor(number: int) -> str:
    """Somebody invented: every seventh without a name, every thirteenth an organization."""
    if number % 7 == 6:
        return ("匿名", "一位不愿留名的居民", "无名氏")[number % 3]
    if number % 13 == 12:
        return ORGANIZATIONS[number % 4]
    return f"{SURNAMES[number % len(SURNAMES)]}样{NUMERALS[number // len(SURNAMES) % len(NUMERALS)]}"


def gifts(count: int, first: int, quantities: tuple[int, ...], days: int) -> list[Gift]:
    """So many rows over so many days; large amounts are not counted to the piece."""
    amounts = cycle(quantities)
    return [
        Gift(
            FIRST + timedelta(days=number * days // count),
            donor(first + number),
            amount := next(amounts),
            amount >= 10 and number % 2 == 0,
            ("八成新", "九成新", "全新", "七成新")[number % 4],
            ("成人", "儿童", "")[number % 3],
            number % 29 != 5,
        )
        for number in range(count)
    ]


def clothing() -> list[Gift]:
    """Clothes, over 730 pieces in all."""
    return gifts(CLOTHING, 0, (3, 2, 5, 4, 2, 6, 3, 10, 2, 4, 5), 40)


def books() -> list[Gift]:
    """Books and stationery, over 90 sets in all."""
    return gifts(BOOKS, 37, (2, 1, 3, 2), 40)


def write_clothing(path: Path) -> None:
    """The register of clothes: a title, each day written once, a total at the bottom."""
    rows = clothing()
    book = xlsxwriter.Workbook(path, {"in_memory": True})
    book.set_properties({"created": FIRST})
    sheet, merged = book.add_worksheet("衣物登记"), book.add_format({"align": "center"})
    sheet.merge_range(0, 0, 0, 9, "暖冬公益捐助衣物登记表（2021年11月—12月）", merged)
    for column, heading in enumerate(
        ("序号", "日期", "捐赠人", "物品名称", "数量", "单位", "规格", "新旧程度", "是否公示", "经手人")
    ):
        sheet.write(1, column, heading)
    for number, gift in enumerate(rows):
        known = number and rows[number - 1].day == gift.day
        quantity = f"{gift.quantity}余件" if gift.approximate else gift.quantity
        cells = (
            number + 1,
            "同上" if known else f"{gift.day.year}.{gift.day.month}.{gift.day.day}",
            gift.donor,
            "衣物",
            quantity,
            "" if gift.approximate else "件",
            gift.size,
            gift.condition,
            "" if gift.public else "否",
            ("赵样一", "卫样一")[number % 2],
        )
        for column, cell in enumerate(cells):
            sheet.write(number + 2, column, cell)
    sheet.write_row(len(rows) + 2, 0, ("合计", "", "", "", sum(gift.quantity for gift in rows)))
    sheet.write(len(rows) + 3, 0, "填表人：赵样一")
    book.close()


def write_books(path: Path) -> None:
    """The register of books and stationery, in the encoding of Chinese Excel."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("捐赠日期", "捐赠单位/个人", "品名", "捐赠数量（套）", "是否公示", "登记人"))
    for number, gift in enumerate(books()):
        day = f"{gift.day.year}年{gift.day.month}月{gift.day.day}日"
        public = "是" if gift.public else "否"
        writer.writerow(
            (day, gift.donor, "书籍文具", gift.quantity, public, ("赵样一", "卫样一")[number % 2])
        )
    path.write_bytes(text.getvalue().encode("gb18030"))


def boxes(item: str, unit: str, count: int, first: int) -> list[str]:
    """The commands that pack so many pieces into boxes."""
    parts = [min(PER_BOX, count - packed) for packed in range(0, count, PER_BOX)]
    return [
        f"drive pack winter --box B{first + place:02} --item {item}={part}{unit} --on 2021-12-15"
        for place, part in enumerate(parts)
    ]


def write_script(path: Path) -> None:
    """The drive from its first day to its notice, with the tool's own commands."""
    worn, read = sum(gift.quantity for gift in clothing()), sum(gift.quantity for gift in books())
    clothes = worn + 30 - 8 - 5 - 2 - 1
    packed = [
        *boxes("衣物", "件", clothes, 1),
        *boxes("书籍文具", "套", read - 2, -(-clothes // PER_BOX) + 1),
    ]
    labels = " ".join(f"--box {line.split()[4]}" for line in packed)
    lines = [
        "# The winter drive: gifts as they were written down, sorted, boxed, carried for nothing, signed for, published.",
        "drive add 暖冬公益捐助 --code winter --start 2021-11-01 --end 2021-12-20 --purpose 暖冬助学 --beneficiary 四川大学研究生支教团 --goal 衣物=700件 --goal 书籍文具=80套",
        "import donations drive_clothing.xlsx --drive winter --create-donors",
        "import donations drive_books.csv --drive winter --create-donors",
        "# The last bag comes by hand, is counted by two, and is worth something to its donor.",
        "drive receive winter --donor organization:样例干洗店 --item 衣物=30余件 --condition 洗净 --value 600 --handler 赵样一 --witness 卫样一 --on 2021-12-12",
        "drive receive winter --anonymous --item 衣物=2件 --on 2021-12-12",
        "drive return @last --on 2021-12-13 --reason 捐赠人要求退回",
        "# Checked and sorted; eight pieces are not fit to be sent, five go to recycling.",
        f"drive sort winter --item 衣物={worn + 30 - 13}件 --as accepted --on 2021-12-13",
        "drive sort winter --item 衣物=8件 --as rejected --on 2021-12-14",
        "drive sort winter --item 衣物=5件 --as recycled --on 2021-12-14",
        f"drive sort winter --item 书籍文具={read - 2}套 --as accepted --on 2021-12-14",
        "drive sort winter --item 书籍文具=2套 --as rejected --on 2021-12-14",
        "# The stock-take finds three pieces less than the slips say.",
        f"drive count winter --item 衣物={clothes}件 --reason 装箱前盘点 --on 2021-12-14",
        *packed,
        f"drive ship winter {labels} --to 四川大学研究生支教团 --carrier 样例快递公司 --waybill YL20211216001 --freight 1680 --waived --on 2021-12-16",
        "drive deliver winter-1 --signed-by 支教团样老师 --on 2021-12-24",
        "drive close winter --on 2021-12-25",
        "drive publish winter --on 2022-01-10",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_clothing(FOLDER / "drive_clothing.xlsx")
    write_books(FOLDER / "drive_books.csv")
    write_script(FOLDER / "30_winter_drive.txt")
