"""jiahe.run and jiahe.open: results, equal bits, interruption, errors."""

from __future__ import annotations

import gc
import io
import os
import signal
import threading
import time
from pathlib import Path

import jiahe
import pytest
from jiahe._progress import ProgressLine


def test_a_run_has_figures_with_units_and_audits_that_balance(town_run: jiahe.Run) -> None:
    assert len(town_run.kpi) >= 24
    assert set(town_run.kpi.attrs["units"]) == set(town_run.kpi.index)
    assert town_run.kpi.attrs["units"]["traffic.mean_delay"] == "s"
    assert town_run.kpi["traffic.trips_arrived"] > 0
    assert len(town_run.audits) > 0
    assert town_run.audits["balances"].all()
    assert town_run.complete
    assert len(town_run.state_hash) == 32


@pytest.mark.parametrize("arguments", [{"threads": 1}, {"threads": 4}, {"partitions": 3}])
def test_threads_and_partitions_change_no_bit(
    town: Path, town_run: jiahe.Run, arguments: dict[str, int]
) -> None:
    other = jiahe.run(town, progress=False, **arguments)  # type: ignore[arg-type]
    assert other.state_hash == town_run.state_hash
    assert other.kpi.equals(town_run.kpi)


def test_another_seed_is_another_day(town: Path, town_run: jiahe.Run) -> None:
    other = jiahe.run(town, progress=False, seed=4711)
    assert other.manifest["seed"] == 4711
    assert other.state_hash != town_run.state_hash


def test_values_can_be_set_and_the_run_stopped_at_a_time_of_day(town: Path) -> None:
    run = jiahe.run(town, progress=False, until="07:00", set={"traffic.demand.trips": 3000})
    assert run.manifest["scenario"]["traffic"]["demand"]["trips"] == 3000
    departed = run.trips.to_pandas()["arrival_s"].dropna()
    assert departed.max() <= 7 * 3600


def test_a_run_is_opened_again_from_its_folder(town_run: jiahe.Run) -> None:
    again = jiahe.open(town_run.path)
    assert again.state_hash == town_run.state_hash
    assert again.kpi.equals(town_run.kpi)
    assert again.links.identical(town_run.links)


def test_without_a_folder_the_files_go_with_the_run(town: Path) -> None:
    run = jiahe.run(town, progress=False, until="06:30")
    folder = run.path
    links = run.links
    assert folder.is_dir()
    del run
    gc.collect()
    assert not folder.exists()
    assert links["flow"].values.sum() > 0  # tables outlive their run


def test_a_folder_in_use_is_refused_unless_forced(town: Path, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    with pytest.raises(jiahe.InputError) as caught:
        jiahe.run(town, out=tmp_path, progress=False, until="06:10")
    assert caught.value.code == "E-RUN-002"
    assert (tmp_path / "precious.txt").read_text() == "mine"


def test_other_threads_go_on_while_the_engine_works(town: Path) -> None:
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    clock = threading.Thread(target=tick)
    clock.start()
    begin = time.monotonic()
    jiahe.run(town, progress=False)
    wall_s = time.monotonic() - begin
    done.set()
    clock.join()
    # With the GIL held there would be next to none; a loaded machine gets far less than 1,000/s.
    assert ticks > 20 * wall_s


def test_progress_is_told_and_can_stop_the_run(town: Path, tmp_path: Path) -> None:
    seen: list[dict[str, float]] = []

    def watch(facts: dict[str, float]) -> bool:
        seen.append(facts)
        return False

    run = jiahe.run(town, out=tmp_path / "run", progress=watch)
    assert len(seen) == 1
    assert set(seen[0]) == {
        "clock_s", "end_s", "wall_s", "done", "real_time_factor", "eta_s",
        "crossings", "crossings_per_s", "vehicles", "parcels", "flows",
    }  # fmt: skip
    assert seen[0]["end_s"] == 10 * 3600
    assert not run.complete
    assert "stopped before the end" in repr(run)


def test_a_stopped_run_can_be_resumed_to_the_same_bits(
    town: Path, town_run: jiahe.Run, tmp_path: Path
) -> None:
    stopped = jiahe.run(town, out=tmp_path / "run", progress=lambda facts: False)
    assert not stopped.complete
    resumed = jiahe.run(town, out=tmp_path / "run", progress=False, resume=True)
    assert resumed.complete
    assert resumed.state_hash == town_run.state_hash


def test_an_exception_of_the_progress_callable_comes_through(town: Path, tmp_path: Path) -> None:
    def fail(facts: dict[str, float]) -> None:
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        jiahe.run(town, out=tmp_path / "run", progress=fail)
    assert not jiahe.open(tmp_path / "run").complete  # sealed all the same


def test_ctrl_c_seals_the_partial_run_and_interrupts(town: Path, tmp_path: Path) -> None:
    def press(facts: dict[str, float]) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        jiahe.run(town, out=tmp_path / "run", progress=press)
    assert not jiahe.open(tmp_path / "run").complete


def test_ctrl_c_is_seen_without_any_progress(town: Path, tmp_path: Path) -> None:
    loaded = tmp_path / "run" / "snapshots"  # made when the city is built

    def press() -> None:
        while not loaded.exists():
            time.sleep(0.002)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press).start()
    many = {"traffic.demand.trips": 400_000}  # some seconds of work
    with pytest.raises(KeyboardInterrupt):
        jiahe.run(town, out=tmp_path / "run", progress=False, set=many)
    assert not jiahe.open(tmp_path / "run").complete


def test_a_report_is_written_where_it_is_wanted(town_run: jiahe.Run, tmp_path: Path) -> None:
    english = town_run.report(tmp_path / "en.html").read_text("utf-8")
    chinese = town_run.report(tmp_path / "zh.html", lang="zh").read_text("utf-8")
    assert "audits balance" in english
    assert "守恒审计" in chinese
    assert "https://" not in english
    both = jiahe.report([town_run, town_run.path], tmp_path / "both.html").read_text("utf-8")
    assert "side by side" in both
    with pytest.raises(jiahe.InputError, match="expected en or zh"):
        town_run.report(tmp_path / "fr.html", lang="fr")


def test_a_whole_run_verifies_and_a_changed_one_does_not(town: Path, tmp_path: Path) -> None:
    run = jiahe.run(town, out=tmp_path / "run", progress=False, until="06:30")
    assert run.verify() == []
    assert run.verify(against=run) == []
    with (run.path / "kpi.csv").open("a") as file:
        file.write("made.up,1,1\n")
    assert run.verify() != []


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(jiahe.InputError) as caught:
        jiahe.open(tmp_path)
    assert caught.value.code == "E-REP-001"
    assert caught.value.file == str(tmp_path)


def test_damaged_results_are_told_apart(town: Path, tmp_path: Path) -> None:
    run = jiahe.run(town, out=tmp_path / "run", progress=False, until="06:10")
    h5 = run.path / "results.h5"
    h5.write_bytes(h5.read_bytes()[:1000])
    with pytest.raises(jiahe.CorruptFileError, match=r"results\.h5"):
        _ = jiahe.open(run.path).links
    h5.unlink()
    with pytest.raises(jiahe.IoError):
        _ = jiahe.open(run.path).links
    (run.path / "manifest.json").write_text("{")
    with pytest.raises(jiahe.CorruptFileError):
        jiahe.open(run.path)


@pytest.mark.parametrize(
    "arguments", [{"threads": 0}, {"until": "25 o'clock"}, {"until": -1}, {"seed": -3}]
)
def test_wrong_arguments_are_input_errors(town: Path, arguments: dict[str, object]) -> None:
    with pytest.raises(jiahe.InputError) as caught:
        jiahe.run(town, progress=False, **arguments)  # type: ignore[arg-type]
    assert caught.value.code == "E-PY-001"
    assert caught.value.file == next(iter(arguments))


def test_the_progress_line_tells_clock_speed_and_what_is_left() -> None:
    stream = io.StringIO()
    line = ProgressLine(stream)
    facts = {
        "clock_s": 7 * 3600.0, "end_s": 36000.0, "wall_s": 2.0, "done": 0.25,
        "real_time_factor": 1800.0, "eta_s": 6.0, "crossings": 5000, "crossings_per_s": 2500.0,
        "vehicles": 12, "parcels": 3, "flows": 4,
    }  # fmt: skip
    line(facts)
    last = stream.getvalue().splitlines()[-1]
    assert last == (
        "07:00   25%  1,800x real time  2,500 crossings/s  12 vehicles  3 parcels  4 flows  ETA 6 s"
    )
