"""What the year's report tells in words: what the office says itself, the days that stood out, and who answers for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from volunteer_cli.core.dates import long_date
from volunteer_cli.core.i18n import _
from volunteer_cli.core.visible import escaped, harmless

if TYPE_CHECKING:
    from volunteer_cli.reporting.annual import Moment
    from volunteer_cli.reports.annual.contents import Annual

#: Days that the story tells; more nobody reads.
MOST_MOMENTS = 12
#: A name as programs have it: of a policy, or of a report where the sentence says that it is one.
CODE = re.compile(r"\b([a-z]+(?:_[a-z]+)+)\b|(?<=report )([a-z]+)\b|\b([a-z]+)(?=\s*报表)")


def foreword(text: str) -> str:
    """A text of paragraphs, headings and lists, as Markdown has them; nothing else of it means anything."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    if not blocks:
        return ""
    body = "\n".join(map(_block, blocks))
    return f'<section class="foreword" aria-label="{escaped(_("Foreword"))}">\n{body}\n</section>'


def _block(block: str) -> str:
    words = escaped(harmless(block.lstrip("#-* ").strip())) if block.startswith("#") else ""
    if words:
        return f"<h2>{words}</h2>"
    lines = block.splitlines()
    if all(line.startswith(("- ", "* ")) for line in lines):
        points = "".join(f"<li>{_safe(line[2:])}</li>" for line in lines)
        return f"<ul>{points}</ul>"
    return f"<p>{'<br>'.join(map(_safe, lines))}</p>"


def _safe(line: str) -> str:
    return escaped(harmless(line))


def story(told: Annual) -> str:
    """The days of the year that stood out, in their order."""
    moments = sorted(moment for section in told.sections for moment in section.moments)[:MOST_MOMENTS]
    if not moments:
        return ""
    lines = "\n".join(map(_moment, moments))
    heading = escaped(_("The year, day by day"))
    return f'<section class="story" id="story">\n<h2>{heading}</h2>\n<ol>{lines}</ol>\n</section>'


def _moment(moment: Moment) -> str:
    day = escaped(long_date(moment.day))
    return f'<li><time datetime="{moment.day}">{day}</time> <span>{escaped(harmless(moment.sentence))}</span></li>'


def colophon(told: Annual) -> str:
    """Who compiled it, who checked it, how they are reached, and how old the figures are."""
    facts = "".join(
        f"<dt>{escaped(name)}</dt><dd>{escaped(harmless(value))}</dd>" for name, value in _facts(told)
    )
    return f'<section class="colophon" aria-label="{escaped(_("Who answers for it"))}"><dl>{facts}</dl><p class="seal">{escaped(_("(seal)"))}</p></section>'


def _facts(told: Annual) -> Iterator[tuple[str, str]]:
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
