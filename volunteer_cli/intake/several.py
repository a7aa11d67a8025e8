"""Several sheets of a workbook that are one table: a sheet a month, a building, a team."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from volunteer_cli.core.i18n import _, listed, with_detail
from volunteer_cli.intake.errors import OtherShape
from volunteer_cli.intake.locating import Located
from volunteer_cli.intake.mapping import Mapping
from volunteer_cli.intake.sheet import Sheet
from volunteer_cli.intake.summary import Summary

#: How a sheet is called that adds up the others, or explains them.
TOTALS = re.compile(
    r"汇总|合计|总计|总表|累计|总览|^统计表?$|^(?:全年|年度)(?:统计)?$|summary|totals?\b|overview",
    re.IGNORECASE,
)
REMARKS = re.compile(
    r"说明|须知|填写|模板|样表|示例|字典|选项|readme|notes?$|instruction|template|example", re.IGNORECASE
)


class SheetRow(int):
    """The number of a row in one of several sheets; a message names the sheet too."""

    sheet: str

    @classmethod
    def of(cls, number: int, sheet: str) -> SheetRow:
        """The row of that number."""
        row = cls(number)
        row.sheet = sheet
        return row

    def __reduce__(self) -> tuple[Callable[[int, str], SheetRow], tuple[int, str]]:
        return SheetRow.of, (int(self), self.sheet)

    def __str__(self) -> str:
        return with_detail(int(self), self.sheet)

    def __format__(self, specification: str) -> str:
        return format(str(self), specification)


def sheets_to_read(candidates: Iterable[Located]) -> tuple[list[Located], list[str]]:
    """The sheets that are part of the table, and the names of those that are not: totals, and remarks."""
    located = list(candidates)
    most = max((each.recognised for each in located), default=0)
    parts: list[Located] = []
    left_out: list[str] = []
    for each in located:
        if _is_no_part(each, most):
            left_out.append(each.table.sheet or "")
        else:
            parts.append(replace(each, named=True))
    return parts, left_out


def _is_no_part(located: Located, most: int) -> bool:
    name = located.table.sheet or ""
    # A sheet of remarks may have a heading or two that are known.
    return bool(TOTALS.search(name) or REMARKS.search(name)) or located.recognised * 3 <= most


def check_shapes(file: str, sheet: Sheet, parts: Sequence[tuple[Located, Mapping]]) -> None:
    """Refuse sheets of which one lacks what makes a record of the others.

    Raises:
        OtherShape: it does.
    """
    telling = _telling(sheet)
    first, mapping = parts[0]
    for located, other in parts[1:]:
        if differing := (mapping.mapped ^ other.mapped) & telling:
            titles = [_(each.title) for each in sheet.fields if each.name in differing]
            names = {"sheet": located.table.sheet, "first": first.table.sheet}
            raise OtherShape(file=file, fields=listed(titles), **names)


def _telling(sheet: Sheet) -> set[str]:
    """The fields by which a record is another: what is required, what may stand above the table, what says how long."""
    names = {each.name for each in sheet.fields if each.required or each.above}
    return names.union(*sheet.one_of, sheet.across)


def joined(summaries: Sequence[Summary], left_out: Sequence[str]) -> Summary:
    """The account of several sheets as that of one."""
    account = summaries[0]
    if len(summaries) == 1 and not left_out:
        return account
    account.sheet = listed(each.sheet or "" for each in summaries)
    for other in summaries[1:]:
        _add(account, other)
    if left_out:
        account.remarks.append(_("Sheets left out: {names}").format(names=listed(left_out)))
    return account


def _add(account: Summary, other: Summary) -> None:
    """Count what came of one more sheet."""
    account.columns |= other.columns
    account.unknown_columns = list(dict.fromkeys([*account.unknown_columns, *other.unknown_columns]))
    account.verdicts.update(other.verdicts)
    account.remarks += other.remarks
    account.skipped += other.skipped
    account.refusals.add(other.refusals)
