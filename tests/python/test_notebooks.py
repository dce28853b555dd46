"""The notebooks run as they stand, from their own folder, and draw what they say."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import jiahe
import nbclient
import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def load_check() -> object:
    path = ROOT / "scripts" / "check_notebooks.py"
    spec = importlib.util.spec_from_file_location("check_notebooks", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(notebook: nbformat.NotebookNode) -> int:
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    return sum("image/png" in out.get("data", {}) for out in outputs)


def test_there_are_notebooks() -> None:
    assert [path.name for path in NOTEBOOKS] == ["first_run.ipynb"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_draws_its_figures(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The kernel starts in the notebook's folder, where a relative search path would lead nowhere.
    monkeypatch.setenv("PYTHONPATH", str(Path(jiahe.__file__).resolve().parents[1]))
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    client = nbclient.NotebookClient(
        notebook,
        timeout=120,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()  # raises where a cell does
    assert figures(notebook) == 3


def test_a_notebook_with_outputs_is_found_out() -> None:
    check = load_check()
    cell = {"cell_type": "code", "outputs": [], "execution_count": None, "source": []}
    assert check.is_stripped({"cells": [cell]})  # type: ignore[attr-defined]
    assert not check.is_stripped(  # type: ignore[attr-defined]
        {"cells": [cell | {"execution_count": 1}]}
    )
    assert not check.is_stripped(  # type: ignore[attr-defined]
        {"cells": [cell | {"outputs": [{"output_type": "stream"}]}]}
    )
