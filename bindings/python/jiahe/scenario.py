"""Scenario: a scenario file, read strictly and checked; variants of it by `with_`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from os import fspath
from typing import Any

from jiahe import _core
from jiahe._arguments import AnyPath, Overrides, data_folders, inputs, override_texts


@dataclass(frozen=True)
class CheckReport:
    """What `Scenario.check` found: notes on what was read and built; forecasts of the run."""

    lines: list[str]
    memory_forecast_bytes: float
    time_forecast_s: float

    def __str__(self) -> str:
        mebibytes = self.memory_forecast_bytes / 2**20
        forecast = f"forecast: {mebibytes:.0f} MiB of memory, about {self.time_forecast_s:.0f} s"
        return "\n".join([*self.lines, forecast])


class Scenario:
    """An immutable scenario: a file, folders with data, and changes made by `with_`.

    >>> base = jiahe.Scenario.load("scenarios/town/morning.yaml")      # doctest: +SKIP
    >>> more = base.with_({"tolling.etc_share": 0.9, "seed": 7})       # doctest: +SKIP
    >>> more.check()                                                   # doctest: +SKIP
    >>> run = more.run(threads=2)                                      # doctest: +SKIP
    """

    def __init__(self, path: str, data: tuple[str, ...], overrides: tuple[str, ...]):
        """Use `Scenario.load`."""
        self._path, self._data, self._overrides = path, data, overrides
        self._text = _core.resolve(self._inputs())

    @classmethod
    def load(cls, path: AnyPath, data: AnyPath | Iterable[AnyPath] | None = None) -> Scenario:
        """Read `path` (YAML). Raises InputError with file, line and column of every fault.

        `data`: folders in which the files that the scenario names may lie, beside its own.
        """
        return cls(fspath(path), tuple(data_folders(data)), ())

    def with_(self, changes: Overrides) -> Scenario:
        """The scenario with other values; the original stays as it is.

        `changes` maps dotted paths or nested sections to values, or lists "path=value" texts.
        Quantities keep their units: ``{"traffic.demand.mean_trip_length": "4 km"}``.
        """
        return Scenario(self._path, self._data, (*self._overrides, *override_texts(changes)))

    @property
    def path(self) -> str:
        """The scenario's file."""
        return self._path

    @property
    def data(self) -> tuple[str, ...]:
        """Folders with data."""
        return self._data

    @property
    def overrides(self) -> tuple[str, ...]:
        """Changes as "path=value" texts, in the order in which they were made."""
        return self._overrides

    @property
    def values(self) -> dict[str, Any]:
        """Every value with defaults filled in, as plain data (a copy)."""
        values: dict[str, Any] = json.loads(self._text)
        return values

    def check(self, threads: int = 2) -> CheckReport:
        """Open every layer and build the city, run nothing. Raises InputError.

        `threads`: of the run whose time is forecast.
        """
        lines, memory_bytes, time_s = _core.check(self._inputs(), threads)
        return CheckReport(lines, memory_bytes, time_s)

    def run(self, **arguments: Any) -> Any:
        """`jiahe.run` of this scenario; the same arguments but `path`, `data` and `set`."""
        from jiahe.runs import run

        return run(self, **arguments)

    def _inputs(self) -> _core.Inputs:
        return inputs(self._path, list(self._data), list(self._overrides))

    def __repr__(self) -> str:
        changes = "".join(f", {text}" for text in self._overrides)
        return f"<jiahe.Scenario {self._path}{changes}>"
