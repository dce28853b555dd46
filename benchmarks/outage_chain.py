"""What an outage of a toll station's backhaul costs: paired runs with common random numbers.

usage: outage_chain.py SCENARIO [--replications 10] [--first-seed 1] [--plaza busiest]
                       [--from 07:30] [--until 08:30] [--end HH:MM] [--out DIR] ...

Each replication is a pair of runs of one seed that differ by the scripted event alone. The station
is both plazas of an interchange (NAME-entry and NAME-exit share one site and one backhaul), chosen
before any outage is run: the one with the most passages within the hour in the undisturbed run of
--choose-seed. Figures of a run: the mean delay of the station's vehicles that came within the hour,
and the parcels that were late by the run's end (promise past, not delivered by then), once of all
and once of those whose promise stands: that were promised the same time in both runs. Where the
outage made a dispatcher plan otherwise later on, other customers were told other times; those
parcels are late or not by the chance of another plan, which hides the effect without moving it.
Every record before the outage must be the same to the last bit in both runs of each pair, and every
column of results.h5 in two runs that end when it begins. Prints a table and the paired differences
with their 95 % intervals (Student); exit code 1 where the delay's or the standing promises' reaches
0 or a record differs.
Run with PYTHONPATH free: only h5py and numpy are needed.
"""

import argparse
import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import h5py
import numpy as np

# 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom.
STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179,
           2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064,
           2.060, 2.056, 2.052, 2.048, 2.045, 2.042]  # fmt: skip


def seconds(clock: str) -> float:
    hours, minutes = clock.split(":")
    return 3600.0 * int(hours) + 60.0 * int(minutes)


def station_of(plaza: str) -> str:
    return plaza.removesuffix("-entry").removesuffix("-exit")


class Run:
    """The results of one run's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = h5py.File(folder / "results.h5")
        self.plazas = [n.decode() for n in self.file["tolling/plaza_name"][:]]

    def passages(self, first_s: float, last_s: float) -> dict[str, int]:
        toll = self.file["tolling"]
        rows = (toll["time"][:] >= first_s) & (toll["time"][:] < last_s)
        total: dict[str, int] = {}
        for plaza, count in zip(self.plazas, toll["passages"][rows].sum(axis=0), strict=True):
            total[station_of(plaza)] = total.get(station_of(plaza), 0) + int(count)
        return total

    def mean_delay_s(self, station: str, first_s: float, last_s: float) -> float:
        toll = self.file["tolling"]
        rows = (toll["time"][:] >= first_s) & (toll["time"][:] < last_s)
        ours = np.array([station_of(p) == station for p in self.plazas])
        count = toll["passages"][rows][:, ours]
        delay = np.nan_to_num(toll["delay"][rows][:, ours].astype(float))
        return float((count * delay).sum() / count.sum())

    def vans(self, station: str, first_s: float, last_s: float) -> int:
        ledger = self.file["tolling/ledger"]
        ours = [i for i, p in enumerate(self.plazas) if station_of(p) == station]
        first_van = int(self.file["traffic/trips/trip"].shape[0])
        within = (ledger["time_s"][:] >= first_s) & (ledger["time_s"][:] < last_s)
        here = np.isin(ledger["site"][:], ours) & within
        return int((ledger["vehicle"][:][here] >= first_van).sum())

    def end_s(self) -> float:
        time = self.file["traffic/time"][:]
        return float(2 * time[-1] - time[-2])

    def promised_s(self) -> np.ndarray:
        return np.asarray(self.file["logistics/parcels/promised_s"][:])

    def late(self, end_s: float) -> np.ndarray:
        promised_s = self.promised_s()
        delivered_s = self.file["logistics/parcels/delivered_s"][:]
        return (promised_s <= end_s) & ~(delivered_s <= promised_s)


def before(run: Run, when_s: float) -> dict[str, np.ndarray]:
    """Every record of a run that was made before `when_s`."""
    f = run.file
    kept = {}
    # A passage is counted in the bin of its arrival when it is over: the bin before the outage is
    # not complete when that begins, and left out here.
    width_s = float(np.diff(f["tolling/time"][:2])[0])
    for group, key, names in [
        ("traffic", "time", ["flow", "speed", "travel_time"]),
        ("tolling", "time", ["passages", "delay"]),
        ("tolling/ledger", "time_s", ["vehicle", "site", "amount_fen", "cause", "time_s"]),
        ("traffic/trips", "arrival_s", ["trip", "arrival_s", "distance_m"]),
        ("logistics/parcels", "delivered_s", ["parcel", "delivered_s"]),
    ]:
        margin_s = {"traffic": width_s, "tolling": 2 * width_s}.get(group, 0)
        rows = f[group][key][:] + margin_s <= when_s
        for name in names:
            kept[f"{group}/{name}"] = f[group][name][:][rows]
    return kept


def same_bits(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and a.dtype == b.dtype and a.tobytes() == b.tobytes()


def all_columns(run: Run) -> dict[str, np.ndarray]:
    columns: dict[str, np.ndarray] = {}

    def keep(name: str, item: object) -> None:
        # The script itself is told before it acts.
        if isinstance(item, h5py.Dataset) and not name.startswith("resilience/"):
            values = item[()]
            columns[name] = values.astype("S") if values.dtype == object else values

    run.file.visititems(keep)
    return columns


class Experiment:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.out = Path(options.out)
        self.fail_s, self.restore_s = seconds(options.from_), seconds(options.until)

    def run(self, seed: int, station: str = "", end: str = "") -> Run:
        o = self.options
        end = end or o.end
        folder = self.out / f"seed-{seed:02d}-{station or 'none'}-{(end or 'day').replace(':', '')}"
        call = [o.program, "run", o.scenario, "--seed", str(seed), "--out", str(folder), "--quiet",
                "--threads", str(o.threads)]  # fmt: skip
        call += ["--until", end] if end else []
        for data in o.data:
            call += ["--data", data]
        for change in o.set:
            call += ["--set", change]
        if station:
            plazas = [p for p in self.plazas if station_of(p) == station]
            events = ", ".join(
                f'{{time: "{o.from_}", until: "{o.until}", action: fail, '
                f"target: {{kind: backhaul, name: plaza-{plaza}}}}}"
                for plaza in plazas
            )
            call += ["--set", f"events=[{events}]"]
        # A finished run is left as it is; one that was cut off begins anew.
        call += ["--resume"] if (folder / "manifest.json").exists() else ["--force"]
        subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
        return Run(folder)

    def choose(self) -> str:
        undisturbed = self.run(self.options.choose_seed)
        self.plazas = undisturbed.plazas
        if self.options.plaza != "busiest":
            return station_of(self.options.plaza)
        total = undisturbed.passages(self.fail_s, self.restore_s)
        ranking = sorted(total, key=lambda s: (-total[s], s))
        print("passages within the hour, seed", self.options.choose_seed, end=": ")
        print(", ".join(f"{s} {total[s]}" for s in ranking[:5]))
        return ranking[0]

    def pair(self, seed: int, station: str) -> tuple[float, ...]:
        plain, failed = self.run(seed), self.run(seed, station)
        end_s = seconds(self.options.end) if self.options.end else plain.end_s()
        hour = (station, self.fail_s, self.restore_s)
        mine, other = before(plain, self.fail_s), before(failed, self.fail_s)
        same = all(same_bits(mine[name], other[name]) for name in mine)
        rows = sum(len(values) for values in mine.values())
        late, late_too = plain.late(end_s), failed.late(end_s)
        stands = plain.promised_s() == failed.promised_s()
        delays = plain.mean_delay_s(*hour), failed.mean_delay_s(*hour)
        more = int(late_too.sum()) - int(late.sum())
        more_standing = int((late_too & stands).sum()) - int((late & stands).sum())
        print(
            f"| {seed} | {delays[0]:.1f} | {delays[1]:.1f} | {plain.vans(*hour)} | {late.sum()} "
            f"| {more:+d} | {stands.sum()} | {more_standing:+d} | {rows if same else 'DIFFER'} |",
            flush=True,
        )
        return delays[1] - delays[0], more, more_standing, same

    def equal_until_it_begins(self, seed: int, station: str) -> bool:
        left = all_columns(self.run(seed, "", self.options.from_))
        right = all_columns(self.run(seed, station, self.options.from_))
        differ = [n for n in left if n not in right or not same_bits(left[n], right[n])]
        print(f"seed {seed} until {self.options.from_}: {len(left)} columns, differ: {differ}")
        return not differ and left.keys() == right.keys()


def interval(values: list[float]) -> tuple[float, float]:
    n = len(values)
    half = STUDENT[n - 2] * float(np.std(values, ddof=1)) / math.sqrt(n)
    return float(np.mean(values)), half


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("scenario")
    parser.add_argument("--replications", type=int, default=10, choices=range(2, 32))
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--choose-seed", type=int, default=1)
    parser.add_argument("--plaza", default="busiest", help="name of a station, or busiest")
    parser.add_argument("--from", dest="from_", default="07:30")
    parser.add_argument("--until", default="08:30")
    parser.add_argument("--end", default="", help="of the runs; default: the scenario's")
    parser.add_argument("--program", default="build/release/bin/jiahe")
    parser.add_argument("--data", action="append", default=[])
    parser.add_argument("--set", action="append", default=[], help="passed on to each run")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=1, help="pairs side by side")
    parser.add_argument("--out", default="out/outage-chain")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    experiment = Experiment(options)
    station = experiment.choose()
    print(f"station {station}: backhaul fails {options.from_}, restored {options.until}\n")
    print("| seed | mean delay, s | with outage, s | vans | late parcels | more late ", end="")
    print("| standing promises | more late | equal rows before |\n" + "|---" * 9 + "|")
    seeds = range(options.first_seed, options.first_seed + options.replications)
    with ThreadPoolExecutor(options.jobs) as pool:
        rows = list(pool.map(lambda seed: experiment.pair(seed, station), seeds))
    delay, delay_half = interval([row[0] for row in rows])
    every, every_half = interval([row[1] for row in rows])
    late, late_half = interval([row[2] for row in rows])
    print(f"\nmean delay of the station's vehicles: {delay:+.1f} +- {delay_half:.1f} s")
    print(f"parcels on time, all: {-every:+.1f} +- {every_half:.1f} (95 %, {len(rows)} pairs)")
    print(f"parcels on time, standing promises: {-late:+.1f} +- {late_half:.1f}")
    same = experiment.equal_until_it_begins(options.first_seed, station)
    same = same and all(row[3] for row in rows)
    return 0 if same and delay > delay_half and late > late_half else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
