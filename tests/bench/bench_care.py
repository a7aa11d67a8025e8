"""Care: what the list of who must be visited costs beside starting with the same libraries and one query."""

from __future__ import annotations

from collections.abc import Iterator

from .context import Context
from .filling import TODAY
from .measure import Result

#: The least that answers: start with the same libraries, and ask for the moments that the list stands on.
LEAST = """
import sys
import typer
import sqlalchemy
from sqlalchemy.orm import Session
app = typer.Typer(rich_markup_mode=None)
QUERY = '''
SELECT household.*, (SELECT at FROM visit WHERE household_id = household.id AND voided_on IS NULL AND outcome = 'met'
  AND method IN ('door', 'phone', 'video') AND at < '2026-07-01' ORDER BY at DESC LIMIT 1),
 (SELECT at FROM visit WHERE household_id = household.id AND voided_on IS NULL AND outcome = 'met'
  AND method = 'door' AND at < '2026-07-01' ORDER BY at DESC LIMIT 1),
 (SELECT at FROM visit WHERE household_id = household.id AND voided_on IS NULL AND outcome = 'no_answer'
  AND at < '2026-07-01' ORDER BY at DESC LIMIT 1)
FROM household WHERE household.id IN (SELECT household_id FROM stay JOIN person_label USING (person_id)
  WHERE stay.kind = 'lives' AND until IS NULL AND person_label.kind = 'tag' AND value = 'elder_alone')
'''
@app.command()
def due(database: str) -> None:
    engine = sqlalchemy.create_engine(f"sqlite:///{database}")
    with Session(engine) as session:
        for row in session.execute(sqlalchemy.text(QUERY.replace("until", "stay.until"))):
            print(*row, sep=chr(9))
app()
"""


def benchmarks(context: Context) -> Iterator[Result]:
    """What issue 16 names: the due list on half a million visits."""
    database = context.databases.visits()
    ours = context.volunteer(
        "visit", "due", "--until", "2027-01-01", database=database, name="volunteer visit due", today=TODAY
    )
    least = context.python("typer + sqlalchemy.orm + the one query", LEAST, database)
    size = f"{context.databases.full.visits:,} visits"
    yield context.within(1.15, f"visit due, {size}", ours, least)
