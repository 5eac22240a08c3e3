"""What the command `anonymise` does with this paper's private records: cases for names, an index for money, ranges
for sessions.
"""

import json
import sys
from pathlib import Path
from typing import Any, cast

from recomputed import paths
from recomputed.faults import CheckFailed, Fault, InputError


def anonymise(private: Path, out: Path, threshold: int) -> None:
    """Write a shareable data directory to `out`, whole or not at all.

    `private` holds businesses.csv, turnover.csv and sessions.csv, and may hold salt.txt, a secret from which the
    case codes are derived; `threshold` is the fewest sessions or months behind a figure. Raises InputError for
    records that do not validate, CheckFailed where the release would tell too much.
    """
    from analysis.anonymise.disclosure import disclosures
    from analysis.anonymise.private import give_codes, load_private, read_salt
    from analysis.anonymise.release import anonymise as release_of
    from analysis.anonymise.release import release_files
    from recomputed.tables.load import load
    from recomputed.tables.properties import read_json
    from recomputed.typeset.atomic import whole

    records = load_private(private)
    _refuse_unsafe(out, private)
    codes = give_codes(records, read_salt(private))
    release = release_of(records, codes, threshold)
    description = paths.DATA / "datapackage.json"
    public = cast("dict[str, Any]", read_json(description, "data/datapackage.json"))
    with whole(out) as new:
        for name, text in release_files(release, public).items():
            (new / name).write_text(text, encoding="utf-8", newline="\n")
        said = json.dumps(public, ensure_ascii=False, default=float)
        faults = disclosures(new, load(new), records, codes.case, threshold, said)
        if faults:
            raise CheckFailed("\n".join(map(str, faults)))
    for cell in release.left_out:
        print(f"left out, for want of {threshold} records: {cell}", file=sys.stderr)
    rows = sum(len(table) for name, table in release.tables.items() if name != "cases")
    print(f"{out}: {len(codes.case)} cases, {rows} figures; codes {codes.given_by}.")


def _refuse_unsafe(out: Path, private: Path) -> None:
    """Never inside the private records or around them, and never over anything but an earlier release."""
    from analysis.anonymise.release import NAME
    from recomputed.tables.properties import read_json

    target, source = out.resolve(), private.resolve()
    if target.is_relative_to(source) or source.is_relative_to(target):
        raise InputError(Fault("--out", "a directory apart from the private records", str(out)))
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    try:
        earlier = read_json(out / "datapackage.json", "datapackage.json")
    except InputError:
        earlier = None
    if not isinstance(earlier, dict) or earlier.get("name") != NAME:
        raise InputError(Fault("--out", "a new directory, an empty one or an earlier release", str(out)))
