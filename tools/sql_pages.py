"""The tables and views of the database, each column with its meaning: `docs/schema.md`, or `--check`.

python tools/sql_pages.py [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from volunteer_cli.areas import AREAS, gathered, load_models
from volunteer_cli.core.models import Base
from volunteer_cli.core.sql_views import SqlView

TARGET = Path(__file__).resolve().parents[1] / "docs" / "schema.md"
HEAD = """\
# The database for other tools

Made from the declarations by `make docs`; do not edit.

The file is SQLite (or a database on a PostgreSQL server), and other programs may read it while it is in use. Its **views** are
made for that: readable columns, minutes that count, nothing that is masked, no free words. They are tested to agree with the
lists and reports. Views change only with a revision of the schema; the tables below them may change with any.

```console
$ datasette volunteer.db
$ sqlite-utils query volunteer.db "SELECT team, sum(counted_minutes) / 60 AS hours FROM hours GROUP BY team"
$ duckdb -c "ATTACH 'volunteer.db' (TYPE sqlite); SELECT * FROM volunteer.stock"
```

```python
import sqlite3
import pandas

hours = pandas.read_sql("SELECT * FROM hours", sqlite3.connect("file:volunteer.db?mode=ro", uri=True))
hours.pivot_table("counted_minutes", "team", hours["date"].str[:7], "sum")
```

Read only: what is written past the program has no history and cannot be undone, and the rules do not see it. On a server a
role that may read the views and nothing else is enough for an analyst. Days are `YYYY-MM-DD`, moments the community's wall
clock, durations whole minutes, money whole fen (hundredths of what the policy `currency` names: pence, cents); SQLite has 1
and 0 for yes and no.
"""


def page() -> str:
    """The page."""
    load_models()
    views = "\n".join(line for view in gathered("sql_views") for line in of_view(view))
    return f"{HEAD}\n## Views\n{views}\n\n{tables()}"


def of_view(view: SqlView) -> Iterator[str]:
    """A view and its columns."""
    yield f"\n### {view.name}\n\n{view.meaning}\n\n| column | what it says |\n|---|---|"
    yield from (f"| `{name}` | {meaning} |" for name, meaning in view.columns.items())


def tables() -> str:
    """The tables by area, with what their columns hold of people."""
    head = """\
## Tables

What each column holds of people stands behind it: `who` somebody is, how to `reach` them, the `place` where they live, free
`words`, or plain data that is `kept` when somebody is erased. An arrow says to which table a column refers.
"""
    parts = [head]
    for area in ("core", *AREAS):
        own = sorted(_tables(area), key=lambda kind: str(kind.__tablename__))
        parts += [_section(kind) for kind in own]
    return "\n".join(parts)


def _tables(area: str) -> Iterator[type[Base]]:
    for mapper in Base.registry.mappers:
        if mapper.class_.__module__.split(".")[1] == area:
            yield mapper.class_


def _section(kind: type[Base]) -> str:
    columns = ", ".join(map(_column, kind.__table__.columns))
    meaning = " ".join((kind.__doc__ or "").split())
    return f"**{kind.__tablename__}**: {meaning}\n{columns}\n"


def _column(column: Any) -> str:
    target = "".join(f" → {key.column.table.name}" for key in column.foreign_keys)
    holds = column.info.get("holds")
    return f"`{column.name}`{target}" + (f" ({holds.value})" if holds else "")


def main() -> int:
    made = page()
    if "--check" in sys.argv:
        fresh = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == made
        if not fresh:
            print("docs/schema.md is not up to date: make docs", file=sys.stderr)
        return 0 if fresh else 1
    TARGET.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
