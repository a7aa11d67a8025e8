"""One of several values as people type it: by its id, by its title in any language, or by another word for it.

The titles of a choice stand beside its enum in the area's `terms`, as do the other words that sheets use for it:

    class Role(StrEnum): …
    ROLES: dict[str, str] = {Role.LEADER: N_("leader"), …}
    ROLE_WORDS: dict[str, tuple[str, ...]] = {Role.LEADER: ("队长", "组长"), …}
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from volunteer_cli.core.errors import BadChoice
from volunteer_cli.core.i18n import CONTEXT_SIGN, _, listed, with_detail


def read_choice(kind: type[StrEnum], text: str, field: str) -> Any:
    """The member of `kind` that a text means.

    Raises:
        BadChoice: it means none of them; `field` is what is wrong with it.
    """
    titles = _beside(kind, str)
    word = bare(text)
    if (member := _by_word(kind).get(word)) is not None:
        return member
    for member in kind:
        if word and word == bare(_(titles.get(member, ""))):
            return member
    raise BadChoice(
        field=field, value=text, choices=shown_choices({each: titles.get(each, "") for each in kind})
    )


def shown_choices(titles: Mapping[Any, str]) -> str:
    """Values with their titles, where these say more: confirmed (已确认), pending (待确认)."""
    return listed(_shown(str(value), _(title)) for value, title in titles.items())


def _shown(value: str, title: str) -> str:
    if not title or bare(value) == bare(title):
        return value
    return with_detail(value, title)


def bare(text: str) -> str:
    """A text as choices are compared: case, spaces and signs between words do not count."""
    from volunteer_cli.core.grammar import plain

    return re.sub(r"[\W_]", "", plain(text))


@cache
def _by_word(kind: type[StrEnum]) -> dict[str, StrEnum]:
    """The members by id, English title and the words of sheets."""
    words: dict[str, StrEnum] = {}
    for member, others in _beside(kind, tuple).items():
        words |= {bare(word): kind(member) for word in others}
    for member, title in _beside(kind, str).items():
        words[bare(title.rpartition(CONTEXT_SIGN)[2])] = kind(member)
    # An id is never another one's word.
    return words | {bare(member.value): member for member in kind}


def _beside(kind: type[StrEnum], holds: type) -> Mapping[Any, Any]:
    """The table with a title, or with words, for members of an enum, from the module of the enum."""
    return next(_tables(kind, holds), {})


def _tables(kind: type[StrEnum], holds: type) -> Iterator[Mapping[Any, Any]]:
    for table in vars(sys.modules[kind.__module__]).values():
        # Exactly texts: a table of members of another enum says what follows from these, not what they are called.
        if (
            isinstance(table, Mapping)
            and set(table) == set(kind)
            and {type(each) for each in table.values()} == {holds}
        ):
            yield table
