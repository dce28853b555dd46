"""Every checked-in bad layer ends with the exit code and the messages written beside it.

A case of tests/bad/layers is one of
  NAME.args  arguments of the program;
  NAME.yaml  a scenario, given to `check` and to `run`;
  NAME.sql   statements that spoil a good network (tests/bad/layers/town as GeoPackage), which is
             then given to `import gpkg`.
NAME.expected: line 1 `exit N`, then stderr exactly. {tmp} stands for a scratch folder; paths are
relative to the repository's root, where the program runs. Nothing may be left in the folder under
the output's name or any other.
"""

from __future__ import annotations

import shlex
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from test_bad_inputs import ROOT, TIME_LIMIT_S, program

LAYERS = ROOT / "tests" / "bad" / "layers"
CASES = sorted(path for kind in ("args", "yaml", "sql") for path in LAYERS.glob(f"*.{kind}"))
LEAST_CASES = 100


def call(arguments: list[str], scratch: Path) -> str:
    """What the program says, in the form of a .expected file."""
    result = subprocess.run(
        [str(program()), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=TIME_LIMIT_S,
        check=False,
    )
    said = result.stderr.replace(f"{scratch}/", "{tmp}/").replace(f"{ROOT}/", "")
    return f"exit {result.returncode}\n{said}"


def spoiled_network(good: Path, statements: Path, scratch: Path) -> Path:
    """A copy of the good GeoPackage after the statements; its triggers want two functions."""
    path = scratch / f"{statements.stem}.gpkg"
    shutil.copyfile(good, path)
    with sqlite3.connect(path) as database:
        database.create_function("ST_IsEmpty", 1, lambda geometry: geometry is None)
        for name in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            database.create_function(name, 1, lambda geometry: 0.0)
        database.executescript(statements.read_text(encoding="utf-8"))
    database.close()
    return path


def outcomes(case: Path, good: Path, scratch: Path) -> list[str]:
    """What the program says of a case, by each command that reads it."""
    relative = str(case.relative_to(ROOT))
    if case.suffix == ".args":
        words = shlex.split(case.read_text(encoding="utf-8").replace("{tmp}", str(scratch)))
        return [call(words, scratch)]
    if case.suffix == ".yaml":
        out = str(scratch / "run")
        return [
            call(["check", relative], scratch),
            call(["run", relative, "--quiet", "--out", out], scratch),
        ]
    network = spoiled_network(good, case, scratch)
    said = call(["import", "gpkg", str(network), "--out", str(scratch / "out.gpkg")], scratch)
    network.unlink()
    return [said]


@pytest.fixture(scope="module")
def good_network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "town.gpkg"
    town = str((LAYERS / "town").relative_to(ROOT))
    assert call(["import", "gmns", town, "--out", str(path)], path.parent).startswith("exit 0\n")
    return path


def test_there_are_many_bad_layers_each_with_its_expectation() -> None:
    assert len(CASES) >= LEAST_CASES
    assert [case.name for case in CASES if not case.with_suffix(".expected").is_file()] == []


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_bad_layer_ends_with_its_code_and_place(
    case: Path, good_network: Path, tmp_path: Path
) -> None:
    expected = case.with_suffix(".expected").read_text(encoding="utf-8")
    for said in outcomes(case, good_network, tmp_path):
        assert said == expected
    assert list(tmp_path.iterdir()) == []
