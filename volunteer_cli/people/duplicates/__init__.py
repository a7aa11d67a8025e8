"""Which records may be one person's, by record linkage: blocking, comparison, weights.

The libraries that compare are heavy: what uses them is imported when pairs are looked for, never before.
"""

from __future__ import annotations

from volunteer_cli.people.duplicates.pairs import (
    Pair,
    SamePerson,
    dismiss,
    duplicate_pairs,
    near,
    pairs_of,
    resembling,
)

__all__ = ["Pair", "SamePerson", "dismiss", "duplicate_pairs", "near", "pairs_of", "resembling"]
