"""Personal data as it is shown to those who gave no reason to see it."""

from __future__ import annotations

import re


def mask_phone(phone: str) -> str:
    """The ends of a stored phone number: 138****5678, 0531****0001."""
    match = re.fullmatch(r"(010|02\d|0\d{3}|\+?\d{1,3})\d+(\d{4})", phone)
    return f"{match[1]}****{match[2]}" if match else "****"


def mask_id_number(id_number: str) -> str:
    """The ends of an identity number: 3701**********1234."""
    return f"{id_number[:4]}**********{id_number[-4:]}" if len(id_number) == 18 else "*" * len(id_number)


def mask_name(name: str) -> str:
    """The first character of a name and two stars, whatever its length: 张**."""
    return f"{name[:1]}**" if name else ""
