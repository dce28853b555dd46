"""Jiahe: a whole city on one clock - road traffic with tolls, parcels and network load.

>>> import jiahe
>>> run = jiahe.run("scenarios/town/morning.yaml", threads=2)   # doctest: +SKIP
>>> run.kpi["traffic.trips_arrived"]                            # doctest: +SKIP
>>> run.links["speed"].sel(link=17)                             # doctest: +SKIP

Results are the same bits for any number of threads. Times are seconds since midnight of the first
day; every table says its units (`.attrs["units"]`). Bad input raises `InputError` with the place.
"""

from jiahe._core import commit as __commit__
from jiahe._core import version as __version__
from jiahe.errors import (
    CorruptFileError,
    InputError,
    InternalError,
    IoError,
    JiaheError,
    NotRecordedError,
    ResourceError,
)
from jiahe.runs import Run, open, report, run
from jiahe.scenario import CheckReport, Scenario
from jiahe.tables import Logistics, Telecom, Tolling, Trips

__all__ = [
    "CheckReport",
    "CorruptFileError",
    "InputError",
    "InternalError",
    "IoError",
    "JiaheError",
    "Logistics",
    "NotRecordedError",
    "ResourceError",
    "Run",
    "Scenario",
    "Telecom",
    "Tolling",
    "Trips",
    "__commit__",
    "__version__",
    "open",
    "report",
    "run",
]
