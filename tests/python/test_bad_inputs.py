"""Every checked-in bad input ends with the exit code and the messages written beside it.

A case is tests/bad/FOLDER/NAME.yaml with NAME.expected: line 1 `exit N`, then the first lines of
stderr exactly, with paths relative to the repository's root, where the program runs. A first line
`# args: --data tests/bad/data` in the YAML adds arguments. No other error may be reported.
The program is found by JIAHE_BIN or JIAHE_PROGRAM, else build/release/bin/jiahe.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "tests" / "bad").glob("*/*.yaml"))
TIME_LIMIT_S = 60


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


def extra_arguments(case: Path) -> list[str]:
    first_line = case.read_bytes().split(b"\n", 1)[0].decode("utf-8", "replace")
    return shlex.split(first_line[7:]) if first_line.startswith("# args:") else []


def test_there_are_at_least_40_bad_inputs_each_with_its_expectation() -> None:
    assert len(CASES) >= 40
    assert [case for case in CASES if not case.with_suffix(".expected").is_file()] == []


@pytest.mark.parametrize("case", CASES, ids=[f"{c.parent.name}/{c.stem}" for c in CASES])
def test_a_bad_input_ends_with_its_code_and_place(case: Path) -> None:
    expected = case.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    result = subprocess.run(
        [str(program()), "check", str(case.relative_to(ROOT)), *extra_arguments(case)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=TIME_LIMIT_S,
        check=False,
    )
    lines = result.stderr.splitlines()
    wanted = expected[1:]
    assert lines[: len(wanted)] == wanted
    assert [line for line in lines[len(wanted) :] if "error[" in line] == []
    assert f"exit {result.returncode}" == expected[0]
