"""Networks and demand through the program: imported, cut, moved, written again, run.

The inputs are the good ones of tests/bad/layers, from which the bad ones are made.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from test_bad_inputs import ROOT, TIME_LIMIT_S, program

LAYERS = ROOT / "tests" / "bad" / "layers"
TABLES = ("nodes", "links", "movements", "signals")


def call(*arguments: object) -> str:
    """Standard output of a call that succeeds."""
    result = subprocess.run(
        [str(program()), *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT_S,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(path) as database:
        return {
            table: database.execute(f"SELECT * FROM {table} ORDER BY fid").fetchall()
            for table in TABLES
        }


def run_of(folder: Path, demand: str, network: str = "town", extra: str = "") -> dict[str, object]:
    """The manifest of an hour's run, with its indicators under 'kpi'."""
    (folder / "s.yaml").write_text(
        'name: s\nstart: "07:00"\nend: "08:30"\ncity:\n'
        f"  network: {{file: {network}}}\n"
        "  sites: {plazas: 0, gantries: 0, cells: 2, cameras: 0, hubs: 1, vans: 1,"
        f" residents: 500}}\n{extra}traffic:\n  demand: {{{demand}}}\n"
        "logistics: {share: 0 %}\n",
        encoding="utf-8",
    )
    out = folder / "out"
    call("run", folder / "s.yaml", "--data", LAYERS, "--quiet", "--force", "--out", out)
    manifest: dict[str, object] = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    kpi = (out / "kpi.csv").read_text(encoding="utf-8").splitlines()[1:]
    manifest["kpi"] = {line.split(",")[0]: float(line.split(",")[2]) for line in kpi}
    return manifest


def arrived(manifest: dict[str, object]) -> tuple[float, float]:
    kpi = manifest["kpi"]
    assert isinstance(kpi, dict)
    return kpi["traffic.trips_planned"], kpi["traffic.trips_arrived"]


@pytest.mark.parametrize(
    ("kind", "name", "counts"),
    [
        ("osm", "town.osm", "5 nodes, 8 links, 16 turns, 0 signals"),
        ("osm", "town.osm.pbf", "5 nodes, 8 links, 16 turns, 0 signals"),
        ("gmns", "town", "5 nodes, 8 links, 16 turns, 1 signals"),
        ("tntp", "pair/pair_net.tntp", "3 nodes, 4 links, 4 turns, 0 signals"),
    ],
)
def test_a_network_is_imported_and_survives_its_own_file(
    kind: str, name: str, counts: str, tmp_path: Path
) -> None:
    first, again = tmp_path / "first.gpkg", tmp_path / "again.gpkg"
    said = call("import", kind, LAYERS / name, "--out", first)
    assert said.splitlines()[-1] == f"{first}: {counts}"
    call("import", "gpkg", first, "--out", again)
    assert rows(first) == rows(again)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.gpkg", "first.gpkg"]


@pytest.mark.parametrize(("kind", "name"), [("osm", "town.osm"), ("gmns", "town")])
def test_a_box_cuts_the_network_and_says_what_it_dropped(
    kind: str, name: str, tmp_path: Path
) -> None:
    out = tmp_path / "out.gpkg"
    # The middle and the western, northern and southern arms: node 3 lies at 120.01 E.
    said = call("import", kind, LAYERS / name, "--bbox", "119,29,120.005,31", "--out", out)
    assert re.search(r"^[12] .*outside the bounding box$", said, re.MULTILINE)
    assert [row[2] for row in rows(out)["nodes"]] == [1, 2, 4, 5]
    assert len(rows(out)["links"]) == 6


def test_coordinates_that_the_file_does_not_name_are_those_of_the_option(tmp_path: Path) -> None:
    folder = tmp_path / "plane"
    shutil.copytree(LAYERS / "town", folder)
    (folder / "config.csv").unlink()
    # UTM zone 51: 500 km is 123 E; 1 km of northing on the equator is 0.00904 degrees.
    (folder / "node.csv").write_text(
        "node_id,x_coord,y_coord,ctrl_type\n1,499000,0,\n2,500000,1000,\n3,501000,0,\n"
        "4,500000,0.5,\n5,500000,0,signal\n",
        encoding="utf-8",
    )
    out = tmp_path / "out.gpkg"
    call("import", "gmns", folder, "--crs", "EPSG:32651", "--out", out)
    with sqlite3.connect(out) as database:
        sql = "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'nodes'"
        low_x, low_y, high_x, high_y = database.execute(sql).fetchone()
    # A metre of easting is 1 / (0.9996 * 6378137 m) radians at the central meridian.
    assert (low_x, high_x) == pytest.approx((123 - 0.0089868, 123 + 0.0089868), abs=1e-6)
    assert (low_y, high_y) == pytest.approx((0, 0.0090473), abs=1e-6)
    shifted = tmp_path / "shifted.gpkg"
    call("import", "gmns", LAYERS / "town", "--crs", "gcj02", "--out", shifted)
    with sqlite3.connect(shifted) as database:
        moved = database.execute(sql).fetchone()
    # GCJ-02 lies some 500 m off in this country: between 0.001 and 0.01 degrees.
    assert 0.001 < abs(moved[0] - 119.99) < 0.01


def test_a_run_on_the_imported_file_has_the_hash_of_a_run_on_the_source(tmp_path: Path) -> None:
    demand = "source: od_table, od_file: od_good.csv"
    source = run_of(tmp_path, demand)
    call("import", "gmns", LAYERS / "town", "--out", tmp_path / "town.gpkg")
    file = run_of(tmp_path, demand, network="town.gpkg")
    assert source["state_hash"] == file["state_hash"]
    # 20 cars by 07:10 and 10.5 over the run: 30.5, rounded 31.
    assert arrived(source) == (31, 31)


def test_trips_of_a_tntp_network_are_spread_over_the_profile_and_arrive(tmp_path: Path) -> None:
    manifest = run_of(
        tmp_path,
        "source: od_table, od_file: pair/pair_trips.tntp, od_scale: 2,"
        ' od_profile: [{from: "07:00", until: "07:30", share: 75 %},'
        ' {from: "07:30", until: "08:00", share: 25 %}]',
        network="pair",
    )
    assert arrived(manifest) == (60, 60)  # (20 + 10) * 2


def test_trips_without_routes_find_their_way(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "trip_id,departure_s,o_node_id,d_node_id,class\n1,0,1,3,car\n2,5,2,4,truck\n",
        encoding="utf-8",
    )
    manifest = run_of(tmp_path, "source: trips_table, trips_file: t.csv")
    assert arrived(manifest) == (2, 2)
    routed = run_of(
        tmp_path, "source: trips_table, trips_file: trips_good.csv.gz, routes_file: routes.csv"
    )
    assert arrived(routed) == (199, 199)


def test_trips_are_generated_from_layers_of_residents_and_jobs(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(
        "lon,lat,people\n119.99,30,900\n120,30.01,100\n", encoding="utf-8"
    )
    (tmp_path / "jobs.csv").write_text("lon,lat,jobs\n120.01,30,500\n", encoding="utf-8")
    manifest = run_of(
        tmp_path,
        "source: generated, trips: 2000, mean_trip_length: 1 km",
        extra="  layers: {residents: {file: people.csv, column: people}, jobs: {file: jobs.csv}}\n",
    )
    notes = manifest["notes"]
    assert isinstance(notes, list)
    assert "layer people.csv: 1000 people in 2 of 2 features" in notes
    assert "layer jobs.csv: 500 jobs in 1 of 1 features" in notes
    planned, done = arrived(manifest)
    assert planned > 200
    assert done > 0.9 * planned  # the last ones are under way at the end
