"""Write a small database of every schema revision to tests/golden, for tests that upgrade them.

    python tools/golden.py

The rows are those of a short script of commands; an older revision gets what it has tables for. A
file that is there already is left as it is: it was written by the version it stands for.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path

from typer.testing import CliRunner

from volunteer_cli.app import app
from volunteer_cli.core.database import prepare_file
from volunteer_cli.core.resources import resource_folder
from volunteer_cli.core.schema import upgrade

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
SCRIPT = """\
community add 滨湖社区 --code binhu --kind mixed
community figure binhu --name population --value 26000 --as-of 2020-03
organization add 样例快递公司 --kind courier
person add 样一 --phone 19900000001 --birth 1965-03 --skill 剪纸 --volunteer
field add person vehicle --title 车辆 --choice 小汽车 --choice 电动车
field add person insured --title 保险到期 --kind date --private
person edit 样一 --set vehicle=小汽车 --set insured=2026-12-31
person add 样二 --phone 19900000002 --guardian 样一 --tag elder_alone
team add 红队 --leader 样一 --founded 2024-01-01
team join 红队 样二 --on 2025-01-01
event add 清洁日 --code jie --start '2026-05-04 9:00' --end 11:00 --team 红队 --kind service --today 2026-05-01
event open jie --today 2026-05-01
event signup jie 样一 样二 --today 2026-05-01
hours add 样一 --date 2026-05-05 --start 9:00 --end 11:00 --work 清扫 --team 红队 --today 2026-05-06
hours confirm --period 2026-05
drive add 暖冬 --code winter --start 2026-05-01
drive receive winter --donor person:样二 --item 衣物=12件 --on 2026-05-02
drive sort winter --item 衣物=10件 --as accepted --on 2026-05-03
"""


def revisions() -> list[str]:
    return sorted(
        path.name.split("_")[0] for path in (resource_folder("migrations") / "versions").glob("*.py")
    )


def newest(path: Path) -> None:
    """A database of the newest schema with the rows of the script."""
    os.environ |= {"VOLUNTEER_DB": str(path), "VOLUNTEER_TODAY": "2026-06-30", "VOLUNTEER_ACTOR": "golden"}
    for words in (["db", "init"], ["batch", "-", "--each"]):
        answer = CliRunner().invoke(app, words, input=SCRIPT)
        if answer.exit_code:
            raise SystemExit(answer.output)


def older(path: Path, revision: str, source: Path) -> None:
    """A database of a revision with those of the source's rows that it has tables and columns for."""
    prepare_file(path)
    upgrade(str(path), revision)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("ATTACH ? AS source", (str(source),))
    tables = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    for (table,) in tables.fetchall():
        if table != "alembic_version":
            columns = ", ".join(
                f'"{row[1]}"' for row in connection.execute(f'PRAGMA main.table_info("{table}")')
            )
            connection.execute(
                f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM source."{table}"'
            )
    connection.execute("DETACH source")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("VACUUM")
    connection.close()


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "newest.db"
        newest(source)
        for revision in revisions():
            path = GOLDEN / f"{revision}.db"
            if not path.exists():
                older(path, revision, source)
                print(path.name)


if __name__ == "__main__":
    main()
