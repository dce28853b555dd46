"""Adds up ctest.xml (a doctest program counts its test cases) and pytest.xml; prints the last line.

usage: sum_tests.py RESULTS_DIR CTEST_EXIT_CODE PYTEST_EXIT_CODE

A doctest case that prints a message beginning with "skipped" counts as skipped. A program that
ends badly without a failed case (crash, timeout, sanitizer) and a tool that fails without a failed
test count as one failure, so that nothing red can hide.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

SUMMARY = re.compile(r"test cases:\s*(\d+) \|\s*(\d+) passed \|\s*(\d+) failed \|\s*(\d+) skipped")
SKIP_MESSAGE = re.compile(r"MESSAGE: skipped", re.IGNORECASE)
Counts = tuple[int, int, int]


def add(a: Counts, b: Counts) -> Counts:
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]


def count_program(output: str, failed: bool) -> Counts:
    """Counts of one doctest program, or of one plain test where no summary is found."""
    summary = SUMMARY.search(re.sub(r"\x1b\[[0-9;]*m", "", output))
    if summary is None:
        return (0, 1, 0) if failed else (1, 0, 0)
    _, passed, bad, skipped = map(int, summary.groups())
    by_message = min(len(SKIP_MESSAGE.findall(output)), passed)
    return passed - by_message, max(bad, int(failed)), skipped + by_message


def count_ctest(path: Path) -> Counts:
    total: Counts = (0, 0, 0)
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        failed = case.get("status") not in ("run", "notrun", "disabled")
        if case.get("status") in ("notrun", "disabled"):
            failed = case.find("skipped") is None
            total = add(total, (0, int(failed), int(not failed)))
            continue
        total = add(total, count_program(case.findtext("system-out") or "", failed))
    return total


def count_pytest(path: Path) -> Counts:
    total: Counts = (0, 0, 0)
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        bad = case.find("failure") is not None or case.find("error") is not None
        skipped = case.find("skipped") is not None
        total = add(total, (int(not bad and not skipped), int(bad), int(skipped and not bad)))
    return total


def main(results: Path, ctest_code: int, pytest_code: int) -> int:
    total: Counts = (0, 0, 0)
    for name, count, code in (
        ("ctest", count_ctest, ctest_code),
        ("pytest", count_pytest, pytest_code),
    ):
        path = results / f"{name}.xml"
        counts = count(path) if path.exists() else (0, 0, 0)
        if code != 0 and counts[1] == 0:
            counts = add(counts, (0, 1, 0))
        print(f"{name}: {counts[0]} passed, {counts[1]} failed, {counts[2]} skipped")
        total = add(total, counts)
    print(closing_line(total))
    return 1 if total[1] else 0


def closing_line(total: Counts) -> str:
    tail = f", {total[2]} skipped" if total[2] else ""
    return f"{total[0]} passed, {total[1]} failed{tail}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
