"""From the first bag to the last signature, with every command, in both languages and as JSON."""

from __future__ import annotations

import json

import pytest
from drives.conftest import Winter
from volunteering import Volunteer

WAY = """
add 春雨行动 --code spring --start 2026-03-01 --goal 衣物=20件
edit spring --purpose 助学 --end 2026-05-31
receive spring --donor 李明 --item 衣物=12件 --handler 王芳 --on 2026-03-02
receive spring --anonymous --item 衣物=10余件 --on 2026-03-03
receive spring --donor 爱心快递公司 --item 书籍=2套 --on 2026-03-03
correct BINHU-S2026-0002 --item 衣物=11件 --reason 复点 --on 2026-03-04
return BINHU-S2026-0003 --reason 退回 --on 2026-03-04
sort spring --item 衣物=20件 --as accepted --on 2026-03-05
sort spring --item 衣物=1件 --as rejected --on 2026-03-05
sort spring --item 衣物=1件 --as recycled --on 2026-03-05
count spring --item 衣物=19件 --reason 盘点 --on 2026-03-06
pack spring --box A1 --item 衣物=10件 --on 2026-03-07
pack spring --box A2 --item 衣物=9件 --on 2026-03-07
unpack spring --box A2 --on 2026-03-08
ship spring --box A1 --to 四川大学 --carrier 爱心快递 --freight 60 --waived --on 2026-03-09
deliver spring-1 --signed-by 王老师 --on 2026-03-12
publish spring --on 2026-04-01
close spring --on 2026-06-01
reopen spring
archive spring
restore spring
"""
QUESTIONS = """
list
show spring
stock spring --as-of 2026-03-05
slips spring
slip BINHU-S2026-0001
boxes spring
shipments spring
trace BINHU-S2026-0001
trace box:spring/A1
feedback spring
notice spring
notice spring --number BINHU-N2026-0001
"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_whole_way(winter: Winter, volunteer: Volunteer, language: str) -> None:
    volunteer.language = language
    for line in WAY.strip().splitlines():
        done = volunteer.ok("drive", *line.split(), "-f", "json")
        assert json.loads(done.out)
        assert ("操作号" in done.err) is (language == "zh"), done.err
    for line in QUESTIONS.strip().splitlines():
        assert volunteer.ok("drive", *line.split(), "-f", "json").json
        shown = volunteer.ok("drive", *line.split(), "-f", "table").out
        assert ("衣物" in shown) or line.startswith(("list", "shipments"))
    expected = {
        "received": 23,
        "found": 0,
        "on_hand": 9,
        "shipped": 10,
        "delivered": 10,
        "lost": 1,
        "unsorted": 1,
    }
    rows = volunteer.ok("drive", "stock", "spring", "-f", "json").json
    assert expected.items() <= next(row for row in rows if row["item"] == "衣物").items()
