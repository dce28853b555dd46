"""Tables of a run: views without copies, equal to what other readers of results.h5 see."""

from __future__ import annotations

import gc
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
    one_hour = town_run.links["speed"].isel(time=slice(0, 4)).values
    assert np.shares_memory(one_hour, town_run.links["speed"].values)


@pytest.mark.parametrize("name", ["flow", "speed", "density", "queue", "travel_time", "length"])
def test_every_view_is_of_one_memory_of_the_engine(town_run: jiahe.Run, name: str) -> None:
    # Asked for anew, the engine hands out the same memory: neither side made a copy.
    first, again = (town_run._results.read("/traffic")[name][1] for _ in range(2))
    assert isinstance(first, np.ndarray)
    assert first is not again
    assert np.shares_memory(first, again)
    assert np.shares_memory(first, town_run.links[name].values)


def test_tables_come_from_the_run_and_not_from_its_files(town: Path, tmp_path: Path) -> None:
    run = jiahe.run(town, out=tmp_path / "run", progress=False, until="06:30")
    (tmp_path / "run" / "results.h5").unlink()
    assert run.links["flow"].values.sum() > 0
    assert len(run.trips.to_pandas()) > 0


def test_tables_outlive_their_run(town: Path, tmp_path: Path) -> None:
    run = jiahe.run(town, out=tmp_path / "run", progress=False, until="06:30")
    views = [run.links["speed"].values, jiahe.open(run.path).links["speed"].values]
    expected = [view.copy() for view in views]
    del run
    gc.collect()
    _ = [np.ones(100_000) for _ in range(50)]  # would take freed memory
    for view, copy in zip(views, expected, strict=True):
        assert np.array_equal(view, copy, equal_nan=True)


def test_links_have_shape_units_and_coordinates(town_run: jiahe.Run) -> None:
    links = town_run.links
    assert links["flow"].dims == ("link", "time")
    assert links["speed"].attrs["units"] == "m/s"
    assert links["length"].dims == ("link",)
    assert links["time"].values[0] == 6 * 3600
    assert links.sizes["time"] == 16  # 06:00 to 10:00 by 15 min
    one = links.sel(link=int(links["link"][0]))
    assert one["flow"].dims == ("time",)


def test_density_and_queue_keep_the_books_of_vehicle_time(town_run: jiahe.Run) -> None:
    links = town_run.links
    length_km = links["length"].values[:, None] / 1000
    present_s = (links["density"].values * length_km * 900).sum()  # 900 s bins
    # Little's law over the whole run: time on links = sum over those that left, and those still on
    # them at the end, who stay out of the left side.
    left_s = np.nansum(links["flow"].values * links["travel_time"].values)
    still_there = town_run.kpi["traffic.trips_planned"] - town_run.kpi["traffic.trips_arrived"]
    assert left_s <= present_s * (1 + 1e-6)
    assert present_s - left_s < still_there * 3600
    assert present_s == pytest.approx(left_s, rel=0.01)
    # What waits at the stop line is on the link, and waiting is what free flow does not explain.
    assert (links["queue"].values <= links["density"].values * length_km + 1e-4).all()
    held_s = (links["queue"].values * 900).sum()
    free_s = links["length"].values[:, None] / links["free_speed"].values[:, None]
    delay_s = np.nansum(links["flow"].values * (links["travel_time"].values - free_s))
    assert held_s == pytest.approx(delay_s, rel=0.1)
    assert links["density"].attrs["units"] == "veh/km"
    assert links["queue"].attrs["units"] == "veh"


def test_bins_that_a_run_did_not_reach_are_told_apart(town: Path) -> None:
    links = jiahe.run(town, progress=False, until="07:00").links
    reached = links["time"].values < 7 * 3600
    assert np.isfinite(links["density"].values[:, reached]).all()
    assert np.isnan(links["density"].values[:, ~reached]).all()
    assert (links["flow"].values[:, ~reached] == 0).all()


def test_cells_and_hubs_have_figures_by_time(town_run: jiahe.Run) -> None:
    cells = town_run.telecom.cells
    assert cells["load"].dims == ("cell", "time")
    assert ((cells["load"].values > 0) & (cells["load"].values < 1)).all()
    assert cells["load"].values.max() == pytest.approx(
        town_run.kpi["telecom.busiest_cell_load"], rel=1e-6
    )
    hubs = town_run.logistics.hubs
    assert hubs["delivered"].dims == ("hub", "time")
    assert hubs["delivered"].values.sum() == town_run.kpi["logistics.delivered"]
    assert set(town_run.tolling.ledger["site"]) <= set(town_run.tolling.sites.index)


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


def test_every_group_opens_in_xarray_with_units_and_without_phony_dimensions(
    town_run: jiahe.Run,
) -> None:
    h5 = town_run.path / "results.h5"
    groups: list[str] = []
    with h5py.File(h5) as file:
        assert {"traffic", "tolling", "logistics", "telecom", "resilience", "kpi"} <= set(file)

        def look(name: str, item: h5py.Group | h5py.Dataset) -> None:
            if isinstance(item, h5py.Group):
                groups.append(name)
            else:
                assert item.attrs["units"], name
                assert item.attrs["long_name"], name

        file.visititems(look)
    assert len(groups) >= 10
    for group in groups:
        with xr.open_dataset(h5, group=group, engine="h5netcdf", decode_timedelta=False) as data:
            assert not [d for d in data.dims if str(d).startswith("phony")], group
            assert len(data.data_vars) > 0
    with xr.open_dataset(h5, group="kpi", engine="h5netcdf") as kpi:
        table = dict(zip(kpi["name"].values, kpi["value"].values, strict=True))
    assert table == town_run.kpi.to_dict()


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
