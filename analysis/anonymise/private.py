"""Private records, as the researcher keeps them: loaded and validated, and the codes that replace the names.

`private.json` describes the three files in the same terms as `data/datapackage.json`: `businesses.csv` (who
they are), `turnover.csv` (rupiah a month), `sessions.csv` (an hour of a live session a row). A fourth file is
optional: `salt.txt`, a secret from which the codes are derived.
"""

import hmac
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, pairwise
from pathlib import Path

from recomputed.faults import Fault, InputError
from recomputed.tables.descriptor import package_from
from recomputed.tables.load import load_as, shown_as
from recomputed.tables.records import Row, Tables
from recomputed.text_files import read_json, read_text

DESCRIPTION = Path(__file__).with_name("private.json")
SALT = "salt.txt"
SHORTEST_SALT = 16


@dataclass(frozen=True, slots=True)
class Codes:
    """Case code of each business, and in words how the codes were given."""

    case: Mapping[str, str]
    given_by: str


def load_private(folder: Path) -> Tables:
    """The three private tables in `folder`. Raises `InputError` with every fault, as for `data/`."""
    if not folder.is_dir():
        raise InputError(Fault(shown_as(folder), "a directory of private records", "no such directory"))
    return load_as(package_from(read_json(DESCRIPTION, DESCRIPTION.name), DESCRIPTION.name), folder)


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


def give_codes(private: Tables, salt: str | None) -> Codes:
    """K1, K2, … to the businesses, in an order that tells neither the alphabet's nor that of their turnover.

    With a salt, in the order of the HMAC-SHA-256 of the names, keyed with it: whoever does not know the salt
    cannot find a name by trying. Without, in the order of `businesses.csv`. An order that is sorted either way
    is passed over (with a salt) or refused by `InputError` (without). Two businesses cannot but be sorted.
    """
    businesses = private["businesses"].column("business")
    if salt is None:
        if is_telling(businesses, private):
            raise InputError(
                Fault(
                    private["businesses"].file,
                    f"an order that is neither the alphabet's nor that of turnover, or a secret in {SALT}",
                    "a sorted list, whose codes would tell who is who",
                )
            )
        return Codes(_numbered(businesses), "in the order of the researcher's own list")
    orders = (sorted(businesses, key=lambda name: _keyed(salt, f"{turn}:{name}")) for turn in count())
    order = next(order for order in orders if not is_telling(order, private))
    return Codes(_numbered(order), "in the order of a keyed hash of the names, whose key is kept secret")


def is_telling(businesses: Sequence[str], private: Tables) -> bool:
    """Whether three or more businesses stand in the order of the alphabet or of turnover, up or down."""
    names = [name.casefold() for name in businesses]
    sizes = [mean_turnover(private["turnover"].where(business=name)) for name in businesses]
    return len(names) > 2 and (_is_sorted(names) or _is_sorted(sizes))


def mean_turnover(rows: Sequence[Row]) -> Fraction:
    """The mean amount of these months, in rupiah; 0 for none."""
    amounts = [Fraction(amount) for row in rows if (amount := row.decimal("amount")) is not None]
    return sum(amounts, Fraction(0)) / max(len(amounts), 1)


def _is_sorted(values: Sequence[str] | Sequence[Fraction]) -> bool:
    pairs = list(pairwise(values))
    return all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs)  # type: ignore[operator]


def _numbered(businesses: Sequence[str]) -> dict[str, str]:
    return {name: f"K{number}" for number, name in enumerate(businesses, start=1)}


def _keyed(salt: str, text: str) -> bytes:
    return hmac.digest(salt.encode(), text.encode(), "sha256")
