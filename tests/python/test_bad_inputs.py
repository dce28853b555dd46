"""Every checked-in bad input ends with the exit code and the messages written beside it.

A case is tests/bad/FOLDER/NAME.yaml (a scenario, read by `jiahe check`) or tests/bad/routing/NAME.*
(an instance, read by `jiahe route`) with NAME.expected: line 1 `exit N`, then the first lines of
stderr exactly, with paths relative to the repository's root, where the program runs. A first line
`# args: --data tests/bad/data` in the YAML adds arguments. No other error may be reported.
"""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest
from jiahe_program import program

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted(
    path for path in (ROOT / "tests" / "bad").glob("*/*.yaml") if path.parent.name != "layers"
)
INSTANCES = sorted(
    path for path in (ROOT / "tests" / "bad" / "routing").iterdir() if path.suffix != ".expected"
)
TIME_LIMIT_S = 60


def extra_arguments(case: Path) -> list[str]:
    first_line = case.read_bytes().split(b"\n", 1)[0].decode("utf-8", "replace")
    return shlex.split(first_line[7:]) if first_line.startswith("# args:") else []


def test_there_are_at_least_40_bad_inputs_each_with_its_expectation() -> None:
    assert len(CASES) >= 40
    assert [case for case in CASES if not case.with_suffix(".expected").is_file()] == []


def check_outcome(command: str, case: Path, arguments: list[str]) -> None:
    expected = case.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    result = subprocess.run(
        [str(program()), command, str(case.relative_to(ROOT)), *arguments],
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


@pytest.mark.parametrize("case", CASES, ids=[f"{c.parent.name}/{c.stem}" for c in CASES])
def test_a_bad_input_ends_with_its_code_and_place(case: Path) -> None:
    check_outcome("check", case, extra_arguments(case))


@pytest.mark.parametrize("case", INSTANCES, ids=[c.stem for c in INSTANCES])
def test_a_bad_instance_ends_with_its_code_and_place(case: Path) -> None:
    check_outcome("route", case, ["--iterations", "0"])


def test_a_route_is_printed_checked_written_and_read_again(tmp_path: Path) -> None:
    lines = ["NAME : four", "TYPE : CVRP", "DIMENSION : 5", "EDGE_WEIGHT_TYPE : EUC_2D"]
    lines += ["CAPACITY : 2", "NODE_COORD_SECTION", "1 0 0", "2 10 0", "3 -10 0", "4 0 10"]
    lines += ["5 0 -10", "DEMAND_SECTION", "1 0", "2 1", "3 1", "4 1", "5 1", "DEPOT_SECTION", "1"]
    instance = tmp_path / "four.vrp"
    instance.write_text("\n".join(lines))
    (tmp_path / "four.sol").write_text("Cost 64\n")

    def route(*arguments: str) -> list[str]:
        command = [str(program()), "route", str(instance), *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=TIME_LIMIT_S, check=True
        ).stdout.split()

    # Two tours of 10 + 14 + 10: the sheet's oracle for the nearest whole number.
    out = str(tmp_path / "plan.sol")
    found = route("--iterations", "1000", "--seed", "3", "--threads", "2", "--out", out)
    assert found[:4] == ["cost", "68", "feasible", "yes"]
    assert found[6:] == ["gap", "6.250", "%", "of", "64"]
    assert route("--check", out)[:4] == ["cost", "68", "feasible", "yes"]
    assert route("--rounding", "exact", "--iterations", "10")[1] == "68.28"
