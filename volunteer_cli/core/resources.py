"""Files that come with the package and are no code of it: migrations and seeds."""

from __future__ import annotations

import os
import re
from pathlib import Path


def resource_folder(name: str) -> Path:
    """Where `migrations` or `seeds` are: inside the installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def said_in_sources(pattern: str, files: str) -> list[str]:
    """What the first group of a pattern meets in files of the package, in order, each once.

    It is for completion: importing all that declares a code takes a second, reading it thirty milliseconds.
    """
    package = Path(__file__).resolve().parents[1]
    texts = (path.read_text(encoding="utf-8") for path in sorted(package.rglob(files)))
    return list(dict.fromkeys(word for text in texts for word in re.findall(pattern, text)))


def newest_revision() -> str:
    """The number of the newest migration, by the names of their files: Alembic takes half a second to tell."""
    files = os.listdir(resource_folder("migrations") / "versions")  # noqa: PTH208 - four times as fast
    return max(name.partition("_")[0] for name in files if name[:1].isdigit())
