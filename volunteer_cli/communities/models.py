"""Communities and their dated figures."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import KEPT, WORDS, Base, key_of


class Community(Base):
    """A residents' community, the body that records service and certifies it.

    What it signs bears its full legal name, its head and the telephone of its office.
    """

    __tablename__ = "community"

    code: Mapped[str] = mapped_column(String(40), unique=True, info=KEPT)
    name: Mapped[str] = mapped_column(String(200), unique=True, info=KEPT)
    name_key: Mapped[str] = mapped_column(String(200), info=KEPT | key_of("name"))
    kind: Mapped[str | None] = mapped_column(String(20), info=KEPT)
    subdistrict: Mapped[str | None] = mapped_column(String(200), info=KEPT)
    # Part of a community's profile, beside its kind: who leads the work there.
    party_branch: Mapped[str | None] = mapped_column(String(200), info=KEPT)
    # 志愿服务记录与证明出具办法 (2020), arts. 14–15: the paper bears the seal, and the seal has this name.
    legal_name: Mapped[str | None] = mapped_column(String(200), info=KEPT)
    head: Mapped[str | None] = mapped_column(String(200), info=WORDS)
    # That of the office, which is printed on what it publishes.
    phone: Mapped[str | None] = mapped_column(String(40), info=KEPT)
    archived_on: Mapped[date | None] = mapped_column(info=KEPT)

    @property
    def signs_as(self) -> str:
        """The name on papers that it signs: the legal one, where it is on file."""
        return self.legal_name or self.name


class CommunityFigure(Base):
    """One count of something in a community on a day; all are kept."""

    __tablename__ = "community_figure"
    __table_args__ = (Index("ix_community_figure_community_id", "community_id"),)

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    name: Mapped[str] = mapped_column(String(20), info=KEPT)
    value: Mapped[int] = mapped_column(info=KEPT)
    # A population without its day means nothing: of one community two are in print, years apart.
    as_of: Mapped[date] = mapped_column(info=KEPT)
    source: Mapped[str | None] = mapped_column(Text, info=WORDS)
