"""Text as it is stored: one form for what looks the same, and nothing that cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from volunteer_cli.core.errors import BadText, MissingValue
from volunteer_cli.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The Chinese characters, rare ones included, for use inside a character class.
CHINESE = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

# Patterns are compiled when first used: most commands clean nothing.
# Control characters except tab and line breaks; embeddings, overrides, isolates; halves of broken characters.
_REFUSED = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
# Joiners are kept behind the scripts that are written with them.
_INVISIBLE = (
    "[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\U000e0000-\U000e007f]|(?<![\u0600-\u0dff])[\u200c\u200d]"
)
_SPACE_IN_CHINESE = f"(?<=[{CHINESE}]) (?=[{CHINESE}])"
_NAME_DOT = (
    f" ?[\u00b7\u2022\u2027\u2219\u22c5\u25cf\u2e31\u30fb\ua78f] ?|(?<=[{CHINESE}]) ?[.] ?(?=[{CHINESE}])"
)
_LIST_MARKS = r"[、,，;；/／┋\n]+"


@lru_cache(maxsize=1 << 16)
def _cleaned(text: str) -> str | None:
    """The clean text, or None when it holds what must not be stored."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    if re.search(_REFUSED, text):
        return None
    text = unicodedata.normalize("NFKC", re.sub(_INVISIBLE, "", text))
    return re.sub(_SPACE_IN_CHINESE, "", " ".join(text.split()))


def clean(text: str, field: str = "") -> str:
    """The text as it is stored: NFKC, single spaces, none between Chinese characters, nothing invisible.

    Tabs and line breaks are spaces. Raises BadText, naming `field`, for other control characters and for
    changes of direction.
    """
    cleaned = _cleaned(text)
    if cleaned is None:
        raise BadText(field=field or _("Text"), value=re.sub(_REFUSED, "\ufffd", text))
    return cleaned


def required(text: str, field: str) -> str:
    """A text as it is stored, of which something is left. Raises BadText and MissingValue."""
    if cleaned := clean(text, field):
        return cleaned
    raise MissingValue(field=field)


def clean_name(text: str, field: str = "") -> str:
    """A name as it is stored: clean, with the dot of a name as · (U+00B7). Raises BadText and MissingValue."""
    return _with_name_dots(required(text, field or _("Name")))


@lru_cache(maxsize=1 << 16)
def _with_name_dots(name: str) -> str:
    return re.sub(_NAME_DOT, "\u00b7", name)


def split_list(text: str) -> list[str]:
    """The words separated by 、 , ; / or line breaks, each once, in order. Raises BadText."""
    words = (clean(word) for word in re.split(_LIST_MARKS, text))
    return list(dict.fromkeys(word for word in words if word))


def did_you_mean(text: str, candidates: Iterable[str], n: int = 3) -> list[str]:
    """Up to `n` candidates that look like the text, the likeliest first; fit for short Chinese names."""
    from difflib import get_close_matches

    words = {candidate.casefold(): candidate for candidate in candidates}
    folded = text.casefold()
    close = get_close_matches(folded, words, n, cutoff=0.6 if len(text) > 3 else 0.5)
    inside = [word for word in words if len(folded) > 1 and folded in word]
    return [words[word] for word in dict.fromkeys(close + inside)][:n]
