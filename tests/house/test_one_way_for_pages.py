"""HTML stands in templates, which one environment fills and escapes; no code writes tags."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from volunteer_cli.output.pages import PACKAGE, from_template

TAG = re.compile(
    r"</?(?:a|article|aside|body|br|caption|col|dd|div|dl|dt|figcaption|figure|h[1-6]|head|header|html|i|li|main|meta|nav|ol|p"
    r"|section|small|span|strong|style|table|tbody|td|tfoot|th|thead|time|tr|ul)(?:\s[a-z-]+=[^>]*)?/?>"
)
#: Regular expressions and what reads pages, not what writes them.
READS = ("intake",)


def _texts(module: Path) -> list[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@pytest.mark.parametrize("text", ["<p>", '<div class="scroll" tabindex="0">', "</table></div>", "<h1>"])
def test_a_tag_is_known(text: str) -> None:
    assert TAG.search(text)


def test_no_code_writes_tags() -> None:
    modules = [one for one in PACKAGE.rglob("*.py") if one.relative_to(PACKAGE).parts[0] not in READS]
    written = {
        f"{one.relative_to(PACKAGE)}: {found.group()}"
        for one in modules
        for text in _texts(one)
        if (found := TAG.search(text))
    }
    assert written == set()


def test_no_module_has_an_environment_of_its_own() -> None:
    users = [one for one in PACKAGE.rglob("*.py") if "jinja2 import" in one.read_text(encoding="utf-8")]
    assert {str(one.relative_to(PACKAGE)) for one in users} == {"output/pages.py"}


def test_what_somebody_typed_is_no_markup() -> None:
    cell = from_template("output/coded.html", picture="<svg>", text="\u202e<b>'\"&")
    assert cell == '<span class="qr">&lt;svg&gt;</span>\ufffd&lt;b&gt;&#x27;&quot;&amp;'
