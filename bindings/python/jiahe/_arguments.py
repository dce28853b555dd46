"""Arguments of the public functions, brought into the forms that the engine takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import time
from os import PathLike, fspath
from typing import Any, TypeAlias

from jiahe import _core
from jiahe.errors import InputError

AnyPath: TypeAlias = str | PathLike[str]
Overrides: TypeAlias = Mapping[str, Any] | Iterable[str]


def data_folders(data: AnyPath | Iterable[AnyPath] | None) -> list[str]:
    """No, one or several folders."""
    if data is None:
        return []
    if isinstance(data, str | PathLike):
        return [fspath(data)]
    return [fspath(folder) for folder in data]


def override_texts(overrides: Overrides | None) -> list[str]:
    """{"tolling": {"etc_share": 0.9}} or {"tolling.etc_share": 0.9}: "tolling.etc_share=0.9".

    Values become JSON, which is YAML's flow notation; lists replace the list that is there.
    """
    if overrides is None:
        return []
    if isinstance(overrides, Mapping):
        return [f"{path}={text}" for path, text in _leaves("", overrides)]
    if isinstance(overrides, str):
        return [overrides]
    return list(overrides)


def _leaves(path: str, value: Any) -> Iterable[tuple[str, str]]:
    if isinstance(value, Mapping) and value:
        for key, child in value.items():
            yield from _leaves(f"{path}.{key}" if path else str(key), child)
    else:
        yield path, json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    """NumPy scalars and arrays, paths and times of day."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, time):
        return value.strftime("%H:%M:%S")
    if isinstance(value, PathLike):
        return fspath(value)
    raise TypeError(f"cannot write {value!r} into a scenario")


def seconds_of_day(moment: str | float | time | None) -> float | None:
    """ "07:30", "07:30:15", datetime.time or seconds since midnight: seconds since midnight."""
    if moment is None:
        return None
    if isinstance(moment, time):
        return moment.hour * 3600 + moment.minute * 60 + moment.second
    if isinstance(moment, str):
        match = re.fullmatch(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?", moment)
        if not match or int(match[1]) > 48:
            raise _refusal("until", repr(moment), "a time of day such as '07:30'")
        return int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or 0)
    if moment < 0:
        raise _refusal("until", repr(moment), "seconds since midnight")
    return float(moment)


def whole_number(name: str, value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise _refusal(name, str(value), f"a number from {least} to {most}")
    return int(value)


def _refusal(name: str, found: str, expected: str) -> InputError:
    message = f"found {found}, expected {expected}"
    text = f"{name}: error[E-PY-001]: {message}"
    return InputError(text, [("E-PY-001", name, 0, 0, "", message, "")])


def inputs(scenario: AnyPath, data: list[str], overrides: list[str]) -> _core.Inputs:
    return _core.Inputs(fspath(scenario), data, overrides)
