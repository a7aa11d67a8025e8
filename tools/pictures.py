"""Draw the pictures of the READMEs from the example database, with a Chromium that is installed.

python tools/pictures.py           writes docs/pictures/*.png
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
TODAY = "2026-06-30"
#: An invented office that signs.
OFFICE = ("--legal-name", "济北街道滨湖社区居民委员会", "--head", "样主任", "--phone", "0531-84230002")
PAPERS = {
    "certificate": ("certificate", "show", "1"),
    "notice": ("drive", "notice", "winter", "--number", "BINHU-N2022-0001"),
    "annual": ("report", "annual", "--period", "2025", "--community", "binhu"),
}
#: A sheet of A4 at 96 dots to the inch, and how much smaller it is shown.
SHEET, SCALE = (794, 1123), 0.6
COLORS = 64


def main() -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("Install chromium, which draws the pages.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name:
        folder = Path(name)
        _volunteer(folder, "en", "demo", "--dir", str(folder / "demo"))
        _volunteer(folder, "en", "community", "edit", "binhu", *OFFICE)
        for language in ("en", "zh"):
            for paper, words in PAPERS.items():
                page = folder / f"{paper}.{language}.html"
                _volunteer(folder, language, *words, "-o", str(page))
                _draw(browser, page, FOLDER / f"{paper}.{language}.png")


def _volunteer(folder: Path, language: str, *words: str) -> None:
    database = folder / "demo" / "volunteer-demo.db"
    settings = {"VOLUNTEER_DB": str(database), "VOLUNTEER_TODAY": TODAY, "VOLUNTEER_LANG": language}
    command = [sys.executable, "-m", "volunteer_cli", *words]
    subprocess.run(command, env={**os.environ, **settings}, check=True, capture_output=True)  # noqa: S603 - our own


def _draw(browser: str, page: Path, picture: Path) -> None:
    from PIL import Image

    wide, high = SHEET
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
    look = (f"--force-device-scale-factor={SCALE}", f"--window-size={wide},{high}")
    shot = page.with_suffix(".png")
    command = [browser, *flags, *look, f"--screenshot={shot}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own
    with Image.open(shot) as image:
        image.convert("RGB").quantize(COLORS).save(picture, optimize=True)


if __name__ == "__main__":
    main()
