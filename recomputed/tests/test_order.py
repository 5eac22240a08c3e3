"""Files that have slow tests are run first."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from synthetic.order import pytest_collection_modifyitems


def test_files_with_slow_tests_come_first_and_stay_whole() -> None:
    def item(file: str, name: str, slow: bool) -> Any:
        return SimpleNamespace(path=Path(file), name=name, get_closest_marker=lambda _: slow or None)

    items = [item("a", "1", False), item("b", "2", False), item("b", "3", True), item("c", "4", True)]
    pytest_collection_modifyitems(items)
    assert ["2", "3", "4", "1"] == [one.name for one in items]
