"""The QR code of a certificate."""

from __future__ import annotations

from io import BytesIO


def qr_code(text: str) -> bytes:
    """The text as a QR code in SVG that takes the size it is given."""
    import segno

    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=0, omitsize=True, xmldecl=False)
    return drawn.getvalue()
