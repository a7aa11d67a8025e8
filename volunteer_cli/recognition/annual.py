"""What the year's report tells of honours and stars."""

from __future__ import annotations

from collections.abc import Iterator

from volunteer_cli.core.i18n import _, listed
from volunteer_cli.output.cells import shown
from volunteer_cli.reporting.annual import Asking, Chapter, Moment, Section, Table

#: Honours that the summary names.
MOST_HONOURS = 3


def recognition(ask: Asking) -> Section:
    """Who was honoured, and who holds a star."""
    columns = ("title", "level", "person", "team", *ask.whose, "by", "date")
    honours = ask.table("honours", _("Honours"), columns)
    stars = ask.table(
        "stars", _("Stars"), ("level", "threshold", "holders", "granted"), having=("holders", "granted")
    )
    summary = tuple(_honours(honours)) if honours.rows else ()
    return Section(
        "recognition", _("Recognition"), (), (honours, stars), summary, moments=tuple(_given(honours))
    )


def _given(table: Table) -> Iterator[Moment]:
    """Each honour on its day, with who gave it to whom."""
    column = table.answer.view.column("level")
    for row in table.rows[:MOST_HONOURS]:
        told = _("{honour} ({level})").format(honour=row["title"], level=shown(column, row["level"]))
        whom = row["team"] or row["person"]
        sentence = (
            _("{by} gave the honour {honour} to {whom}") if whom else _("{by} gave the honour {honour}")
        )
        yield Moment(row["date"], sentence.format(by=row["by"], honour=told, whom=whom))


def _honours(table: Table) -> Iterator[str]:
    column = table.answer.view.column("level")
    sentences = [
        _("{honour} ({level})").format(honour=row["title"], level=shown(column, row["level"]))
        for row in table.rows[:MOST_HONOURS]
    ]
    if left := len(table.rows) + table.more - len(sentences):
        sentences.append(_("… and {count} more").format(count=left))
    yield _("Honours: {honours}.").format(honours=listed(sentences))


CHAPTERS = (Chapter(recognition, place=6),)
