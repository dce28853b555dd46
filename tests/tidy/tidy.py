"""The house rules as a test: layers, third parties, sizes, header prose, banned calls.

usage: tidy.py [ROOT]   prints one line a finding, exits 1 where one is an error (soft limits warn)

A finding is (rule, path, line, message). Every rule has a failing tree in fixtures/RULE/.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

Finding = tuple[str, str, int, str]

TABLE = tomllib.loads((Path(__file__).parent / "layers.toml").read_text())
# Folders whose loops make no results; elsewhere hash order and incomplete switches are refused.
UNORDERED = ["base", "geo", "roads", "scenario", "results", "world", "routing", "city", "cli",
             "twin", "evaluation"]  # fmt: skip
# rule: (pattern, folders of engine/ that are exempt)
BANNED = {
    "random": (r"\bstd::rand\b|\bsrand\s*\(|<random>|\bstd::mt19937", []),
    "clock": (r"_clock::now\s*\(|[^\w.>:]time\s*\(\s*(NULL|nullptr|0|&)", ["city", "cli"]),
    "environment": (r"\bgetenv\s*\(", ["cli"]),
    "print": (r"\bstd::c(out|err|log)\b|[^\w:]f?printf\s*\(|\bfmt::print\b", ["cli"]),
}
CODE = (".h", ".cpp")
TEXT = (*CODE, ".py", ".cmake", ".txt", ".md", ".yaml", ".json", ".toml", "")
FOLDERS = ["engine", "bindings", "benchmarks", "cmake", "data", "docs", "notebooks", "scenarios",
           "scripts", "tests", ".ci"]  # fmt: skip
SIZES = {".h": (250, 400), ".cpp": (400, 600)}  # soft, hard
FUNCTION_LINES, PROSE_LINES, PORTS_LINES = 70, 4, 120
MACHINE_PATH = re.compile(r"(?<![\w.$}/-])/(work|tmp|home|root|Users)/\w")
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.M)
NOT_CODE = re.compile(
    r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/',
    re.S,
)


def read_tree(root: Path) -> dict[str, str]:
    paths = [p for p in root.iterdir() if p.is_file() and p.name != "LICENSE"]
    for folder in FOLDERS:
        paths += [p for p in (root / folder).rglob("*") if p.is_file()]
    names = {str(p.relative_to(root)): p for p in paths if p.suffix in TEXT}
    skipped = re.compile(r"tests/tidy/|.*__pycache__|data/.*\.(txt|json)$")
    return {n: p.read_text("utf-8", "replace") for n, p in names.items() if not skipped.match(n)}


def bare(text: str) -> str:
    """The code without comments and literals, line numbers kept; includes keep their names."""
    return NOT_CODE.sub(lambda m: '""' + "\n" * m[0].count("\n"), text)


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def folder_of(path: str) -> str:
    return next(iter(re.findall(r"^(?:engine|tests/recipe)/([^/]+)/", path)), "")


def includes(text: str) -> Iterator[tuple[int, bool, str]]:
    for match in INCLUDE.finditer(text):
        yield line_of(text, match.start(2)), match[1] == '"', match[2]


def third_party(header: str) -> str | None:
    return next((name for name, start in TABLE["headers"].items() if re.match(start, header)), None)


def check_includes(path: str, text: str) -> Iterator[Finding]:
    folder = folder_of(path)
    row = TABLE["folders"].get(folder, TABLE["folders"]["new_system"])
    for line, ours, header in includes(text):
        (top, _, name), party = header.partition("/"), third_party(header)
        kind = top if top in TABLE["folders"] else "new_system"
        if ours and not party and not {top, kind, header, f"*/{name}"} & {folder, *row["include"]}:
            yield "layers", path, line, f"{folder} may not include {header}"
        elif party and party != "fmt" and party not in row["third_party"]:
            yield "third_party", path, line, f"{party} is not {folder}'s to use"


def check_leaks(tree: dict[str, str]) -> Iterator[Finding]:
    """A header that another folder reads, directly or through headers, names no third party."""
    exposed = set()
    for path, text in tree.items():
        if path.endswith(CODE):
            read = {header for _, _, header in includes(text) if "/" in header}
            exposed |= {f"engine/{h}" for h in read if h.split("/")[0] != folder_of(path)}
    waiting = sorted(exposed & tree.keys())
    exposed = set(waiting)
    while waiting:
        path = waiting.pop()
        for line, _, header in includes(tree[path]):
            if third_party(header):
                yield "leak", path, line, f"{header} in a header that other folders read"
            elif f"engine/{header}" in tree.keys() - exposed:
                exposed.add(f"engine/{header}")
                waiting.append(f"engine/{header}")


def check_sizes(path: str, text: str) -> Iterator[Finding]:
    lines = text.count("\n")
    soft, hard = SIZES[Path(path).suffix]
    if lines > hard:
        yield "file_size", path, lines, f"{lines} lines, at most {hard}"
    elif lines > soft:
        yield "soft", path, lines, f"{lines} lines, aim at {soft}"
    if Path(path).name == "ports.h" and lines > PORTS_LINES:
        yield "ports_size", path, lines, f"{lines} lines, at most {PORTS_LINES}"


def check_functions(path: str, code: str) -> Iterator[Finding]:
    """Blocks that stand in namespaces or classes only are functions, unless they are tables."""
    stack: list[tuple[bool, int, bool]] = []  # (is a function, line, encloses functions only)
    chunk_start = 0
    for match in re.finditer(r"[{};]", code):
        chunk = re.sub(r"#.*|alignas\([^)]*\)", "", code[chunk_start : match.start()]).strip()
        chunk_start = match.end()
        if match[0] == "{":
            scope = re.search(r"\b(namespace|extern|class|struct|union|enum)\b", chunk)
            is_scope = bool(scope) and not re.search(r"\)[^()]*$", chunk)
            inside = bool(stack) and not stack[-1][2]
            table = chunk.endswith(("=", ",", "(", "]"))
            line = line_of(code, match.start())
            stack.append((not (is_scope or inside or table), line, is_scope))
        elif match[0] == "}" and stack:
            is_function, start, _ = stack.pop()
            length = line_of(code, match.start()) - start + 1
            if is_function and length > FUNCTION_LINES:
                yield "function_size", path, start, f"{length} lines, at most {FUNCTION_LINES}"


def check_prose(path: str, text: str) -> Iterator[Finding]:
    if not re.match(rf"(//[^\n]*\n){{{PROSE_LINES},}}#pragma once\n", text):
        yield "prose", path, 1, f"wants {PROSE_LINES} lines of prose, then #pragma once"


def check_calls(path: str, code: str) -> Iterator[Finding]:
    for rule, (pattern, exempt) in BANNED.items():
        free = folder_of(path) in exempt or rule in TABLE["exceptions"].get(path, ())
        for match in () if free else re.finditer(pattern, code):
            yield rule, path, line_of(code, match.start()), f"no {match[0].strip()} in the core"
    if folder_of(path) in UNORDERED:
        return
    for match in re.finditer(r"\bunordered_(multi)?(map|set)\b", code):
        yield "unordered", path, line_of(code, match.start()), "its order is nobody's promise"
    for match in re.finditer(r"\bswitch\s*\(", code):
        body = code[match.start() : closing_brace(code, match.end())]
        if re.search(r"\bcase\s+(k[A-Z]\w*|[\w:]*::\w+)\s*:(?!:)", body):
            for default in re.finditer(r"\bdefault\s*:", body):
                line = line_of(code, match.start() + default.start())
                yield "switch_default", path, line, "a switch over an enum class names every case"


def closing_brace(code: str, position: int) -> int:
    depth = 0
    for match in re.finditer(r"[{}]", code[position:]):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return position + match.end()
    return len(code)


def check_text(path: str, text: str) -> Iterator[Finding]:
    for match in MACHINE_PATH.finditer(text):
        yield "machine_path", path, line_of(text, match.start()), f"{match[0]}...: a machine's path"
    for match in re.finditer(r"-ffast-math|-Ofast|-funsafe-math|float_control", text):
        if not path.endswith(".md"):
            yield "fast_math", path, line_of(text, match.start()), f"{match[0]} breaks exactness"


def check_tree(root: Path) -> list[Finding]:
    tree = read_tree(root)
    found = list(check_leaks(tree))
    for path, text in sorted(tree.items()):
        found += check_text(path, text)
        if not path.endswith(CODE):
            continue
        code = bare(text)
        found += [*check_sizes(path, text), *check_functions(path, code)]
        found += check_prose(path, text) if path.endswith(".h") else ()
        if folder_of(path):
            found += [*check_includes(path, text), *check_calls(path, code)]
    return found


def main(root: Path) -> int:
    found = check_tree(root)
    for rule, path, line, message in found:
        print(f"{path}:{line}: {'warning' if rule == 'soft' else 'error'}[{rule}]: {message}")
    errors = sum(rule != "soft" for rule, *_ in found)
    print(f"tidy: {errors} errors, {len(found) - errors} warnings")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2]))
