"""jiahe run, check and verify as a shell sees them: exit codes, messages, sealed partial runs."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jiahe_program import program

ROOT = Path(__file__).resolve().parents[2]
TOWN = "scenarios/town/morning.yaml"
MANY = ["--set", "traffic.demand.trips=200000"]  # seconds of work: a signal has to meet it
TIME_LIMIT_S = 120


def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(program()), *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT_S,
        check=False,
    )


def run(out: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return call("run", TOWN, "--out", out, *arguments)


def manifest(folder: Path) -> dict[str, object]:
    loaded: dict[str, object] = json.loads((folder / "manifest.json").read_text())
    return loaded


def wait_for(is_there: object, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + TIME_LIMIT_S
    while not is_there() and process.poll() is None:  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("straight") / "run"
    assert run(out).returncode == 0
    return out


@pytest.fixture(scope="module")
def straight_many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("straight-many") / "run"
    assert run(out, *MANY).returncode == 0
    return out


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stopped at 08:00 with snapshots on the way."""
    out = tmp_path_factory.mktemp("sealed") / "run"
    assert run(out, "--until", "08:00", "--snapshot-every", "30min").returncode == 0
    return out


def assert_equal_runs(folder: Path, other: Path) -> None:
    """By the program's word, and by the bytes."""
    compared = call("verify", folder, "--against", other)
    assert compared.returncode == 0, compared.stderr
    for line in ("state_hash: equal", "kpi.csv: equal", "results.h5: equal", "layers.gpkg: equal"):
        assert line in compared.stdout.splitlines()
    for name in ("kpi.csv", "results.h5", "layers.gpkg"):
        assert (folder / name).read_bytes() == (other / name).read_bytes()


@pytest.mark.parametrize("until", ["08:00", "07:07"])
def test_a_run_to_until_is_sealed_and_resumes_to_the_bits_of_a_straight_one(
    straight: Path, tmp_path: Path, until: str
) -> None:
    out = tmp_path / "run"
    half = run(out, "--until", until, "--report")
    assert half.returncode == 0
    assert f"stopped at {until}, sealed" in half.stdout
    facts = manifest(out)
    assert (facts["complete"], facts["stopped_by"], facts["reached"]) == (False, "until", until)
    assert (out / "report.html").is_file()
    verified = call("verify", out)
    assert verified.returncode == 0
    assert f"stopped at {until} (by until)" in verified.stdout
    resumed = run(out, "--resume")
    assert resumed.returncode == 0
    assert "resumed from" in resumed.stderr
    assert manifest(out)["complete"] is True
    assert not (out / "report.html").exists()  # it told of half a run
    assert_equal_runs(out, straight)


def test_until_the_end_is_a_complete_run(straight: Path, tmp_path: Path) -> None:
    assert run(tmp_path / "run", "--until", "10:00").returncode == 0
    assert manifest(tmp_path / "run")["complete"] is True
    assert_equal_runs(tmp_path / "run", straight)


@pytest.mark.parametrize("until", ["06:00", "05:59", "10:01", "24:00"])
def test_until_outside_the_run_is_refused_and_nothing_is_made(tmp_path: Path, until: str) -> None:
    refused = run(tmp_path / "run", "--until", until)
    assert refused.returncode == 2
    assert refused.stderr.splitlines() == [
        f"--until: error[E-RUN-004]: {until} is outside the run "
        "(expected a time after 06:00 and up to 10:00)"
    ]
    assert not (tmp_path / "run").exists()


def test_a_finished_run_is_resumed_at_once_but_only_by_its_own_scenario(straight: Path) -> None:
    before = (straight / "manifest.json").read_bytes()
    assert run(straight, "--resume").returncode == 0
    other = run(straight, "--resume", "--seed", "7")
    assert other.returncode == 2
    assert "error[E-RUN-005]" in other.stderr
    assert (straight / "manifest.json").read_bytes() == before


def test_a_partial_run_is_left_alone_by_another_scenario_and_an_earlier_until(
    sealed: Path, tmp_path: Path
) -> None:
    out = shutil.copytree(sealed, tmp_path / "run")
    other = run(out, "--resume", "--set", "tolling.etc_share=0.5")
    assert (other.returncode, "error[E-RUN-005]" in other.stderr) == (2, True)
    back = run(out, "--resume", "--until", "07:45")
    assert back.returncode == 2
    assert "07:45 lies before 08:00, which the run has reached" in back.stderr
    assert call("verify", out).returncode == 0


def test_a_killed_run_resumes_to_the_bits_of_a_straight_one(
    straight_many: Path, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    command = [str(program()), "run", TOWN, "--out", str(out), "--snapshot-every", "10min", *MANY]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, text=True)
    wait_for(lambda: (out / "run.journal").exists(), process)
    process.kill()
    assert process.wait(TIME_LIMIT_S) == -signal.SIGKILL
    assert not (out / "manifest.json").exists()
    assert not (out / "results.h5").exists()
    resumed = run(out, "--resume", *MANY)
    assert resumed.returncode == 0
    assert "resumed from" in resumed.stderr
    assert_equal_runs(out, straight_many)


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_seals_the_run_and_resuming_goes_on(
    straight_many: Path, tmp_path: Path, stop: signal.Signals, code: int
) -> None:
    out = tmp_path / "run"
    command = [str(program()), "run", TOWN, "--out", str(out), *MANY]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    wait_for(lambda: (out / "snapshots").exists(), process)  # type: ignore[arg-type]
    process.send_signal(stop)
    assert process.wait(TIME_LIMIT_S) == code
    facts = manifest(out)
    assert (facts["complete"], facts["stopped_by"]) == (False, "request")
    assert call("verify", out).returncode == 0
    assert run(out, "--resume", *MANY).returncode == 0
    assert_equal_runs(out, straight_many)


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("results.h5", "results.h5: changed since the run"),
        ("kpi.csv", "kpi.csv: changed since the run"),
        ("layers.gpkg", "layers.gpkg: changed since the run"),
        ("run.log", "run.log: changed since the run"),
        ("snapshots/t000007200000.jsnap", "t000007200000.jsnap: changed since it was sealed"),
        ("run.journal", "run.journal: 1 damaged lines"),
        ("manifest.json", "manifest.json: "),
    ],
)
def test_one_flipped_bit_anywhere_is_found(
    sealed: Path, tmp_path: Path, name: str, message: str
) -> None:
    out = shutil.copytree(sealed, tmp_path / "run")
    flip_a_bit(out / name)
    verified = call("verify", out)
    assert verified.returncode == 5
    assert message in verified.stderr
    assert len(verified.stderr.splitlines()) == 1


def test_a_missing_file_and_a_missing_folder_are_told_apart(sealed: Path, tmp_path: Path) -> None:
    out = shutil.copytree(sealed, tmp_path / "run")
    (out / "kpi.csv").unlink()
    missing = call("verify", out)
    assert (missing.returncode, "kpi.csv: missing" in missing.stderr) == (5, True)
    none = call("verify", tmp_path / "rum")
    assert none.returncode == 2
    assert "there is no such folder (did you mean 'run'?)" in none.stderr
    assert call("verify", tmp_path).returncode == 2  # no run's folder


def test_unequal_runs_are_told_apart(straight: Path, sealed: Path) -> None:
    compared = call("verify", sealed, "--against", straight)
    assert compared.returncode == 5
    assert "state_hash differs" in compared.stderr
    assert "kpi.csv differs" in compared.stderr


def test_the_json_log_is_json_line_by_line(tmp_path: Path) -> None:
    done = run(tmp_path / "run", "--json-log", "--until", "08:00")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    progress = [line for line in lines if line["event"] == "progress"]
    assert progress[-1]["clock"] == "08:00"
    for key in ("done", "real_time_factor", "crossings_per_s", "vehicles", "parcels", "flows"):
        assert progress[-1][key] > 0
    assert progress[-1]["eta_s"] == 0
    resumed = run(tmp_path / "run", "--json-log", "--resume")
    log = [json.loads(line) for line in resumed.stderr.splitlines()]
    assert {"event": "log", "level": "info", "text": "resumed from t000007200000.jsnap"} in log


def test_off_a_terminal_progress_is_a_short_plain_log(straight: Path, tmp_path: Path) -> None:
    lines = run(tmp_path / "run", "--until", "07:00").stderr.splitlines()
    assert len(lines) == 2  # the first and the last; one every 10 s between
    assert lines[-1].startswith("07:00 of 07:00  100 %  ")
    for part in ("x real time", "crossings/s", "vehicles", "parcels", "flows", "ETA"):
        assert part in lines[-1]
    assert "\r" not in lines[-1]
    assert run(tmp_path / "quiet", "--until", "07:00", "--quiet").stderr == ""


def test_output_settings_say_what_is_written(tmp_path: Path) -> None:
    settings = ["output.map=false", "output.snapshot_every=1 h", "output.link_epoch=30 min"]
    arguments = [word for setting in settings for word in ("--set", setting)]
    assert run(tmp_path / "run", *arguments).returncode == 0
    assert not (tmp_path / "run" / "layers.gpkg").exists()
    assert len(list((tmp_path / "run" / "snapshots").iterdir())) == 2  # generations kept
    assert call("verify", tmp_path / "run").returncode == 0


def test_check_forecasts_memory_and_time() -> None:
    checked = call("check", TOWN, "--threads", "1")
    assert checked.returncode == 0
    assert "MiB of memory, about" in checked.stdout
    assert "on 1 thread\n" in checked.stdout
    assert checked.stdout.endswith(f"{TOWN}: ok\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("rum x", "unknown command 'rum' (did you mean 'run'?); see jiahe --help"),
        ("", "a command is expected; see jiahe --help"),
        ("run", "SCENARIO is required; see jiahe run --help"),
        ("run x.yaml --treads 3", "unknown option '--treads' (did you mean '--threads'?); see"),
        ("run x.yaml y.yaml", "unexpected argument 'y.yaml'; see"),
        ("run x.yaml --threads 0", "found '0', expected a whole number from 1 to 1024; see"),
        ("run x.yaml --threads two", "found 'two', expected a whole number from 1 to 1024; see"),
        ("run x.yaml --quiet --json-log", "excludes"),
    ],
)
def test_wrong_command_lines_are_one_line_with_the_nearest_name(words: str, message: str) -> None:
    refused = call(*words.split())
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert len(refused.stderr.splitlines()) == 1
    assert "error[E-CLI-002]: " in refused.stderr
    assert message in refused.stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--until", "25:99"),
        ("--snapshot-every", "15"),
        ("--snapshot-every", "15minutes"),
        ("--memory-limit", "6GB"),
        ("--memory-limit", "6GiBs"),
    ],
)
def test_wrong_values_say_what_is_expected(option: str, value: str) -> None:
    refused = call("run", TOWN, option, value)
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"{option}: error[E-CLI-001]: found '{value}' (expected a")


def test_a_scenario_that_is_not_there_has_a_nearest_name() -> None:
    refused = call("run", "scenarios/town/mornin.yaml")
    assert refused.returncode == 2
    assert "there is no such file (did you mean 'morning.yaml'?)" in refused.stderr


def test_a_memory_limit_is_kept(tmp_path: Path) -> None:
    refused = run(tmp_path / "run", "--memory-limit", "1MiB")
    assert refused.returncode == 3
    assert "exceeds the memory limit of 1 MiB" in refused.stderr
    assert not (tmp_path / "run").exists()


def test_help_knows_commands_keys_and_errors() -> None:
    assert "--snapshot-every" in call("help", "run").stdout
    assert "link_epoch" in call("help", "output").stdout
    assert "E-SCN-012" in call("help", "errors").stdout
    assert "did you mean" in call("help", "outputs").stderr


@pytest.mark.skipif(not os.environ.get("PYTHONPATH"), reason="the package jiahe is not built")
def test_ctrl_c_in_a_python_program_seals_the_run(straight_many: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    code = (
        "import jiahe, os, signal, sys\n"
        "def stop(facts):\n"
        "    if facts['done'] > 0: os.kill(os.getpid(), signal.SIGINT)\n"
        "try:\n"
        f"    jiahe.run({TOWN!r}, out={str(out)!r}, progress=stop,\n"
        f"              set={{'traffic.demand.trips': 200000}})\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(77)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 77
    assert manifest(out)["complete"] is False
    assert run(out, "--resume", *MANY).returncode == 0
    assert_equal_runs(out, straight_many)
