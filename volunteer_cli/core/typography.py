"""How each language joins its words, sentences and lists; the line that a new language adds here.

A language without a line is set like English. Chinese follows GB/T 15834 (use of punctuation marks):
list items are separated by `、`, and full-width marks carry their own space.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: Signs that mean one money alone, as papers have them; a dollar or a crown is one of many.
SIGNS = {"CNY": "¥", "GBP": "£", "EUR": "€", "INR": "₹", "KRW": "₩"}


@dataclass(frozen=True)
class Typography:
    """What stands between words, sentences and paragraphs of one language."""

    #: The language as pages and papers declare it (BCP 47).
    tag: str = "en"
    list_separator: str = ", "
    sentence_space: str = " "
    #: What stands around a word that is typed.
    quotes: str = "'{}'"
    #: What the first line of a paragraph of an official paper begins with.
    indent: str = ""
    #: Whether a line may end between any two characters, as there are no spaces between words.
    breaks_anywhere: bool = False
    #: Whether a paper that somebody signs repeats an amount of money in capitals, which nobody can change with a stroke.
    capitals: bool = False

    def money(self, fen: int, currency: str) -> str:
        """An amount in hundredths of a currency, as a paper to be signed has it."""
        yuan = f"{fen // 100:,}.{fen % 100:02}"
        if currency != "CNY" or not self.capitals:
            return f"{SIGNS.get(currency, currency + ' ')}{yuan}"
        import cn2an

        return f"¥{yuan}（人民币{cn2an.an2cn(yuan.replace(',', ''), 'rmb')}）"

    def listed(self, parts: Iterable[object]) -> str:
        """Several words as one list."""
        return self.list_separator.join(map(str, parts))

    def sentences(self, parts: Iterable[str]) -> str:
        """Several whole sentences as one paragraph."""
        return self.sentence_space.join(parts)


TYPOGRAPHIES = {
    "zh": Typography("zh-CN", "、", "", "“{}”", "\u3000\u3000", breaks_anywhere=True, capitals=True),
}
