"""The progress line of `jiahe.run`."""

from __future__ import annotations

import sys
from typing import Any, TextIO

LINE_EVERY_S = 0.2
LOG_EVERY = 0.1  # share of the run, where lines cannot be overwritten


def _clock(seconds: float) -> str:
    minutes = int(seconds) // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


class ProgressLine:
    """Tells the simulated clock, speed and load on stderr; called with the engine's facts."""

    def __init__(self, stream: TextIO | None = None):
        self._stream = stream or sys.stderr
        self._overwrites = self._stream.isatty() or "ipykernel" in sys.modules
        self._last_wall_s = -1.0
        self._last_share = -1.0
        self._width = 0

    def __call__(self, facts: dict[str, Any]) -> None:
        is_last = facts["clock_s"] >= facts["end_s"]
        is_due = (
            facts["wall_s"] - self._last_wall_s >= LINE_EVERY_S
            if self._overwrites
            else facts["done"] - self._last_share >= LOG_EVERY
        )
        if not (is_due or is_last):
            return
        self._last_wall_s, self._last_share = facts["wall_s"], facts["done"]
        self._show(self._text(facts))

    def _text(self, facts: dict[str, Any]) -> str:
        return (
            f"{_clock(facts['clock_s'])}  {facts['done']:4.0%}  "
            f"{facts['real_time_factor']:,.0f}x real time  "
            f"{facts['crossings_per_s']:,.0f} crossings/s  {facts['vehicles']:,} vehicles  "
            f"{facts['parcels']:,} parcels  {facts['flows']:,} flows  ETA {facts['eta_s']:.0f} s"
        )

    def _show(self, text: str) -> None:
        if self._overwrites:
            self._stream.write("\r" + text.ljust(self._width))
            self._width = len(text)
        else:
            self._stream.write(text + "\n")
        self._stream.flush()

    def finish(self) -> None:
        if self._overwrites and self._width:
            self._stream.write("\n")
            self._stream.flush()
