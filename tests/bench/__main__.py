"""`python -m tests.bench [NAME…]`: measure, and print one table."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from importlib import import_module
from pathlib import Path

from tabulate import tabulate

from .context import Context, note
from .data import Databases
from .installed import install, machine
from .measure import MOST_ROUNDS, Result

HEADINGS = ("What", "Verdict", "Ours", "Beside it", "Ratio", "Allowed", "Prize")
HERE = Path(__file__).resolve().parent


def names() -> list[str]:
    """The benchmarks there are: `house` for `bench_house.py`."""
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def results(chosen: Sequence[str], context: Context) -> Iterator[Result]:
    """Measure benchmark after benchmark; one that cannot go on is a line too."""
    for name in chosen:
        try:
            for result in import_module(f"tests.bench.bench_{name}").benchmarks(context):
                note(
                    f"  {name}: {result.what}: {result.ratio or result.measured or result.beside} {result.verdict}"
                )
                yield result
        except Exception as error:  # noqa: BLE001 - the other benchmarks go on
            note(f"  {name}: {error}")
            yield Result(f"{name}: the rest", "FAILED", beside=str(error).splitlines()[0][:80])


def table(found: Sequence[Result], *, markdown: bool) -> str:
    """The results as a table for the terminal or for the README, with the machine under it."""
    style = "github" if markdown else "simple"
    printed = tabulate([astuple(result) for result in found], HEADINGS, tablefmt=style, disable_numparse=True)
    return f"{printed}\n\n{machine()}"


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names())}; default all")
    parser.add_argument("--small", action="store_true", help="tiny data and one round: does it run at all")
    parser.add_argument("--markdown", action="store_true", help="print the table for the README")
    parser.add_argument("--clock", choices=("cpu", "wall"), default="cpu")
    parser.add_argument("--folder", type=Path, help="keep the big databases here, for the next run")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(names()):
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(names())}")
    return asked


def main() -> int:
    """Run the benchmarks; the code is 1 when one could not be run."""
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary)
        note("Building the wheel and installing it")
        installed = install(folder)
        databases = Databases(asked.folder or folder, installed, small=asked.small)
        context = Context(
            clock=asked.clock,
            rounds=1 if asked.small else MOST_ROUNDS,
            small=asked.small,
            installed=installed,
            folder=folder,
            databases=databases,
        )
        found = list(results(asked.names or names(), context))
    print(table(found, markdown=asked.markdown))
    return int(any(result.verdict == "FAILED" for result in found))


if __name__ == "__main__":
    raise SystemExit(main())
