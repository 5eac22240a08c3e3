"""Codes for the names of private records, in an order that does not tell who is who.

`salt.txt` beside the records, which may be left out, is a secret from which the order is derived.
"""

import hmac
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, pairwise
from pathlib import Path

from recomputed.faults import Fault, InputError
from recomputed.tables.load import shown_as
from recomputed.tables.records import Table
from recomputed.text_files import read_text

SALT = "salt.txt"
SHORTEST_SALT = 16

Size = Callable[[str], Fraction]
"""Of a name: what an order must not follow either, as an income."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The code of each name, and in words how the codes were given."""

    case: Mapping[str, str]
    given_by: str


def read_salt(folder: Path) -> str | None:
    """The secret in `salt.txt`, or `None` without that file. Raises `InputError` if it is short or no text."""
    file = f"{shown_as(folder)}/{SALT}"
    expected = f"a secret of at least {SHORTEST_SALT} characters, as UTF-8 text"
    try:
        salt = read_text(folder / SALT, file).strip()
    except InputError:  # whose words would show a part of the secret
        if not os.path.lexists(folder / SALT):
            return None
        raise InputError(Fault(file, expected, "no text that can be read")) from None
    if len(salt) < SHORTEST_SALT:
        raise InputError(Fault(file, expected, f"{len(salt)} characters"))
    return salt


def give_codes(named: Table, size: Size, salt: str | None, prefix: str) -> Codes:
    """`prefix` and 1, 2, … to the keys of a table, in an order that tells neither the alphabet's nor that of `size`.

    With a salt, in the order of the HMAC-SHA-256 of the names, keyed with it: whoever does not know the salt
    cannot find a name by trying. Without, in the order of the file. An order that is sorted either way
    is passed over (with a salt) or refused by `InputError` (without). Two names cannot but be sorted.
    """
    names = [row.key for row in named.rows]
    given_by = "in the order of the researcher's own list"
    if salt is not None:
        orders = (sorted(names, key=lambda name: _keyed(salt, f"{turn}:{name}")) for turn in count())
        names = next(order for order in orders if not is_telling(order, size))
        given_by = "in the order of a keyed hash of the names, whose key is kept secret"
    elif is_telling(names, size):
        expected = f"an order that follows neither the alphabet nor the size, or a secret in {SALT}"
        found = "a sorted list, whose codes would tell who is who"
        raise InputError(Fault(named.file, expected, found))
    return Codes({name: f"{prefix}{number}" for number, name in enumerate(names, start=1)}, given_by)


def is_telling(names: Sequence[str], size: Size) -> bool:
    """Whether three or more names stand in the order of the alphabet or of their size, up or down."""
    folded, sizes = [name.casefold() for name in names], list(map(size, names))
    return len(names) > 2 and (_is_sorted(folded) or _is_sorted(sizes))


def _is_sorted(values: Sequence[str] | Sequence[Fraction]) -> bool:
    pairs = list(pairwise(values))
    return all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs)  # type: ignore[operator]


def _keyed(salt: str, text: str) -> bytes:
    return hmac.digest(salt.encode(), text.encode(), "sha256")
