"""Results as xarray datasets and pandas frames over memory that the engine read.

Arrays are read-only views; making a Dataset or Series copies no table. Every column keeps `units`
and `long_name` in its attrs. Times are seconds since midnight of the first day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd
import xarray as xr

from jiahe import _core
from jiahe.errors import NotRecordedError

Columns: TypeAlias = "Mapping[str, _core.Column]"  # named in the stub only


def read_columns(results: _core.Results, group: str) -> dict[str, _core.Column]:
    """Columns of a group such as "/traffic"; NotRecordedError where the run has none."""
    if not results.has_group(group):
        raise NotRecordedError(
            f"the run recorded nothing in {group}: the system is switched off in its scenario"
        )
    return results.read(group)


def _values(column: _core.Column) -> np.ndarray:
    values = column[1]
    return values if isinstance(values, np.ndarray) else np.array(values, dtype=object)


def _attributes(column: _core.Column) -> dict[str, str]:
    return {"units": column[2], "long_name": column[3]}


def dataset(columns: Columns, dims: Iterable[str]) -> xr.Dataset:
    """Columns that lie on `dims` only, each with its axes in the order of `dims`."""
    order = list(dims)
    coordinates, variables = {}, {}
    for name, column in columns.items():
        if not set(column[0]) <= set(order):
            continue
        variable = xr.Variable(column[0], _values(column), _attributes(column))
        if column[0] == (name,):
            coordinates[name] = variable
        else:
            variables[name] = variable.transpose(*[d for d in order if d in column[0]])
    return xr.Dataset(variables, coordinates)


def frame(columns: Columns, index: str) -> pd.DataFrame:
    """Columns along the dimension `index`, which becomes the index; units in `.attrs["units"]`."""
    if index not in columns:
        raise NotRecordedError(f"the run recorded no table of {index}")
    table = pd.DataFrame(
        {n: _values(c) for n, c in columns.items() if c[0] == (index,) and n != index},
        index=pd.Index(_values(columns[index]), name=index),
        copy=False,
    )
    table.attrs["units"] = {n: c[2] for n, c in columns.items() if n in table}
    table.attrs["long_name"] = {n: c[3] for n, c in columns.items() if n in table}
    return table


class _Part:
    """Results of one system."""

    def __init__(self, results: _core.Results):
        self._results = results


class Trips(_Part):
    """Vehicle trips: departure_s, arrival_s (NaN: not arrived), distance_m, vehicle_class."""

    def to_pandas(self) -> pd.DataFrame:
        """One row a trip, indexed by its external id. Shape (trip,)."""
        return frame(read_columns(self._results, "/traffic/trips"), "trip")

    def to_xarray(self) -> xr.Dataset:
        """The same as a Dataset on (trip,)."""
        return dataset(read_columns(self._results, "/traffic/trips"), ["trip"])


class Tolling(_Part):
    """Toll plazas and the ledger."""

    @property
    def plazas(self) -> xr.Dataset:
        """(plaza, time): passages [1], delay [s, mean, NaN where none]; plaza_name, lon, lat."""
        return dataset(read_columns(self._results, "/tolling"), ["plaza", "time"])

    @property
    def ledger(self) -> pd.DataFrame:
        """One row an entry: time_s, vehicle, site, amount_fen (whole fen), cause."""
        return frame(read_columns(self._results, "/tolling/ledger"), "entry")

    @property
    def sites(self) -> pd.DataFrame:
        """One row a plaza or gantry, by the ledger's site: site_name, lon, lat, is_gantry."""
        return frame(read_columns(self._results, "/tolling/sites"), "site")


class Logistics(_Part):
    """Parcels and hubs."""

    @property
    def parcels(self) -> pd.DataFrame:
        """One row a parcel: hub, ordered_s, promised_s, delivered_s (or NaN), attempts, status."""
        return frame(read_columns(self._results, "/logistics/parcels"), "parcel")

    @property
    def hubs(self) -> xr.Dataset:
        """(hub, time): delivered [1, in the bin]; hub_name, lon, lat."""
        return dataset(read_columns(self._results, "/logistics"), ["hub", "time"])


class Telecom(_Part):
    """Radio cells and service classes."""

    @property
    def cells(self) -> xr.Dataset:
        """(cell, time): load [1, mean share of airtime in use]; cell_name, lon, lat."""
        return dataset(read_columns(self._results, "/telecom"), ["cell", "time"])

    @property
    def classes(self) -> pd.DataFrame:
        """One row a service class: offered, delivered, dropped and queued bytes."""
        columns = read_columns(self._results, "/telecom")
        return frame(columns, "class").set_index("class_name")
