"""Many articles: `python -m benchmarks.batch [--copies N] [--runs N] [FOLDER]`.

Articles a second by two one-core workers beside one, from the first line to the last, so that
loading is left out; whether Ray on two local CPUs gives the same reports
(scores to three decimals; None where Ray is not installed); whether a batch killed half-way goes on
with no article lost or done twice. Writes to a temporary folder only.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[1] / "samples"
VERIFY = "from verify.cli import main; main()"
#: What differs from run to run and is no result.
PASSING = {"created_at"}


def command(source: Path, output: Path, *options: str) -> list[str]:
    """Give the command of one batch."""
    archive = ["--archive", str(SAMPLES / "statements.jsonl"), "--offline", "-q"]
    return [
        sys.executable,
        "-c",
        VERIFY,
        "batch",
        str(source),
        "-o",
        str(output),
        *archive,
        *options,
    ]


def seconds(source: Path, output: Path, *options: str) -> float:
    """Run a batch in one-core workers; return the seconds from its first line to its last."""
    output.unlink(missing_ok=True)
    process = subprocess.Popen(command(source, output, *options))
    first = None
    while process.poll() is None:
        if first is None and output.exists() and output.stat().st_size:
            first = time.perf_counter()
        time.sleep(0.005)
    if process.returncode or first is None:
        raise SystemExit(f"the batch failed: exit code {process.returncode}")
    return time.perf_counter() - first


def reports(output: Path) -> dict[str, Any]:
    """Read the reports of an output, scores to three decimals, by item."""
    found = [json.loads(line) for line in output.read_text("utf-8").split("\n") if line]
    return {one["item"]: rounded(one.get("report", one.get("error"))) for one in found}


def rounded(value: Any) -> Any:
    """Round every figure in a report to three decimals, and leave out what passes."""
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items() if key not in PASSING}
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return round(value, 3) if isinstance(value, float) else value


def resumed(source: Path, output: Path, count: int) -> bool:
    """Kill a batch half-way and take it up again; tell whether every article is there once."""
    output.unlink(missing_ok=True)
    process = subprocess.Popen(command(source, output, "--workers", "2"))
    while process.poll() is None and (
        not output.exists() or output.read_bytes().count(b"\n") < count // 2
    ):
        time.sleep(0.01)
    process.kill()
    process.wait()
    begun = output.read_bytes().count(b"\n")
    subprocess.run(command(source, output, "--workers", "2", "--resume"), check=True)
    names = [json.loads(line)["item"] for line in output.read_text("utf-8").split("\n") if line]
    print(f"killed after {begun} of {count}, then {len(names)} lines")
    return begun < count and len(names) == len(set(names)) == count


def fill(folder: Path, given: Path, copies: int) -> int:
    """Copy articles under many names."""
    folder.mkdir()
    articles = [path for path in sorted(given.iterdir()) if path.suffix in {".txt", ".html"}]
    for number in range(copies):
        path = articles[number % len(articles)]
        (folder / f"{number:04}{path.suffix}").write_bytes(path.read_bytes())
    return copies


def main() -> None:
    """Measure, and print one line of JSON last."""
    parser = argparse.ArgumentParser(description="Measure batches.")
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("--copies", type=int, default=16)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    one = sorted(os.sched_getaffinity(0))[:1]
    with tempfile.TemporaryDirectory() as name:
        folder, output = Path(name) / "articles", Path(name) / "out.jsonl"
        count = fill(folder, given.folder, given.copies)
        times: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(given.runs):
            everywhere = os.sched_getaffinity(0)
            os.sched_setaffinity(0, one)  # one worker means one core's work
            times[1].append(seconds(folder, output, "--workers", "1"))
            os.sched_setaffinity(0, everywhere)
            times[2].append(seconds(folder, output, "--workers", "2"))
        local = reports(output)
        slow, fast = statistics.median(times[1]), statistics.median(times[2])
        print(f"{count} articles: one worker {slow:.1f} s, two {fast:.1f} s")
        identical = None
        if find_spec("ray") is not None:
            seconds(folder, output.with_name("ray.jsonl"), "--engine", "ray", "--workers", "2")
            identical = reports(output.with_name("ray.jsonl")) == local
        figures = {
            "scaling_2_workers": round(slow / fast, 3),
            "ray_identical": identical,
            "resumed_without_loss": resumed(folder, output, count),
            "articles_per_second": {"1": round(count / slow, 3), "2": round(count / fast, 3)},
        }
    print(json.dumps(figures | {"articles": count, "runs": given.runs}))


if __name__ == "__main__":
    main()
