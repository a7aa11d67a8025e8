"""A small story with everything in it that reports must get right."""

from __future__ import annotations

from pathlib import Path

import pytest
from volunteering import Database, Volunteer, copied

STORY = """
community figure binhu --name population --value 26000 --as-of 2020-03 --source 普查
community figure binhu --name population --value 35000 --as-of 2023-12 --source 统计
community figure binhu --name grids --value 33 --as-of 2020-03
community add 安大社区 --code anda --kind resettlement
organization add 远山小学 --kind school
organization add 快递公司 --kind courier
person add 张样一 --community binhu --volunteer --registered 2024-02-01 --sex female --birth 1960-05 --skill 合唱 --skill 急救 --phone 13800001111
person add 李样二 --community binhu --volunteer --registered 2025-02-01 --sex male --birth 2014-08-01 --skill 合唱
person add 王样三 --community binhu --volunteer --registered 2025-03-01 --sex female
person add 赵样四 --community binhu
person add 钱样五 --community anda --volunteer --registered 2023-01-01 --sex male --birth 1988
person add 孙样六 --community binhu --volunteer --registered 2024-01-01
team add 绿色家园维护者 --community binhu --leader 张样一 --founded 2024-01-01
team add 老王帮帮团 --community anda --leader 钱样五 --founded 2023-01-01
team join 绿色家园维护者 李样二 王样三 --on 2025-03-01
event add 清洁日 --community binhu --team 绿色家园维护者 --start "2025-09-06 09:00" --end 11:00 --category 环保 --capacity 4 --code clean
event add 急救课 --community binhu --kind class --start "2025-10-10 19:00" --end 20:00 --needs-skill 手语 --code aid
event add 雨中游园 --community binhu --start "2025-11-01 09:00" --end 10:00 --code rain
event cancel rain
hours add 张样一 --date 2025-09-06 --start 09:00 --end 11:00 --event clean
hours add 李样二 --date 2025-09-06 --start 09:00 --end 10:30 --event clean
hours add 张样一 --date 2025-10-02 --start 08:00 --end 14:00 --team 绿色家园维护者
hours add 张样一 --date 2025-10-02 --start 15:00 --end 19:00 --work 巡楼
hours add 赵样四 --date 2025-10-03 --hours 2h --work 送餐
hours add 钱样五 --date 2025-12-01 --hours 3h --team 老王帮帮团
hours add 孙样六 --date 2024-05-05 --hours 1h --work 读报
hours add 王样三 --date 2024-12-31 --start "2024-12-31 22:00" --end "2025-01-01 01:00" --work 守夜
hours confirm --period 2024..2025 --community binhu
hours confirm --period 2024..2025 --community anda
hours add 王样三 --date 2026-06-01 --hours 2h --team 绿色家园维护者
hours correct 2 --hours 2h --reason 漏记
hours void 5 --reason 重复
award add 市级优秀社区 --community binhu --for-community --level municipal --by 市民政局 --on 2025-12-20
award add 优秀志愿者 --community binhu --person 张样一 --level district --by 区志愿者协会 --on 2025-12-05 --document 区志〔2025〕8号
drive add 暖冬 --community binhu --code winter --start 2025-11-01 --end 2025-12-31 --beneficiary 远山小学 --goal 衣物=10件
drive receive winter --donor person:4 --item 衣物=7件 --item 书籍=3套 --handler 张样一 --witness 李样二 --on 2025-11-03
drive receive winter --anonymous --item 衣物=5件 --approx --on 2025-11-04
drive sort winter --item 衣物=9件 --as accepted --on 2025-11-05
drive pack winter --box B01 --item 衣物=8件 --on 2025-11-06
drive ship winter --box B01 --to 远山小学 --carrier 快递公司 --freight 120 --waived --on 2025-11-07
drive publish winter --on 2026-01-05
event add 敬老日 --community binhu --team 绿色家园维护者 --start "2026-07-05 09:00" --end 11:00 --code elders
event shift elders --name 上午 --start 09:00 --end 11:00 --need 3
"""


def told(database: Database, folder: Path) -> Database:
    """A copy of a database in which the story was told."""
    story = copied(database, folder / "story.db")
    Volunteer(story).ok(
        "batch", "-", stdin=STORY, env={"VOLUNTEER_CONFIG": "/nonexistent", "VOLUNTEER_ACTOR": "tester"}
    )
    return story


@pytest.fixture(scope="session")
def story_database(binhu_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The story, told once."""
    return told(binhu_database, tmp_path_factory.mktemp("story"))


@pytest.fixture
def story(story_database: Database, tmp_path: Path) -> Volunteer:
    """Commands on a copy of the story."""
    return Volunteer(copied(story_database, tmp_path / "story.db"))


@pytest.fixture(scope="session")
def people_database(binhu_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """People, teams and events of two communities, without any hours."""
    from reports.test_report_sums import PEOPLE

    people = copied(binhu_database, tmp_path_factory.mktemp("people") / "people.db")
    Volunteer(people).ok("batch", "-", stdin=PEOPLE, env={"VOLUNTEER_CONFIG": "/nonexistent"})
    return people
