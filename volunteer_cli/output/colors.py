"""What has a colour on a terminal, and which: one style for tables, help pages and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from volunteer_cli.output.view import Column

#: Codes of ECMA-48 (8.3.117): what everybody's terminal shows, in the shades that its owner chose.
HEADING, GOOD, WAITING, BAD, OVER = "1", "32", "33", "31", "2"
END = "\x1b[0m"

#: What a word for where a record stands says: it is well, somebody waits, it went wrong, nobody minds any more.
WORDS = {
    GOOD: (
        *("accepted", "active", "agreed", "attended", "brought", "confirmed", "decided", "delivered", "done", "held"),
        *("kept", "met", "ok", "open", "performed", "published", "running", "solved", "valid"),
    ),
    WAITING: (
        *("assigned", "back", "booked", "convened", "deferred", "draft", "finished", "frozen", "listed", "needs_review"),
        *("note", "packed", "partly", "pending", "planned", "promised", "proposed", "registered", "shipped"),
        *("signed_up", "todo", "waiting", "without"),
    ),
    BAD: (
        *("absent", "blocked", "broken", "declined", "dropped", "expired", "missed", "no_answer", "overdue"),
        *("problem", "refused", "rejected", "unreached", "voided"),
    ),
    OVER: (
        *("archived", "cancelled", "closed", "empty", "ended", "erased", "explained", "handed_in", "merged", "not_ours"),
        *("out_of_scope", "returned", "same", "vacant", "waived", "withdrawn"),
    ),
}  # fmt: skip
OF_WORD = {word: color for color, words in WORDS.items() for word in words}
STATES = frozenset({"status", "state", "result"})
LATE = frozenset({"late", "overdue", "overdue_days"})
COLORED = STATES | LATE


def painted(text: str, color: str) -> str:
    """The text in a colour, each of its lines by itself; without one as it is."""
    if not color:
        return text
    return "\n".join(f"\x1b[{color}m{line}{END}" if line.strip() else line for line in text.split("\n"))


def color_of(column: Column, value: Any) -> str:
    """The colour of a value; empty for what has none."""
    if column.name in LATE:
        return BAD if value else ""
    return OF_WORD.get(str(value), "") if column.name in STATES else ""
