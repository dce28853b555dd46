"""Tables of a run: views without copies, equal to what other readers of results.h5 see."""

from __future__ import annotations

import json
from pathlib import Path

import h5py
import jiahe
import numpy as np
import pytest
import xarray as xr


def test_links_are_read_only_views_without_copies(town_run: jiahe.Run) -> None:
    flow = town_run.links["flow"].values
    assert not flow.flags.owndata
    assert not flow.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        flow[0, 0] = 1
    again = town_run.links["flow"].values
    assert np.shares_memory(flow, again)
    one_hour = town_run.links["speed"].isel(time=slice(0, 4)).values
    assert np.shares_memory(one_hour, town_run.links["speed"].values)


def test_tables_outlive_their_run(town_run: jiahe.Run) -> None:
    run = jiahe.open(town_run.path)
    speed = run.links["speed"].values
    expected = speed.copy()
    del run
    assert np.array_equal(speed, expected, equal_nan=True)


def test_links_have_shape_units_and_coordinates(town_run: jiahe.Run) -> None:
    links = town_run.links
    assert links["flow"].dims == ("link", "time")
    assert links["speed"].attrs["units"] == "m/s"
    assert links["length"].dims == ("link",)
    assert links["time"].values[0] == 6 * 3600
    assert links.sizes["time"] == 16  # 06:00 to 10:00 by 15 min
    one = links.sel(link=int(links["link"][0]))
    assert one["flow"].dims == ("time",)


def test_density_and_queue_follow_from_flow_and_travel_time(town_run: jiahe.Run) -> None:
    links = town_run.links
    flow, travel = links["flow"].values.astype(float), links["travel_time"].values.astype(float)
    length = links["length"].values[:, None]
    some = np.isfinite(travel)
    # Little's law: vehicles on the link = rate x time on it; per km. 900 s bins.
    assert np.allclose(
        links["density"].values[some], (flow * travel / 900 / length * 1000)[some], rtol=1e-5
    )
    held_s = travel - length / links["free_speed"].values[:, None]
    expected = np.maximum(flow * held_s, 0) / 900
    assert np.allclose(links["queue"].values[some], expected[some], rtol=1e-3, atol=1e-4)
    assert links["density"].attrs["units"] == "veh/km"


def test_xarray_and_h5py_read_the_same(town_run: jiahe.Run) -> None:
    h5 = town_run.path / "results.h5"
    with xr.open_dataset(h5, group="traffic", engine="h5netcdf", decode_timedelta=False) as other:
        assert not [d for d in other.dims if str(d).startswith("phony")]
        assert np.array_equal(other["flow"].values.T, town_run.links["flow"].values)
        assert np.array_equal(
            other["speed"].values.T, town_run.links["speed"].values, equal_nan=True
        )
    with h5py.File(h5) as file:
        assert np.array_equal(file["traffic/link"][()], town_run.links["link"].values)


def test_trips_ledger_parcels_and_cells_are_tables(town_run: jiahe.Run) -> None:
    trips = town_run.trips.to_pandas()
    assert trips.index.name == "trip"
    assert trips["arrival_s"].notna().sum() == town_run.kpi["traffic.trips_arrived"]
    assert trips.attrs["units"]["distance_m"] == "m"
    assert town_run.trips.to_xarray().sizes["trip"] == len(trips)
    ledger = town_run.tolling.ledger
    assert ledger["amount_fen"].dtype == np.int64
    assert len(ledger) > 0
    assert town_run.tolling.plazas["delay"].dims == ("plaza", "time")
    assert town_run.tolling.plazas["plaza_name"].dtype == object


def made_run(folder: Path) -> jiahe.Run:
    """A folder with the groups that are asked for, as the contract has them."""
    (folder / "manifest.json").write_text(json.dumps({"name": "made"}))
    (folder / "kpi.csv").write_text("name,unit,value\na.b,1,2\n")
    with h5py.File(folder / "results.h5", "w") as file:
        for group, scale, columns in (
            (
                "logistics/parcels",
                "parcel",
                {"ordered_s": [1.0, 2.0], "delivered_s": [3.0, np.nan]},
            ),
            ("telecom", "cell", {"lon": [120.0, 121.0]}),
        ):
            g = file.create_group(group)
            g[scale] = np.arange(2)
            g[scale].make_scale(scale)
            for name, values in columns.items():
                g[name] = np.array(values)
                g[name].attrs["units"] = "s"
                g[name].dims[0].attach_scale(g[scale])
    return jiahe.open(folder)


def test_parcels_and_cells_are_read_by_their_scales(tmp_path: Path) -> None:
    run = made_run(tmp_path)
    parcels = run.logistics.parcels
    assert list(parcels.index) == [0, 1]
    assert np.isnan(parcels["delivered_s"][1])
    assert list(run.telecom.cells["lon"].values) == [120.0, 121.0]
    assert run.telecom.cells["lon"].attrs["units"] == "s"


def test_what_was_not_recorded_is_said_so(tmp_path: Path) -> None:
    run = made_run(tmp_path)
    for ask in (
        lambda: run.links,
        lambda: run.trips.to_pandas(),
        lambda: run.tolling.ledger,
        lambda: run.telecom.classes,
    ):
        with pytest.raises(jiahe.NotRecordedError):
            ask()
