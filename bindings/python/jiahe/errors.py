"""Exceptions of jiahe. The engine raises them; `except jiahe.JiaheError` catches all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Fault(NamedTuple):
    """One fault of the input: a code, its place (line and column from 1, 0 = none) and the fix."""

    code: str
    file: str
    line: int
    column: int
    feature: str
    message: str
    hint: str


class JiaheError(Exception):
    """Base of all exceptions of this package."""


class InputError(JiaheError, ValueError):
    """A scenario, layer or argument is wrong.

    `str(error)` has one line a fault, as on the command line:
    ``x.yaml:14:7: error[E-SCN-012]: unknown key 'demnad' (did you mean 'demand'?)``.
    """

    def __init__(self, text: str, faults: Sequence[tuple[str, str, int, int, str, str, str]] = ()):
        super().__init__(text)
        self.faults: list[Fault] = [Fault(*fault) for fault in faults]

    @property
    def code(self) -> str:
        """Code of the first fault, such as "E-SCN-012"; "" where there is none."""
        return self.faults[0].code if self.faults else ""

    @property
    def file(self) -> str:
        """File (or option) of the first fault."""
        return self.faults[0].file if self.faults else ""

    @property
    def line(self) -> int:
        """Line of the first fault, from 1; 0 where it is not a place in a text."""
        return self.faults[0].line if self.faults else 0

    @property
    def column(self) -> int:
        """Column of the first fault, from 1; 0 where it is not a place in a text."""
        return self.faults[0].column if self.faults else 0


class ResourceError(JiaheError, RuntimeError):
    """A limit of memory or of another resource was reached."""


class IoError(JiaheError, OSError):
    """A file cannot be read or written."""


class CorruptFileError(JiaheError, ValueError):
    """A file that jiahe wrote is damaged."""


class InternalError(JiaheError, RuntimeError):
    """A broken invariant: a bug of ours. The text has the command that replays it."""


class NotRecordedError(JiaheError, LookupError):
    """The run has no such results: the system was switched off or nothing was recorded."""
