"""Build hooks: whole links for the package's page; join the room catalogues of each language, `locale/<language>/*.po`, into one compiled file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

#: A link of Markdown to a file of ours.
LINK = re.compile(r"\]\((?!https?:|#)([^)]+)\)")
VERSION = re.compile(r'__version__ = "([^"]+)"')
LOCALE = Path("volunteer_cli") / "locale"


def compile_catalogues(root: Path) -> list[Path]:
    """Write `LC_MESSAGES/volunteer.mo` for every language and return their paths; every room's file goes in."""
    folders = sorted(folder for folder in (root / LOCALE).iterdir() if folder.is_dir())
    return [_compile(folder) for folder in folders]


def _compile(folder: Path) -> Path:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale=folder.name)
    with (folder / "house.po").open("rb") as source:
        # The plural forms are those that the translators counted by: newer versions of the library count otherwise.
        whole.mime_headers = read_po(source, locale=folder.name).mime_headers
    for message in _messages(folder):
        whole.add(message.id, message.string, context=message.context)
    target = folder / "LC_MESSAGES" / "volunteer.mo"
    target.parent.mkdir(exist_ok=True)
    with target.open("wb") as compiled:
        write_mo(compiled, whole)
    return target


def _messages(folder: Path) -> Iterator[Any]:
    from babel.messages.pofile import read_po

    for room in sorted(folder.glob("*.po")):
        with room.open("rb") as source:
            for message in read_po(source, locale=folder.name):
                if message.id and message.string and not message.fuzzy:
                    yield message


def readme_of_package(root: Path) -> str:
    """The README with links that work where there is no repository around it, to the state of this version."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = VERSION.search((root / "volunteer_cli" / "__init__.py").read_text(encoding="utf-8"))
    base = f"{project['urls']['Homepage']}/blob/v{version[1] if version else 0}/"
    return LINK.sub(rf"]({base}\g<1>)", (root / "README.md").read_text(encoding="utf-8"))


class ReadmeHook(MetadataHookInterface):
    """Give the package's page the README with whole links."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set what pyproject.toml leaves to us."""
        metadata["readme"] = {"content-type": "text/markdown", "text": readme_of_package(Path(self.root))}


class CatalogueHook(BuildHookInterface[Any]):
    """Compile the catalogues before the files of a wheel are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's signature
        """Compile, and name the results as part of the wheel although git ignores them."""
        root = Path(self.root)
        compiled = (path.relative_to(root).as_posix() for path in compile_catalogues(root))
        build_data["artifacts"].extend(f"/{path}" for path in compiled)


if __name__ == "__main__":
    compile_catalogues(Path(__file__).resolve().parent)
