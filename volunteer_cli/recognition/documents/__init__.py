"""A certificate to hand out: a page that prints on A4, or a PDF."""

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
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from volunteer_cli.output.qr import qr_code

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(Path(__file__).parent),
        finalize=_harmless,
    )
    qr = Markup(qr_code(paper.secret).decode())  # noqa: S704 - drawn here, of our own making
    return environment.get_template("page.html").render(
        paper=paper, qr=qr, seal=_("(seal)"), between=typography().sentence_space
    )


def _harmless(value: object) -> object:
    """What somebody typed without what steers or turns the reading; markup of our own making stays."""
    from volunteer_cli.core.visible import harmless

    return harmless(value) if type(value) is str else value
