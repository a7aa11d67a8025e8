"""QR codes: what a scanner reads of a certificate, a badge or a sheet to sign."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup


def qr_code(text: str) -> bytes:
    """The text as a QR code in SVG that takes the size it is given."""
    import segno

    picture = BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="svg", border=0, omitsize=True, xmldecl=False)
    return picture.getvalue()


def qr_picture(text: str) -> BytesIO:
    """The text as a QR code in PNG, for a workbook."""
    import segno

    picture = BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", border=0, scale=4)
    return picture


def drawn(text: str) -> Markup:
    """The QR code of a text for a page."""
    from markupsafe import Markup

    return Markup(qr_code(text).decode())  # noqa: S704 - drawn here, of our own making


def with_qr(text: str) -> str:
    """A cell of a page with a text and, before it, its QR code; empty for no text."""
    from volunteer_cli.output.pages import from_template

    return from_template("output/coded.html", picture=drawn(text), text=text) if text else ""
