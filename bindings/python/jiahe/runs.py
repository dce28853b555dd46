"""run and open: a scenario in, a Run out."""

from __future__ import annotations

import builtins
import json
import logging
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable
from functools import cached_property
from os import fspath
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiahe import _core
from jiahe._arguments import (
    AnyPath,
    Overrides,
    data_folders,
    inputs,
    override_texts,
    seconds_of_day,
    whole_number,
)
from jiahe._card import card
from jiahe._progress import ProgressLine
from jiahe.errors import CorruptFileError, InputError, NotRecordedError
from jiahe.scenario import Scenario
from jiahe.tables import Logistics, Telecom, Tolling, Trips, dataset, read_columns

_log = logging.getLogger("jiahe")
_LEVELS = (logging.DEBUG, logging.INFO, logging.WARNING)

Progress = bool | Callable[[dict[str, Any]], object]


class Run:
    """A run that has ended. Its tables are read-only views of the engine's memory, never copies.

    After `jiahe.run` they are what the engine made; after `jiahe.open` each is read from
    results.h5 when first asked for. Arrays stay valid when the Run is gone.

    In a notebook a run shows a card with its figures and a map.
    """

    def __init__(
        self,
        folder: Path,
        kpi_names: dict[str, str] | None = None,
        results: _core.Results | None = None,
    ):
        """Use `jiahe.run` or `jiahe.open`."""
        self._folder = folder
        self._results = results or _core.Results(fspath(folder / "results.h5"))
        self._kpi_names = kpi_names or {}
        path = folder / "manifest.json"
        try:
            manifest = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise CorruptFileError(f"{path}: {error}") from error
        if not isinstance(manifest, dict):
            raise CorruptFileError(f"{path}: not a JSON object")
        self._manifest: dict[str, Any] = manifest

    @property
    def path(self) -> Path:
        """The run's folder (removed with the Run where `out` was None)."""
        return self._folder

    @property
    def manifest(self) -> dict[str, Any]:
        """manifest.json: the scenario as resolved, seed, versions, digests, timings, audits."""
        return self._manifest

    @property
    def name(self) -> str:
        """The scenario's name."""
        return str(self._manifest.get("name", self._folder.name))

    @property
    def complete(self) -> bool:
        """False where the run was stopped before its end."""
        return bool(self._manifest.get("complete", True))

    @property
    def reached(self) -> str:
        """Clock time at which the run ended, such as "10:00"."""
        return str(self._manifest.get("reached", ""))

    @property
    def state_hash(self) -> str:
        """128 bits in hex; equal for equal runs, whatever the threads and partitions."""
        return str(self._manifest.get("state_hash", ""))

    @cached_property
    def kpi(self) -> pd.Series:
        """Named figures (float64), indexed by stable names such as "traffic.mean_delay".

        `.attrs["units"]` and `.attrs["long_name"]` map names to texts.
        """
        table = pd.read_csv(self._folder / "kpi.csv", dtype={"name": str, "unit": str})
        series = pd.Series(
            table["value"].to_numpy(dtype=np.float64), index=table["name"], name="value"
        )
        series.attrs["units"] = dict(zip(table["name"], table["unit"], strict=True))
        series.attrs["long_name"] = dict(self._kpi_names)
        return series

    @property
    def audits(self) -> pd.DataFrame:
        """One row a conserved sum: claim, left, right, balances."""
        columns = ["name", "claim", "left", "right", "balances"]
        return pd.DataFrame(self._manifest.get("audits", []), columns=columns).set_index("name")

    @property
    def stragglers(self) -> pd.DataFrame:
        """Trips that did not arrive (at most 1,000): trip, link, cause."""
        rows = self._manifest.get("stragglers", {}).get("rows", [])
        return pd.DataFrame(rows, columns=["trip", "link", "cause"])

    @cached_property
    def links(self) -> xr.Dataset:
        """(link, time): flow [1], travel_time [s], speed [m/s], density [veh/km], queue [veh].

        And on (link,): length [m], free_speed [m/s], capacity [veh/h], lanes, road_class, lon/lat
        of both ends. `time` is the begin of the bin, s since midnight. What was recorded is shown
        without copies, read-only. Bins that the run did not reach hold NaN (flow: 0).
        """
        return dataset(read_columns(self._results, "/traffic"), ["link", "time"])

    @property
    def trips(self) -> Trips:
        """Vehicle trips; `.to_pandas()`."""
        return Trips(self._results)

    @property
    def tolling(self) -> Tolling:
        """`.ledger` and `.plazas`."""
        return Tolling(self._results)

    @property
    def logistics(self) -> Logistics:
        """`.parcels` and `.hubs`."""
        return Logistics(self._results)

    @property
    def telecom(self) -> Telecom:
        """`.cells` and `.classes`."""
        return Telecom(self._results)

    def report(self, path: AnyPath | None = None, lang: str = "en") -> Path:
        """Write the report, one HTML page that works offline; "en" or "zh". Returns its path.

        Without `path` it becomes report.html in the run's folder.
        """
        out = Path(path) if path is not None else self._folder / "report.html"
        _core.write_report([self._folder], out, lang)
        return out

    def verify(self, against: Run | AnyPath | None = None) -> list[str]:
        """Faults of digests, audits and, against another run, bit equality; [] where all hold."""
        other = against.path if isinstance(against, Run) else against
        return _core.verify(self._folder, other)[1]

    def _verdict(self) -> str:
        audits = self.audits
        kept = int(audits["balances"].sum())
        text = f"{kept} of {len(audits)} audits balance"
        return text if self.complete else f"{text}; stopped before the end, at {self.reached}"

    def __repr__(self) -> str:
        return f"<jiahe.Run {self.name}: {self._verdict()}, {len(self.kpi)} KPIs, {self._folder}>"

    def _repr_html_(self) -> str:
        try:
            links = self.links
        except NotRecordedError:
            links = None
        return card(
            self.name,
            self._verdict(),
            self.kpi,
            self.kpi.attrs["units"],
            links,
            str(self._manifest.get("attribution", "")),
        )


def open(run_dir: AnyPath) -> Run:
    """The run in a folder that `jiahe run` or `jiahe.run(..., out=...)` wrote."""
    folder = Path(run_dir)
    if not (folder / "manifest.json").is_file():
        message = "no manifest.json: not the folder of a finished run"
        text = f"{folder}: error[E-REP-001]: {message}"
        raise InputError(text, [("E-REP-001", str(folder), 0, 0, "", message, "")])
    return Run(folder)


def report(runs: Iterable[Run | AnyPath], path: AnyPath, lang: str = "en") -> Path:
    """One report of several runs, with their KPIs side by side. Returns its path."""
    folders = [run.path if isinstance(run, Run) else Path(run) for run in runs]
    if not folders:
        raise ValueError("a report needs a run")
    _core.write_report(folders, path, lang)
    return Path(path)


def run(
    path: AnyPath | Scenario,
    data: AnyPath | Iterable[AnyPath] | None = None,
    out: AnyPath | None = None,
    threads: int = 2,
    progress: Progress = True,
    set: Overrides | None = None,
    seed: int | None = None,
    until: str | float | None = None,
    *,
    partitions: int = 0,
    resume: bool = False,
    force: bool = False,
) -> Run:
    """Run a scenario and return its results.

    path: a scenario file (YAML) or a `Scenario`.
    data: folders in which files named by the scenario may lie, beside its own.
    out: the run's folder; None: a private one that is removed with the returned Run.
    threads, partitions (0: automatic): results do not depend on them.
    progress: True for a line on stderr; or a callable that gets a dict (clock_s, end_s, wall_s,
        done, real_time_factor, eta_s, crossings, crossings_per_s, vehicles, parcels, flows) and
        stops the run by returning False.
    set: values that override the scenario, as for `Scenario.with_`.
    seed: of all draws. until: stop at this time of day, "HH:MM" or s since midnight; the run is
        sealed there and `resume` goes on to the same bits as a straight run.
    resume: go on from the newest whole snapshot in `out`; force: replace what is in `out`.

    The GIL is released while the engine works. Ctrl-C is seen at the next epoch: the partial run is
    sealed in `out`, then KeyboardInterrupt is raised.
    """
    base = path if isinstance(path, Scenario) else None
    file = base.path if base else fspath(path)  # type: ignore[arg-type]
    folders = [*(base.data if base else ()), *data_folders(data)]
    overrides = [*(base.overrides if base else ()), *override_texts(set)]
    chosen = inputs(file, folders, overrides)
    threads = whole_number("threads", threads, 1, 1024)
    partitions = whole_number("partitions", partitions, 0, 1024)
    if seed is not None:
        seed = whole_number("seed", seed, 0, 2**63 - 1)
    until_s = seconds_of_day(until)

    private = tempfile.mkdtemp(prefix="jiahe-") if out is None else None
    line = ProgressLine() if progress is True else None
    try:
        outcome = _core.run(
            chosen,
            out=private or fspath(out),  # type: ignore[arg-type]
            threads=threads,
            partitions=partitions,
            seed=seed,
            until_s=until_s,
            resume=resume,
            force=force,
            progress=line or (progress if callable(progress) else None),
            log=lambda level, text: _log.log(_LEVELS[level], text),
        )
        finished = Run(outcome.folder, outcome.kpi_names, outcome.results())
    except builtins.BaseException:
        if private:
            shutil.rmtree(private, ignore_errors=True)
        raise
    finally:
        if line:
            line.finish()
    if private:
        weakref.finalize(finished, shutil.rmtree, private, ignore_errors=True)
    return finished
