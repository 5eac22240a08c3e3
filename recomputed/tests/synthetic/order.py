"""The order of tests: files that have slow ones first, so that no worker ends with one while others have nothing."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by that alone; else the order stays."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
