"""Whatever stands in the files, loading gives tables or `InputError`; any other exception is a bug."""

import copy
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from recomputed.faults import InputError
from recomputed.tables.load import Tables, load
from synthetic.packages import STAFF, SYNTHETIC, write_package

PLAIN = STAFF.encode()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(tree: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value in a description."""
    yield steps
    if isinstance(tree, dict | list):
        for step, inner in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from places(inner, (*steps, step))


PLACES = list(places(SYNTHETIC))[1:]


def outcome(description: bytes | None = None, **files: Any) -> Tables | InputError:
    """What loading a synthetic package gives; an error without a fault is a bug too."""
    with tempfile.TemporaryDirectory() as folder:
        package = write_package(Path(folder), **files)
        if description is not None:
            (package / "datapackage.json").write_bytes(description)
        try:
            return load(package)
        except InputError as error:
            if not error.faults:
                raise AssertionError("an error without a fault") from error
            return error


@given(st.binary(max_size=200))
def test_any_bytes_as_a_table(content: bytes) -> None:
    assert isinstance(outcome(staff=content), InputError)


@given(st.integers(0, len(PLAIN) - 1), st.integers(0, 255))
def test_any_flipped_byte(position: int, byte: int) -> None:
    """A changed byte is refused, or is one that the tables show: never passed over in silence."""
    content = PLAIN[:position] + bytes([byte]) + PLAIN[position + 1 :]
    loaded = outcome(staff=content)
    if isinstance(loaded, Tables):
        table = loaded["synthetic-staff"]
        lines = [table.columns, *([row[name] for name in table.columns] for row in table.rows)]
        shown = "\n".join(",".join(line) for line in lines)
        written = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removeprefix(b"\xef\xbb\xbf")
        assert shown.encode() == written.removesuffix(b"\n") or b'"' in content


@given(st.binary(max_size=60) | JSON.map(lambda tree: json.dumps(tree).encode()))
def test_any_bytes_as_a_description(content: bytes) -> None:
    assert isinstance(outcome(description=content), InputError)


@settings(max_examples=400)
@given(st.sampled_from(PLACES), JSON)
def test_any_value_at_any_place_of_the_description(steps: tuple[str | int, ...], value: object) -> None:
    tree = copy.deepcopy(SYNTHETIC)
    place: Any = tree
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = value
    assert isinstance(outcome(descriptor=tree), Tables | InputError)


@given(st.text(max_size=300))
def test_any_path_in_the_description(path: str) -> None:
    tree = copy.deepcopy(SYNTHETIC)
    tree["resources"][1]["path"] = path
    loaded = outcome(descriptor=tree)
    assert isinstance(loaded, InputError) or Path(path) == Path("synthetic-staff.csv")
