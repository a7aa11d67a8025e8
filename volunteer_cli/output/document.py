"""A paper to hand out: a form, a slip, minutes, a statement; one page in HTML to be printed.

An area says what stands on it as a `Document`; how it looks is said once, in `document.html`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from volunteer_cli.core.i18n import _, typography

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

PDF = ".pdf"
#: What a file that holds a paper may end in.
ENDINGS = (".html", ".htm", PDF)
Pairs: TypeAlias = "Sequence[tuple[str, str]]"


@dataclass(frozen=True)
class Grid:
    """A table of a document: headings, rows of texts, and how many blank rows to write on follow.

    Attributes:
        numbers: the places of columns that hold numbers and stand to the right.
        total: a last row that adds up the others.
        widths: of the columns in millimetres, where they are to be written in; 0 leaves one to the rest.
        tall: whether its rows are high enough to sign in.
        caption: what it is a table of, for those who hear it; by default the heading above it.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()
    blank: int = 0
    total: Sequence[str] = ()
    widths: Sequence[int] = ()
    tall: bool = False
    caption: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a document; each of what may stand in it may be missing.

    Attributes:
        facts: titles with values, one below the other; `band` has such texts beside each other in a frame.
        lines: short texts in as many columns as fit.
        annex: whether it begins a page of its own, behind what is signed.
    """

    heading: str = ""
    facts: Pairs = ()
    band: Sequence[str] = ()
    paragraphs: Sequence[str] = ()
    grid: Grid | None = None
    lines: Sequence[str] = ()
    annex: bool = False


@dataclass(frozen=True)
class Badge:
    """A card of 85.6 × 54 mm (ISO/IEC 7810, ID-1) to wear: who, of whom, and the number as text and QR code."""

    name: str
    number: str
    issuer: str
    role: str
    qr: Markup


@dataclass(frozen=True)
class Document:
    """What stands on a paper.

    Attributes:
        number: the number under which it is filed, below the title and at the foot of each page.
        signatures: what each place for a signature is called.
        issuer: who issues it, and `day`: when, at the end to the right, with room for a seal above them.
        notes: small print at the end.
        wide: whether it is printed across.
        copies: what each of several copies is called, which are printed one below the other to be cut apart.
        together: whether copies are short enough for one sheet.
        stamp: what stands across a paper that is none yet.
        badges: cards to cut apart, as many beside each other as fit.
    """

    title: str
    number: str = ""
    sections: Sequence[Section] = ()
    signatures: Sequence[str] = ()
    issuer: str = ""
    day: str = ""
    notes: Sequence[str] = ()
    wide: bool = False
    copies: Sequence[str] = ()
    together: bool = False
    stamp: str = ""
    badges: Sequence[Badge] = ()


def html(document: Document) -> str:
    """The document as a page that needs nothing from the network."""
    from volunteer_cli.output.pages import from_template

    return str(from_template("output/document.html", paper=document, seal=_("(seal)"), tag=typography().tag))


def is_page(path: Path | None) -> bool:
    """Whether a file's ending asks for the paper itself rather than for rows about it."""
    return path is not None and path.suffix.lower() in ENDINGS


def content(document: Document, path: Path | None) -> str | bytes:
    """The paper in the format that a file's ending tells, by default as a page.

    Raises:
        ExtraMissing, FontMissing: a PDF cannot be made here.
    """
    if path is None or path.suffix.lower() != PDF:
        return html(document)
    from volunteer_cli.output.pdf import pdf

    return pdf(document)
