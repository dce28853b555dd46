"""Each rule refuses its fixture, the clean fixture passes, and so does the project itself."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
import tidy  # noqa: E402

RULES = sorted(p.name for p in (HERE / "fixtures").iterdir() if p.name != "clean")
EXPECTED = {
    "layers": [
        ("engine/city/root.cpp", 2),  # a program; a new system's inside is allowed
        ("engine/coupling/inside.cpp", 4),  # a system's inside; anybody's ports are allowed
        ("engine/roads/upward.cpp", 2),  # an arrow that turns up
        ("engine/traffic/sibling.cpp", 1),
        ("engine/transit/newcomer.cpp", 2),  # a folder without a row is a system
        ("tests/recipe/ferry/guest.cpp", 2),  # and so is one of the recipe
    ],
    "third_party": [("engine/traffic/files.cpp", 2)],
    "leak": [("engine/geo/inner.h", 7)],
    "file_size": [("engine/roads/endless.cpp", 601)],
    "ports_size": [("engine/traffic/ports.h", 126)],
    "function_size": [("engine/roads/long.cpp", 3)],
    "prose": [("engine/roads/silent.h", 1)],
    "random": [("engine/logistics/dice.cpp", 2)],
    "clock": [("engine/traffic/watch.cpp", 2)],
    "environment": [("engine/world/surroundings.cpp", 2)],
    "print": [("engine/tolling/loud.cpp", 2)],
    "unordered": [("engine/telecom/hashed.cpp", 1)],
    "switch_default": [("engine/traffic/lazy.cpp", 5)],
    "fast_math": [("cmake/Flags.cmake", 1)],
    "machine_path": [("scripts/here", 1)],
    "soft": [("engine/roads/longish.cpp", 401)],
}


@pytest.mark.parametrize("rule", RULES)
def test_rule_refuses_its_fixture_and_nothing_else(rule: str) -> None:
    found = tidy.check_tree(HERE / "fixtures" / rule)
    assert {name for name, *_ in found} == {rule}
    assert [(path, line) for _, path, line, _ in found] == EXPECTED[rule]


def test_every_rule_in_the_source_has_a_fixture() -> None:
    source = (HERE / "tidy.py").read_text()
    named = set(re.findall(r'yield "(\w+)"', source)) | set(tidy.BANNED)
    assert named == set(RULES) == set(EXPECTED)


def test_clean_fixture_passes() -> None:
    assert tidy.check_tree(HERE / "fixtures" / "clean") == []


def test_exit_codes() -> None:
    def run(name: str) -> int:
        tree = HERE / "fixtures" / name
        return subprocess.run([sys.executable, HERE / "tidy.py", tree], check=False).returncode

    assert (run("layers"), run("soft"), run("clean")) == (1, 0, 0)


def test_the_project_is_tidy() -> None:
    found = tidy.check_tree(HERE.parents[1])
    assert [f for f in found if f[0] != "soft"] == []


def test_tests_that_headers_name_exist() -> None:
    root = HERE.parents[1]
    for header in (root / "engine").rglob("*.h"):
        prose = re.sub(r"\n// ", " ", header.read_text())
        for name in re.findall(r"Test:\s*(tests/[\w/.]+\.cpp)", prose):
            assert (root / name).is_file(), f"{header.name}: {name}"
    for header in (root / "engine/coupling").glob("*.h"):
        assert "Test: " in re.sub(r"\n// ", " ", header.read_text()), header.name


def test_the_tidy_test_itself_is_short() -> None:
    assert len((HERE / "tidy.py").read_text().splitlines()) < 200
