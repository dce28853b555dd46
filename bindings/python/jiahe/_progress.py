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
        self._first_clock_s: float | None = None
        self._width = 0

    def __call__(self, facts: dict[str, Any]) -> None:
        if self._first_clock_s is None:
            self._first_clock_s = facts["clock_s"]
        is_last = facts["done"] >= 1
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
        wall_s = max(facts["wall_s"], 1e-9)
        factor = (facts["clock_s"] - (self._first_clock_s or 0.0)) / wall_s
        left_s = wall_s * (1 / facts["done"] - 1) if facts["done"] > 0 else 0.0
        return (
            f"{_clock(facts['clock_s'])}  {facts['done']:4.0%}  {factor:,.0f}x real time  "
            f"{facts['crossings'] / wall_s:,.0f} crossings/s  {facts['vehicles']:,} vehicles  "
            f"{facts['parcels']:,} parcels  {facts['flows']:,} flows  {left_s:.0f} s left"
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
