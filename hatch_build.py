"""Build hook: join the room catalogues in `volunteer_cli/locale/zh_CN/*.po` into one compiled file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogue(root: Path) -> Path:
    """Write `LC_MESSAGES/volunteer.mo` for zh_CN and return its path; every room's file goes in."""
    from babel.messages import pofile
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    folder = root / "volunteer_cli" / "locale" / "zh_CN"
    whole = Catalog(locale="zh_CN")
    for room in sorted(folder.glob("*.po")):
        with room.open("rb") as source:
            for message in pofile.read_po(source, locale="zh_CN"):
                if message.id and message.string and not message.fuzzy:
                    whole.add(message.id, message.string)
    target = folder / "LC_MESSAGES" / "volunteer.mo"
    target.parent.mkdir(exist_ok=True)
    with target.open("wb") as compiled:
        write_mo(compiled, whole)
    return target


class CatalogueHook(BuildHookInterface[Any]):
    """Compile the catalogue before the files of a wheel are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's signature
        """Compile, and name the result as part of the wheel although git ignores it."""
        compile_catalogue(Path(self.root))
        build_data["artifacts"].append("/volunteer_cli/locale/zh_CN/LC_MESSAGES/volunteer.mo")


if __name__ == "__main__":
    compile_catalogue(Path(__file__).resolve().parent)
