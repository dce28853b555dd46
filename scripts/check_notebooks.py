"""Fails where a notebook under notebooks/ carries outputs or execution counts: strip them."""

import json
import sys
from pathlib import Path


def is_stripped(notebook: dict) -> bool:
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return not any(cell.get("outputs") or cell.get("execution_count") for cell in code)


def main() -> int:
    root = Path(__file__).resolve().parent.parent / "notebooks"
    bad = [p for p in sorted(root.glob("**/*.ipynb")) if not is_stripped(json.loads(p.read_text()))]
    for path in bad:
        print(f"{path.relative_to(root.parent)}: outputs are not stripped")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
