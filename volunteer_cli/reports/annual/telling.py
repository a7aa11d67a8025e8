"""What the year's report tells in words: what the office says itself, the days that stood out, and who answers for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from volunteer_cli.core.dates import long_date
from volunteer_cli.core.i18n import _

if TYPE_CHECKING:
    from volunteer_cli.reports.annual.contents import Annual

#: Days that the story tells; more nobody reads.
MOST_MOMENTS = 12
#: A name as programs have it: of a policy, or of a report where the sentence says that it is one.
CODE = re.compile(r"\b([a-z]+(?:_[a-z]+)+)\b|(?<=report )([a-z]+)\b|\b([a-z]+)(?=\s*报表)")


class Block(NamedTuple):
    """A heading, the points of a list, or the lines of a paragraph."""

    kind: str
    lines: list[str]


class Day(NamedTuple):
    """A day that stood out, as a date and in words, and what happened on it."""

    day: date
    words: str
    sentence: str


def paragraphs(text: str) -> list[Block]:
    """A text of paragraphs, headings and lists, as Markdown has them; nothing else of it means anything."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
    return [_block(block) for block in blocks if block]


def _block(block: str) -> Block:
    words = block.lstrip("#-* ").strip() if block.startswith("#") else ""
    if words:
        return Block("heading", [words])
    lines = block.splitlines()
    if all(line.startswith(("- ", "* ")) for line in lines):
        return Block("points", [line[2:] for line in lines])
    return Block("lines", lines)


def story(told: Annual) -> list[Day]:
    """The days of the year that stood out, in their order."""
    moments = sorted(moment for section in told.sections for moment in section.moments)
    return [Day(day, long_date(day), sentence) for day, sentence in moments[:MOST_MOMENTS]]


def answering(told: Annual) -> Iterator[tuple[str, str]]:
    """Who compiled it, who checked it, how they are reached, and how old the figures are."""
    for signer in told.signers:
        yield _("Compiled by"), signer.name
        yield _("Checked by"), signer.head or "________"
        if signer.phone:
            yield _("Reached at"), signer.phone
    yield _("Figures as of"), long_date(told.scope.today)


def in_words(meaning: str) -> str:
    """A definition without names that only programs use: of policies and reports their titles."""
    return CODE.sub(lambda found: _titled(found.group()), meaning)


def _titled(name: str) -> str:
    from volunteer_cli.areas import gathered
    from volunteer_cli.reporting.catalogue import is_report, report_named

    if is_report(name):
        return _("“{title}”").format(title=_(report_named(name).title))
    titles = {policy.name: _(policy.title) for policy in gathered("policies")}
    return _("“{title}”").format(title=titles[name]) if name in titles else name
