"""Text as it is stored, with nothing that cannot be seen: as it was written, or in one form for what looks the same.

What people read is kept as they wrote it; what is matched, compared or is a number has one form (NFKC), by which
a full-width （ is the same as ( and ① the same as 1.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from volunteer_cli.core.errors import BadText, MissingValue
from volunteer_cli.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: The Chinese characters, rare ones included, for use inside a character class.
CHINESE = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

# Patterns are compiled when first used: most commands clean nothing.
# Control characters except tab and line breaks; embeddings, overrides, isolates; halves of broken characters.
_REFUSED = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
# Joiners are kept behind the scripts that are written with them, and make one picture of several (👩‍👧).
_INVISIBLE = "[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\U000e0000-\U000e007f]|(?<![\u0600-\u0dff\u2600-\u27bf\ufe0f\U0001f300-\U0001faff])[\u200c\u200d]"
_LINE_BREAKS = r"\s*[\t\n\v\f\r\x85\u2028\u2029]+\s*"
#: A break within Chinese is where the line was full: nothing stands for it.
_BREAK_IN_CHINESE = f"(?<=[{CHINESE}]){_LINE_BREAKS}(?=[{CHINESE}])"
_SPACE_IN_CHINESE = f"(?<=[{CHINESE}]) (?=[{CHINESE}])"
_NAME_DOT = (
    f" ?[\u00b7\u2022\u2027\u2219\u22c5\u25cf\u2e31\u30fb\ua78f] ?|(?<=[{CHINESE}]) ?[.] ?(?=[{CHINESE}])"
)
_LIST_MARKS = r"[、,，;；/／┋\n]+"


@lru_cache(maxsize=1 << 16)
def _visible(text: str) -> str | None:
    """The text on one line, without what cannot be seen; None when it holds what must not be stored."""
    if text.isascii() and text.isprintable():
        return text.strip()
    # Refused and not taken out: somebody put them there, and what is left may read otherwise than it was
    # meant.
    if re.search(_REFUSED, text):
        return None
    text = re.sub(_BREAK_IN_CHINESE, "", re.sub(_INVISIBLE, "", text).strip())
    return re.sub(_LINE_BREAKS, " ", text)


@lru_cache(maxsize=1 << 16)
def folded(text: str) -> str:
    """The one form of all texts that look the same: NFKC, single spaces, none between Chinese characters."""
    if text.isascii():
        return " ".join(text.split())
    text = unicodedata.normalize("NFKC", re.sub(_INVISIBLE, "", text))
    return re.sub(_SPACE_IN_CHINESE, "", " ".join(text.split()))


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """What a name that is kept as it was written is looked for by: two of one key are one name."""
    return _with_name_dots(folded(name))


#: Letters that Unicode does not take apart into a letter and an accent, and apostrophes as keyboards have them.
_BARE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
_APOSTROPHES = "[\u2018\u2019\u02bc\u00b4`]"


@lru_cache(maxsize=1 << 16)
def searched(text: str) -> str:
    """A text as people look for it: folded, without case and accents, with one form of apostrophe."""
    # Before it is folded: NFKC makes a space and a mark of some of them.
    lower = name_key(re.sub(_APOSTROPHES, "'", text)).casefold()
    if lower.isascii():
        return lower
    # A letter and its accent apart, so that the accent can be left out.
    letters = unicodedata.normalize("NFD", lower)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_BARE)


def is_same(one: object, other: object) -> bool:
    """Whether two values are the same, texts in whichever form they were written."""
    if isinstance(one, str) and isinstance(other, str):
        return name_key(one) == name_key(other)
    return one == other


def kept(text: str, field: str = "") -> str:
    """A text as it is stored for people to read: as they wrote it, on one line, trimmed, nothing invisible.

    Raises BadText, naming `field`, for control characters and for changes of direction.
    """
    visible = _visible(text)
    if visible is None:
        raise BadText(field=field or _("Text"), value=re.sub(_REFUSED, "\ufffd", text))
    return visible


def clean(text: str, field: str = "") -> str:
    """A text as it is compared: NFKC, single spaces, none between Chinese characters, nothing invisible.

    Tabs and line breaks are spaces. Raises BadText, naming `field`, for other control characters and for
    changes of direction.
    """
    return folded(kept(text, field))


def required(text: str, field: str) -> str:
    """A text as it is stored for people to read, of which something is left. Raises BadText and MissingValue."""
    if text := kept(text, field):
        return text
    raise MissingValue(field=field)


def clean_name(text: str, field: str = "") -> str:
    """A person's name as it is stored: clean, with its dot as · (U+00B7). Raises BadText and MissingValue."""
    return name_key(required(text, field or _("Name")))


@lru_cache(maxsize=1 << 16)
def _with_name_dots(name: str) -> str:
    return re.sub(_NAME_DOT, "\u00b7", name)


def split_list(text: str, form: Callable[[str], str] = clean) -> list[str]:
    """The words separated by 、 , ; / or line breaks, each once, in order, in a form. Raises BadText."""
    words = (form(word) for word in re.split(_LIST_MARKS, text))
    return list(dict.fromkeys(word for word in words if word))


def did_you_mean(text: str, candidates: Iterable[str], n: int = 3) -> list[str]:
    """Up to `n` candidates that look like the text, the likeliest first; fit for short Chinese names."""
    from difflib import get_close_matches

    words = {candidate.casefold(): candidate for candidate in candidates}
    folded = text.casefold()
    # A name of two characters with one of them wrong is half alike.
    close = get_close_matches(folded, words, n, cutoff=0.6 if len(text) > 3 else 0.5)
    inside = [word for word in words if len(folded) > 1 and folded in word]
    return [words[word] for word in dict.fromkeys(close + inside)][:n]
