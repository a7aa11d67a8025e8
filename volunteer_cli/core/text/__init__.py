"""What people write about themselves and about things: cleaned, read, compared and masked.

Pure functions, used by commands and by million-row imports alike: what is read once is remembered.
"""

from volunteer_cli.core.masking import is_long_number, mask_digits, mask_id_number, mask_name, mask_phone
from volunteer_cli.core.text.addresses import (
    Address,
    is_door,
    parse_address,
    parse_place,
    place_number,
    plain_number,
)
from volunteer_cli.core.text.cleaning import (
    clean,
    clean_name,
    did_you_mean,
    folded,
    is_same,
    kept,
    name_key,
    required,
    searched,
    split_list,
)
from volunteer_cli.core.text.identity import (
    birth_of_id,
    parse_id_number,
    sex_of_id,
)
from volunteer_cli.core.text.names import pinyin_of
from volunteer_cli.core.text.phones import parse_phone, parse_phones
from volunteer_cli.core.text.quantities import parse_item, parse_quantity, parse_yuan

__all__ = [
    "Address",
    "birth_of_id",
    "clean",
    "clean_name",
    "did_you_mean",
    "folded",
    "is_door",
    "is_long_number",
    "is_same",
    "kept",
    "mask_digits",
    "mask_id_number",
    "mask_name",
    "mask_phone",
    "name_key",
    "parse_address",
    "parse_id_number",
    "parse_item",
    "parse_phone",
    "parse_phones",
    "parse_place",
    "parse_quantity",
    "parse_yuan",
    "pinyin_of",
    "place_number",
    "plain_number",
    "required",
    "searched",
    "sex_of_id",
    "split_list",
]
