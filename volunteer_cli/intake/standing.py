"""The state that a platform's export gives for each record: what was voided there must not come in here."""

from __future__ import annotations

import re
from collections.abc import Callable

from volunteer_cli.core.i18n import N_
from volunteer_cli.intake.cells import Cell, text_of
from volunteer_cli.intake.headings import normal
from volunteer_cli.intake.sheet import Column, Field

#: What says of a record that it does not count, wherever it stands in the cell; "not yet" before it says otherwise.
VOID = re.compile(
    r"(?<![未非没])(?:作废|废止|驳回|退回|打回|撤销|撤回|注销|取消|退出|退队|删除|停用|冻结|拉黑|失效)|无效|(?:未|不)(?:予?通过|合格|予?认可|同意)|拒绝|去世|死亡|已故|病故|迁出|搬走|搬离|"
    r"^(?:void(?:ed)?|reject(?:ed)?|cancell?ed|deleted|invalid|withdrawn|revoked|archived|erased|declined|refused|returned|deceased|moved(?: away)?)$"
)
YES, NO = (
    frozenset({"是", "y", "yes", "true", "1", "√"}),
    frozenset({"否", "n", "no", "false", "0", "×", "x"}),
)
#: Other answers of somebody who was asked whether they come.
NOT_COMING = re.compile(
    r"(?:不|未|没|无法|不能|不能够)(?:能)?(?:来|去|参加|参与|报名|到场?|出席)|待定|未定|不确定|可能|maybe|not (?:coming|attending)|undecided",
    re.IGNORECASE,
)
#: Headings that ask whether a record counts, and whether it does not.
COUNTS = re.compile("有效|通过|认可|是否|能否|valid|approved|attending|coming")
COUNTS_NOT = re.compile("作废|无效|注销|删除|取消|void|deleted|cancel")
#: Columns of remarks, and what such a one says of a record that does not count, with nothing beside it.
REMARKS = frozenset(
    {"备注", "备考", "说明", "附注", "备注说明", "remark", "remarks", "note", "notes", "comment", "comments"}
)
VOIDING = re.compile(
    r"(?:已?(?:作废|取消|请假|撤销)|无效|病假|事假|缺席|缺勤|旷工|未到场?|没来|没到|未参加|(?:void(?:ed)?|cancell?ed|absent|no[- ]show))[。.!！]?",
    re.IGNORECASE,
)
HEADINGS = (
    "状态", "记录状态", "数据状态", "审核状态", "审核结果", "审批状态", "审批结果", "认定状态", "时长状态", "报名状态", "订单状态", "捐赠状态",
    "用户状态", "人员状态", "居民状态", "接收状态", "账号状态", "志愿者状态", "队员状态", "是否有效", "是否作废", "是否注销", "是否取消", "是否通过", "当前状态",
    "是否参加", "是否参与", "是否报名", "是否到场", "是否出席", "能否参加", "能否到场", "参加与否", "attending", "coming",
    "status", "record status", "state", "valid", "void", "voided", "approved", "cancelled",
)  # fmt: skip


def _state(cell: Cell, _column: Column) -> str:
    """The state as it is written: words of every platform differ, and only a few of them matter."""
    return text_of(cell).strip()


#: The state of a row of any kind.
STANDING = Field("standing", N_("State of the record"), HEADINGS, _state)


def voids(cell: Cell) -> bool:
    """Whether a remark says nothing but that its record does not count."""
    return VOIDING.fullmatch(text_of(cell).strip()) is not None


def may_void(heading: str) -> bool:
    """Whether a column of that heading may say of a row that it does not count, where its kind keeps none such."""
    return normal(heading) in _MAY_VOID


_MAY_VOID = REMARKS | frozenset(map(normal, HEADINGS))


def void_of(column: Column) -> Callable[[Cell], bool]:
    """Whether a cell of the column says that its record does not count."""
    heading = normal(column.heading)
    counts_not = COUNTS_NOT.search(heading) is not None
    counts = not counts_not and COUNTS.search(heading) is not None

    def is_void(cell: Cell) -> bool:
        text = normal(text_of(cell)) or text_of(cell).strip()
        if counts and (text in NO or NOT_COMING.fullmatch(text)):
            return True
        if counts_not and text in YES:
            return True
        return VOID.search(text) is not None

    return is_void
