"""The installed fonts that a PDF is set in: one that has every character of it, else as many as it takes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, listed


class FontMissing(RuleError):
    """No installed font has the characters {characters}, which a PDF must carry within it"""

    code = "font_missing"
    hint = N_(
        "Install one, such as the package fonts-noto-cjk, or name a font file in VOLUNTEER_FONT; "
        "or write the certificate to a file ending in .html."
    )
    explanation = N_(
        "A PDF looks the same everywhere only when its font is inside it. The tool ships none: fonts for "
        "Chinese are large, and most systems have one."
    )


#: File names of fonts for Chinese, those for documents first; in a collection the simplified forms are taken.
NAMES = (
    "NotoSerifCJK-Regular.ttc",
    "NotoSerifCJKsc-Regular.otf",
    "NotoSerifSC-Regular.otf",
    "SourceHanSerifSC-Regular.otf",
    "SourceHanSerif-Regular.ttc",
    "simfang.ttf",
    "STFANGSO.TTF",
    "Songti.ttc",
    "simsun.ttc",
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "msyh.ttc",
    "simhei.ttf",
    "STHeiti Light.ttc",
    "Hiragino Sans GB.ttc",
    "Arial Unicode.ttf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "uming.ttc",
    # Rare characters, which the fonts before them lack: on Windows they are files of their own.
    "simsunb.ttf",
    "SimsunExtG.ttf",
    "SimSunExtG.ttf",
    "HanaMinB.ttf",
    "DroidSansFallbackFull.ttf",
)


@dataclass(frozen=True)
class Font:
    """A font file, and which one it is where a file holds several."""

    path: Path
    index: int = 0


def fonts_for(text: str) -> list[Font]:
    """The first font found that has every character of the text, else those that have them together, the fullest first.

    Raises:
        FontMissing: no font has some of them; it names these.
    """
    lacking = {ord(sign) for sign in text if not sign.isspace()}
    known: list[tuple[Font, frozenset[int]]] = []
    for font, covered in _fonts(installed()):
        if lacking <= covered:
            return [font]
        known.append((font, covered))
    return _together(known, lacking)


def _together(known: list[tuple[Font, frozenset[int]]], lacking: set[int]) -> list[Font]:
    """Fonts that have all characters between them; a rare one of a name stands in a font of its own on Windows."""
    fonts: list[Font] = []
    while lacking:
        fullest = min(known, key=lambda each: len(lacking - each[1]), default=(None, frozenset[int]()))
        font, covered = fullest
        if font is None or not lacking & covered:
            raise FontMissing(characters=_listed(lacking))
        fonts.append(font)
        lacking = lacking - covered
    return fonts


def _listed(signs: Iterable[int]) -> str:
    first = [chr(sign) for sign in sorted(signs, reverse=True)][:8]
    return listed(first)


def installed() -> list[Path]:
    """Font files on this machine that can hold Chinese, best first; VOLUNTEER_FONT stands before all."""
    named = os.environ.get("VOLUNTEER_FONT")
    found: dict[str, Path] = {}
    for folder in folders():
        for path in folder.rglob("*"):
            if path.name in NAMES:
                found.setdefault(path.name, path)
    return [*([Path(named)] if named else []), *(found[name] for name in NAMES if name in found)]


def _windows_folders(home: Path) -> list[Path]:
    system = Path(os.environ.get("WINDIR", r"C:\Windows"))
    account = Path(os.environ.get("LOCALAPPDATA", home))
    return [system / "Fonts", account / "Microsoft" / "Windows" / "Fonts"]


def folders() -> list[Path]:
    """Where this system keeps its fonts."""
    # The system's own first: those of one account differ from office to office, and so would the paper.
    home = Path.home()
    if sys.platform == "win32":
        return _windows_folders(home)
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    shared = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    return [*shared, home / ".local" / "share" / "fonts", home / ".fonts"]


def _fonts(paths: Iterable[Path]) -> Iterator[tuple[Font, frozenset[int]]]:
    """Each font with the characters that it has; files that are none are passed over."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError  # type: ignore[import-untyped]

    for path in paths:
        try:
            if path.suffix.lower() == ".ttc":
                collection = TTCollection(path, lazy=True)
                index = _simplified(collection)
                yield Font(path, index), frozenset(collection.fonts[index].getBestCmap() or ())
            else:
                yield Font(path), frozenset(TTFont(path, lazy=True).getBestCmap() or ())
        except (OSError, TTLibError):
            continue


def _simplified(collection: object) -> int:
    """The place in a collection of the font with the simplified forms; the first when none says so."""
    fonts = collection.fonts  # type: ignore[attr-defined]
    names = [str(font["name"].getDebugName(4) or "") for font in fonts]
    return next((place for place, name in enumerate(names) if " SC" in name), 0)
