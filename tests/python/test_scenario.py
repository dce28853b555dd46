"""jiahe.Scenario: loading, variants, checks and the exceptions with their places."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import jiahe
import numpy as np
import pytest
from jiahe._arguments import override_texts, seconds_of_day


def test_a_variant_leaves_the_original_as_it_is(town: Path) -> None:
    base = jiahe.Scenario.load(town)
    seeded = base.with_({"seed": 7})
    more = seeded.with_({"traffic": {"demand": {"trips": 3000, "mean_trip_length": "2 km"}}})
    assert base.values["seed"] == 1
    assert seeded.values["seed"] == 7
    assert more.values["seed"] == 7
    assert more.values["traffic"]["demand"]["trips"] == 3000
    assert more.overrides[0] == "seed=7"


def test_a_scenario_is_checked_without_a_run(town: Path) -> None:
    report = jiahe.Scenario.load(town).check()
    assert report.memory_forecast_bytes > 0
    assert report.lines
    assert report.time_forecast_s > 0
    assert "MiB of memory" in str(report)


def test_a_scenario_runs_as_its_file_does(town: Path, town_run: jiahe.Run) -> None:
    run = jiahe.run(jiahe.Scenario.load(town), progress=False)
    assert run.state_hash == town_run.state_hash
    other = jiahe.Scenario.load(town).with_({"seed": 9}).run(progress=False, until="06:30")
    assert other.manifest["seed"] == 9


def test_a_fault_names_its_code_file_line_and_column(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("name: town\ntraffic:\n  demnad: {trips: 10}\n")
    with pytest.raises(jiahe.InputError) as caught:
        jiahe.Scenario.load(bad)
    error = caught.value
    assert error.code.startswith("E-SCN-")
    assert error.file == str(bad)
    assert (error.line, error.column) == (3, 3)
    assert "did you mean 'demand'" in str(error)
    assert isinstance(error, ValueError)
    assert isinstance(error, jiahe.JiaheError)
    with pytest.raises(jiahe.InputError):
        jiahe.run(bad, progress=False)


def test_a_wrong_change_is_refused_when_it_is_made(town: Path) -> None:
    base = jiahe.Scenario.load(town)
    with pytest.raises(jiahe.InputError) as caught:
        base.with_({"traffic.demnad": 1})
    assert "--set" in caught.value.file
    with pytest.raises(jiahe.InputError):
        base.with_({"traffic.demand.mean_trip_length": "4 bananas"})


def test_a_missing_file_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(jiahe.JiaheError):
        jiahe.Scenario.load(tmp_path / "none.yaml")


def test_changes_become_overrides() -> None:
    assert override_texts(None) == []
    assert override_texts(["a.b=1"]) == ["a.b=1"]
    assert override_texts("a.b=1") == ["a.b=1"]
    assert override_texts({"a": {"b": 1, "c": "2 km"}, "d.e": [1, 2]}) == [
        "a.b=1",
        'a.c="2 km"',
        "d.e=[1, 2]",
    ]
    assert override_texts({"x": np.float64(0.5), "y": True, "z": time(7, 30)}) == [
        "x=0.5",
        "y=true",
        'z="07:30:00"',
    ]
    assert override_texts({"x": np.arange(2)}) == ["x=[0, 1]"]
    with pytest.raises(TypeError):
        override_texts({"x": object()})


def test_times_of_day_are_seconds_since_midnight() -> None:
    assert seconds_of_day(None) is None
    assert seconds_of_day("07:30") == 27000
    assert seconds_of_day("24:00:01") == 86401
    assert seconds_of_day(time(1, 2, 3)) == 3723
    assert seconds_of_day(90.5) == 90.5
