"""A certificate to hand out: a page to be printed, or a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import _, typography

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.recognition.documents.paper import Paper
    from volunteer_cli.recognition.models import Certificate

ENDINGS = (".html", ".htm", ".pdf")


def is_document(path: Path | None) -> bool:
    """Whether a file's ending asks for the certificate itself rather than for rows about it."""
    return path is not None and path.suffix.lower() in ENDINGS


def certificate_document(session: Session, certificate: Certificate, path: Path, *, reveal: bool) -> bytes:
    """The certificate in the format that the file's ending tells.

    Raises:
        ExtraMissing, FontMissing: a PDF cannot be made here.
    """
    from volunteer_cli.recognition.documents.paper import paper_of

    paper = paper_of(session, certificate, reveal=reveal)
    if path.suffix.lower() == ".pdf":
        from volunteer_cli.recognition.documents.pdf import pdf

        return pdf(paper)
    return page(paper).encode()


def page(paper: Paper) -> str:
    """The certificate as a page that needs nothing from the network."""
    from volunteer_cli.output.pages import from_template
    from volunteer_cli.output.qr import drawn as drawn_code

    words = {"seal": _("(seal)"), "between": typography().sentence_space}
    return str(
        from_template("recognition/documents/page.html", paper=paper, qr=drawn_code(paper.secret), **words)
    )
