"""Records are those that they are said to be: a table whose description has a `hash` has the bytes of that hash.

The Data Package standard has it: `sha256:…`, or an MD5 alone. It is for records that come from elsewhere, where no
claim tells a changed cell.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from recomputed.faults import Fault
from recomputed.tables.descriptor import DESCRIPTOR
from recomputed.text_files import read_json

ALGORITHMS = {name for name in hashlib.algorithms_guaranteed if not name.startswith("shake")}


def changed_records(data: Path) -> Iterator[Fault]:
    """A fault for each table of a data directory, whose description is in order, that has not the bytes of its hash."""
    for resource in read_json(data / DESCRIPTOR, f"data/{DESCRIPTOR}")["resources"]:
        if stated := resource.get("hash"):
            algorithm, _, _ = str(stated).rpartition(":")
            if (algorithm or "md5") not in ALGORITHMS:
                yield Fault(
                    f"data/{DESCRIPTOR}", "an algorithm such as sha256", repr(algorithm), column="hash"
                )
                continue
            content = (data / resource["path"]).read_bytes()
            found = hashlib.new(algorithm or "md5", content, usedforsecurity=False).hexdigest()
            if found != str(stated)[len(algorithm) :].lstrip(":").lower():
                told = f"{algorithm}:{found}" if algorithm else found
                expected = f"the file whose hash data/{DESCRIPTOR} states, {stated}"
                yield Fault(f"data/{resource['path']}", expected, told)
