"""The jiahe program under test: JIAHE_BIN or JIAHE_PROGRAM, else build/release/bin/jiahe."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def program() -> Path:
    """The jiahe program, or a skip (a failure in CI) where it is not built."""
    named = os.environ.get("JIAHE_BIN") or os.environ.get("JIAHE_PROGRAM")
    path = Path(named) if named else ROOT / "build" / "release" / "bin" / "jiahe"
    path = path if path.is_absolute() else ROOT / path
    if not path.is_file():
        reason = f"the jiahe program is not built: {path}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path
