"""`jiahe assign`: what it prints and writes, and how it refuses bad input."""

from __future__ import annotations

import csv
import re
import subprocess
from pathlib import Path

import pytest
from test_bad_inputs import program

HEAD = "<NUMBER OF ZONES> 2\n<NUMBER OF NODES> 4\n<FIRST THRU NODE> 1\n<NUMBER OF LINKS> 5\n"
BRAESS = (
    HEAD
    + """<END OF METADATA>
~ init term capacity length fft b power speed toll type ;
1 3 1 100 0.00000001 1000000000 1 0 0 1 ;
1 4 1 100 50 0.02 1 0 0 1 ;
3 2 1 100 50 0.02 1 0 0 1 ;
3 4 1 100 10 0.1 1 0 13 1 ;
4 2 1 100 0.00000001 1000000000 1 0 0 1 ;
"""
)
TRIPS = "<NUMBER OF ZONES> 2\n<END OF METADATA>\nOrigin 1\n 2 : 6.0; 1 : 2.5;\n"


@pytest.fixture
def braess(tmp_path: Path) -> Path:
    (tmp_path / "Braess_trips.tntp").write_text(TRIPS)
    path = tmp_path / "Braess_net.tntp"
    path.write_text(BRAESS)
    return path


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [str(program()), "assign", *(str(a) for a in arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def value(output: str, name: str) -> float:
    found = re.search(rf"^{name} (\S+)$", output, re.MULTILINE)
    assert found is not None, output
    return float(found.group(1))


def test_the_equilibrium_is_printed_and_written(braess: Path, tmp_path: Path) -> None:
    out = tmp_path / "flows.csv"
    result = run(braess, "--gap", "1e-10", "--out", out, "--threads", 2)
    assert result.returncode == 0, result.stderr
    assert value(result.stdout, "objective") == pytest.approx(386, rel=1e-8)
    assert value(result.stdout, "total cost") == pytest.approx(552, rel=1e-8)
    assert value(result.stdout, "relative gap") <= 1e-10
    assert "trips assigned 6.000, inside zones (not assigned) 2.500" in result.stdout
    assert "iteration   0" in result.stderr
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["link_id"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [float(row["flow"]) for row in rows] == pytest.approx([4, 2, 2, 2, 4], rel=1e-8)


def test_weights_goal_and_named_trips(braess: Path, tmp_path: Path) -> None:
    tolled = run(braess, "--toll-weight", 1, "--gap", "1e-10", "--quiet")
    assert value(tolled.stdout, "total cost") == pytest.approx(498, rel=1e-8)
    assert tolled.stderr == ""
    optimum = run(braess, "--system-optimum", "--gap", "1e-10")
    assert value(optimum.stdout, "objective") == pytest.approx(498, rel=1e-8)
    far = run(braess, "--distance-weight", 1, "--gap", "1e-10")
    # 100 a link: the way over the new road is one link longer, so 3 and 3 take the others.
    assert value(far.stdout, "objective") == pytest.approx(399 + 100 * 12, rel=1e-8)
    other = tmp_path / "half.tntp"
    other.write_text(TRIPS.replace("6.0", "3.0"))
    half = run(braess, other, "--gap", "1e-10")
    assert "trips assigned 3.000" in half.stdout


def test_a_run_that_did_not_converge_says_so(braess: Path) -> None:
    result = run(braess, "--gap", "1e-12", "--max-iterations", 1)
    assert result.returncode == 3
    assert "NOT CONVERGED" in result.stdout
    assert value(result.stdout, "relative gap") > 1e-12


def refused(message: str, *arguments: object) -> None:
    result = run(*arguments)
    assert result.returncode == 2, result.stdout
    assert message in result.stderr
    assert result.stdout == ""


def test_bad_input_is_refused_with_its_place(braess: Path, tmp_path: Path) -> None:
    trips = tmp_path / "t.tntp"
    out = tmp_path / "flows.csv"
    refused("cannot be opened", tmp_path / "no_net.tntp")
    refused("cannot be opened", braess, tmp_path / "no_trips.tntp")
    refused("expected *_net.tntp", tmp_path / "Braess_trips.tntp")
    trips.write_text(TRIPS.replace("2 : 6.0", "3 : 6.0"))
    refused("t.tntp:4:2: error[E-NET-141]: no node '3'", braess, trips)
    trips.write_text(TRIPS.replace("6.0", "-6"))
    refused("t.tntp:4:6: error[E-NET-140]: '-6' is negative", braess, trips)
    trips.write_text(TRIPS + "Origin 2\n 1 : 7.5;\n")
    refused("zone 2: error[E-NET-143]: no way to zone 1", braess, trips, "--out", out)
    assert not out.exists()
    (tmp_path / "Braess_trips.tntp").unlink()
    refused("error[E-CLI-003]: no trips file", braess)
    braess.write_text(BRAESS.replace("50 0.02 1 0", "50 0.02 0.5 0"))
    trips.write_text(TRIPS)
    refused("link 2: error[E-NET-142]: power is 0.5, expected 0, or 1 to 100", braess, trips)
    refused("error[E-CLI-002]", braess, trips, "--gap", "-1")
    braess.write_text(BRAESS)
    refused("error[E-CLI-002]", braess, trips, "--gap", "nan")
    refused("error[E-CLI-002]", braess, trips, "--toll-weight", "inf")
