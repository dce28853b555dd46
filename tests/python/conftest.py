"""Fixtures of the Python tests; tests of the package are skipped (CI: fail) if it is not built."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDS_PACKAGE = {
    "test_card.py",
    "test_notebooks.py",
    "test_run.py",
    "test_scenario.py",
    "test_tables.py",
}
HAS_PACKAGE = importlib.util.find_spec("jiahe") is not None

if not HAS_PACKAGE and not os.environ.get("CI"):
    collect_ignore = sorted(NEEDS_PACKAGE)


def pytest_report_header() -> str:
    if HAS_PACKAGE:
        return f"jiahe: {importlib.util.find_spec('jiahe').origin}"  # type: ignore[union-attr]
    return (
        "skipped: tests of the package jiahe, which is not built (PYTHONPATH=build/release/python)"
    )


@pytest.fixture(scope="session")
def town() -> Path:
    """A scenario that runs in less than a second."""
    return ROOT / "scenarios" / "town" / "morning.yaml"


@pytest.fixture(scope="session")
def town_run(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    import jiahe

    out = tmp_path_factory.mktemp("town") / "run"
    yield jiahe.run(town, out=out, progress=False)
