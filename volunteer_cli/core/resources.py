"""Files that come with the package and are no code of it: migrations and seeds."""

from __future__ import annotations

import os
from pathlib import Path


def resource_folder(name: str) -> Path:
    """Where `migrations` or `seeds` are: inside the installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def newest_revision() -> str:
    """The number of the newest migration, by the names of their files: Alembic takes half a second to tell."""
    files = os.listdir(resource_folder("migrations") / "versions")  # noqa: PTH208 - four times as fast
    return max(name.partition("_")[0] for name in files if name[:1].isdigit())
