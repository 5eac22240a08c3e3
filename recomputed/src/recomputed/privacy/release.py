"""A release: private records made shareable as a paper's own recipe says, looked at with other eyes, and written.

The paper's module that `anonymise` of `paper.toml` names has a `RECIPE`. The private records are described in the terms
of `data/datapackage.json`; a column that nobody else may read says what it holds: `"secret": "text"`, `"phone"` or
`"amount"`.
"""

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any, cast

from recomputed import paths
from recomputed.faults import CheckFailed, Fault, InputError
from recomputed.privacy.codes import Codes, give_codes, read_salt
from recomputed.tables.descriptor import DESCRIPTOR, package_from
from recomputed.tables.load import load, load_as, shown_as
from recomputed.tables.records import Row, Tables
from recomputed.text_files import read_json

Cells = dict[str, str]
CASES = "cases"


@dataclass(frozen=True, slots=True)
class Release:
    """What may be shared: rows by table, how the cases were coded, and which cells were left out and why."""

    tables: Mapping[str, Sequence[Cells]]
    codes: Codes
    threshold: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a paper makes its private records shareable.

    `described` is the description of the records, `named` the table whose key names who they are about, `size` what the
    order of the codes must not follow, `make` what makes the release, `behind` how many records of one of them a row of
    it rests on. Units and values of `withheld` are in no release; nor is text that a pattern of `looks` finds.
    """

    name: str
    title: str
    description: str
    """Of the release, with the places `{given_by}` and `{threshold}`."""
    described: Path
    named: str
    size: Callable[[Tables, str], Fraction]
    make: Callable[[Tables, Codes, int], Release]
    behind: Callable[[Row, Tables, str], int]
    prefix: str = "K"
    withheld: frozenset[str] = frozenset()
    looks: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    def load(self, folder: Path) -> Tables:
        """The private tables in `folder`. Raises `InputError` with every fault, as for `data/`."""
        if not folder.is_dir():
            raise InputError(Fault(shown_as(folder), "a directory of private records", "no such directory"))
        file = self.described.name
        return load_as(package_from(read_json(self.described, file), file), folder)

    def codes(self, private: Tables, salt: str | None) -> Codes:
        """A code for each name."""
        return give_codes(private[self.named], lambda name: self.size(private, name), salt, self.prefix)


def anonymise(recipe: Recipe, private: Path, out: Path, threshold: int) -> None:
    """Write a shareable data directory to `out`, whole or not at all.

    `threshold` is the fewest records behind a figure. Raises InputError for records that do not validate, CheckFailed
    where the release would tell too much.
    """
    from recomputed.atomic import whole
    from recomputed.privacy import disclosure

    records = recipe.load(private)
    _refuse_unsafe(recipe, out, private)
    codes = recipe.codes(records, read_salt(private))
    release = recipe.make(records, codes, threshold)
    public = cast("dict[str, Any]", read_json(paths.DATA / DESCRIPTOR, f"data/{DESCRIPTOR}"))
    with whole(out) as new:
        for name, text in release_files(recipe, release, public).items():
            (new / name).write_text(text, encoding="utf-8", newline="\n")
        said = json.dumps(public, ensure_ascii=False, default=float)
        faults = disclosure.disclosures(recipe, new, load(new), records, codes.case, threshold, said)
        if faults:
            raise CheckFailed("\n".join(map(str, faults)))
    for cell in release.left_out:
        print(f"left out, for want of {threshold} records: {cell}", file=sys.stderr)
    rows = sum(len(table) for name, table in release.tables.items() if name != CASES)
    print(f"{out}: {len(codes.case)} cases, {rows} figures; codes {codes.given_by}.")


def outward(figures: Iterable[Fraction], step: int) -> tuple[int, int]:
    """The range of figures, its ends moved outward to multiples of a step, and two of them, so that neither end is a
    figure's own."""
    told = list(figures)
    low, high = floor(min(told) / step) * step, ceil(max(told) / step) * step
    return low, high if high > low else low + step


def rounded(figure: Fraction, step: int) -> int:
    """The nearest multiple of a step; halfway, the even multiple."""
    return round(figure / step) * step


def release_files(recipe: Recipe, release: Release, public: Mapping[str, Any]) -> dict[str, str]:
    """The text of each file of the release, by name; `public` is the description of the paper's own data."""
    about = recipe.description.format(given_by=release.codes.given_by, threshold=release.threshold)
    descriptor = {
        "name": recipe.name,
        "title": recipe.title,
        "description": about,
        "profile": "tabular-data-package",
        "licenses": public.get("licenses", []),
        "units": {name: unit for name, unit in public["units"].items() if name not in recipe.withheld},
        "resources": _described(recipe, release, public),
    }
    files = {DESCRIPTOR: json.dumps(descriptor, ensure_ascii=False, indent=2, default=float) + "\n"}
    for resource in descriptor["resources"]:
        text = io.StringIO()
        columns = [field["name"] for field in resource["schema"]["fields"]]
        writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(release.tables[resource["name"]])
        files[resource["path"]] = text.getvalue()
    return files


def _described(recipe: Recipe, release: Release, public: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The paper's own tables that the release has, each list of allowed values with those that it holds too."""
    resources = [deepcopy(one) for one in public["resources"] if one["name"] in release.tables]
    for resource in resources:
        rows, keys = release.tables[resource["name"]], resource["schema"].get("foreignKeys", [])
        resource["schema"]["foreignKeys"] = [
            key for key in keys if key["reference"]["resource"] in ("", *release.tables)
        ]
        for column in resource["schema"]["fields"]:
            if allowed := column.get("constraints", {}).get("enum", []):
                present = sorted(row[column["name"]] for row in rows if row.get(column["name"]))
                kept = [value for value in allowed if value not in recipe.withheld]
                column["constraints"]["enum"] = list(dict.fromkeys([*kept, *present]))
    return resources


def _refuse_unsafe(recipe: Recipe, out: Path, private: Path) -> None:
    """Never inside the private records or around them, and never over anything but an earlier release."""
    target, source = out.resolve(), private.resolve()
    if target.is_relative_to(source) or source.is_relative_to(target):
        raise InputError(Fault("--out", "a directory apart from the private records", str(out)))
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    try:
        earlier = read_json(out / DESCRIPTOR, DESCRIPTOR)
    except InputError:
        earlier = None
    if not isinstance(earlier, dict) or earlier.get("name") != recipe.name:
        raise InputError(Fault("--out", "a new directory, an empty one or an earlier release", str(out)))
