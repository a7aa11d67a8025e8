"""Measure how densely the code is written, and refuse what makes it denser than it was.

    python tools/density.py            measure, and fail where something got worse
    python tools/density.py --write    keep in pyproject.toml what got better
    python tools/density.py PATH …     the densest functions of some files or folders

A function is as dense as its body has syntax nodes: what `ast.walk` yields of it without the docstring
and the expression contexts. Names such as `found` say that something was done, not what it is.
"""

from __future__ import annotations

import ast
import io
import re
import statistics
import sys
import tokenize
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = ROOT / "pyproject.toml"
PACKAGE = ROOT / "volunteer_cli"
#: Syntax nodes that no function should have more of.
CEILING = 110
#: How many places a measure names that got worse.
SHOWN = 8
PARTICIPLES = frozenset(
    [
        *("asked", "chosen", "found", "gone", "held", "kept", "known", "made"),
        *("meant", "met", "named", "said", "shown", "taken", "told", "wanted"),
    ]
)
#: Comments that speak to a tool, and lines drawn between the parts of a file.
NO_REASON = re.compile(r"#\s*(noqa|type:|fmt:|pragma|-{3})")
FunctionDef: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Figures: TypeAlias = dict[str, float]


# --- what a file consists of ------------------------------------------------------------


@dataclass(frozen=True)
class Function:
    """A function, where it begins, and the syntax nodes of its body."""

    place: str
    nodes: int


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(text_of(path))))


def functions(path: Path) -> Iterator[Function]:
    """All functions of a file, those within others too."""
    place = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    for node in nodes_of(path):
        if isinstance(node, FunctionDef):
            yield Function(f"{place}:{node.lineno} {node.name}", _density(node))


def _density(function: FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    walked = (node for statement in body for node in ast.walk(statement))
    return sum(not isinstance(node, ast.expr_context) for node in walked)


def comments(path: Path) -> int:
    """Comments of a file that give a reason, in lines."""
    tokens = tokenize.generate_tokens(io.StringIO(text_of(path)).readline)
    return sum(token.type == tokenize.COMMENT and not NO_REASON.match(token.string) for token in tokens)


def lines(path: Path) -> int:
    """Lines of a file that are not blank."""
    return sum(bool(line.strip()) for line in text_of(path).splitlines())


def names(path: Path) -> list[str]:
    """The variables that a file assigns, each as often as it does, those of loops included."""
    return [
        node.id for node in nodes_of(path) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]


def participles(path: Path) -> int:
    """Assigned variables of a file that are participles."""
    return sum(name.strip("_") in PARTICIPLES for name in names(path))


# --- what is measured ------------------------------------------------------------


@dataclass(frozen=True)
class Measure:
    """A number of the whole package.

    Attributes:
        goal: what it is to reach.
        rises: whether more is better.
        worst: names where it is worst, for whoever is to make it better.
    """

    name: str
    meaning: str
    goal: float
    of: Callable[[Sequence[Path]], float]
    worst: Callable[[Sequence[Path]], list[str]]
    rises: bool = False

    def is_worse(self, value: float, kept: float) -> bool:
        """Whether a value is further from the goal than the one that was kept, and misses it."""
        return self.goal > value < kept if self.rises else self.goal < value > kept


def _all_nodes(paths: Iterable[Path]) -> list[int]:
    return [function.nodes for path in paths for function in functions(path)]


def densest(paths: Iterable[Path], number: int = SHOWN) -> list[str]:
    """The functions with the most syntax nodes."""
    every = [function for path in paths for function in functions(path)]
    every.sort(key=lambda function: -function.nodes)
    return [f"{function.nodes:5}  {function.place}" for function in every[:number]]


def _files_by(weight: Callable[[Path], int], paths: Iterable[Path]) -> list[str]:
    weights = Counter({path: weight(path) for path in paths})
    return [f"{weight:5}  {path.relative_to(ROOT)}" for path, weight in weights.most_common(SHOWN)]


MEASURES = (
    Measure(
        "nodes_median",
        "syntax nodes of the median function",
        25,
        lambda paths: statistics.median(_all_nodes(paths)),
        densest,
    ),
    Measure(
        "nodes_p90",
        "syntax nodes that nine functions in ten do not exceed",
        75,
        lambda paths: statistics.quantiles(_all_nodes(paths), n=10)[-1],
        densest,
    ),
    Measure(
        "functions_above_ceiling",
        f"functions of more than {CEILING} syntax nodes",
        0,
        lambda paths: sum(nodes > CEILING for nodes in _all_nodes(paths)),
        densest,
    ),
    Measure(
        "comments",
        "comments with a reason in a hundred lines",
        2.5,
        lambda paths: 100 * sum(map(comments, paths)) / sum(map(lines, paths)),
        lambda paths: _files_by(lambda path: lines(path) * (not comments(path)), paths),
        rises=True,
    ),
    Measure(
        "participles",
        "variables in a hundred that are named by a participle",
        1,
        lambda paths: 100 * sum(map(participles, paths)) / sum(len(names(path)) for path in paths),
        lambda paths: _files_by(participles, paths),
    ),
)


# --- the ratchet ------------------------------------------------------------


def figures(paths: Sequence[Path]) -> Figures:
    """All measures of some files together, to one decimal."""
    return {measure.name: round(measure.of(paths), 1) for measure in MEASURES}


def kept_figures() -> Figures:
    """The figures that must not get worse."""
    kept: Figures = tomllib.loads(text_of(PYPROJECT))["tool"]["volunteer"]["density"]
    return kept


def complaints(now: Figures, kept: Figures, paths: Sequence[Path]) -> list[str]:
    """What got worse, and where to look."""
    return [
        "\n".join(
            (
                f"{measure.name} was {kept[measure.name]:g} and is {now[measure.name]:g}: {measure.meaning}.",
                *measure.worst(paths),
            )
        )
        for measure in MEASURES
        if measure.is_worse(now[measure.name], kept[measure.name])
    ]


def write(now: Figures) -> None:
    """Keep the figures in pyproject.toml."""
    text = text_of(PYPROJECT)
    for name, value in now.items():
        text = re.sub(rf"^{name} = .*$", f"{name} = {value:g}", text, flags=re.MULTILINE)
    PYPROJECT.write_text(text, encoding="utf-8")


def main(words: list[str]) -> None:
    paths = sorted(PACKAGE.rglob("*.py"))
    if chosen := [Path(word).resolve() for word in words if not word.startswith("-")]:
        files = [file for path in chosen for file in ([path] if path.is_file() else path.rglob("*.py"))]
        print(*densest(files, 20), sep="\n")
        return
    now, kept = figures(paths), kept_figures()
    for measure in MEASURES:
        print(
            f"{measure.name:<24} {now[measure.name]:>6g}   kept {kept[measure.name]:g}, goal {measure.goal:g}"
        )
    if worse := complaints(now, kept, paths):
        raise SystemExit("\n\n".join(worse))
    if "--write" in words:
        write(now)


if __name__ == "__main__":
    main(sys.argv[1:])
