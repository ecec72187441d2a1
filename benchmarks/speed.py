"""Cold and warm speed: `python -m benchmarks.speed [--runs N] [ARTICLE]`.

Cold: the whole of `verify check ARTICLE` in a fresh process, beside a script that only imports
sentence-transformers, loads MiniLM and embeds the article's sentences; wall-clock time and peak
memory, alternating. Warm: seconds an article in one process, beside the same pipeline with every
model under torch (needs the extra `train`), each on all cores or on one, whichever is quicker for
it: torch's threads wait by spinning, and lose much where cores are shared. `warm_all_cores_ratio`
has all cores for both, as either does by default; `warm_cpu_ratio` compares CPU seconds on one.
`help_seconds` is `verify --help`. Ratios hold within one run.
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
from collections.abc import Callable
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parents[1] / "samples" / "damascus-2019-11-20.txt"
BARE = """
import json, sys
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu", local_files_only=True)
model.encode(json.loads(sys.argv[2]), show_progress_bar=False)
"""
VERIFY = "from verify.cli import main; main()"


def run(*command: str) -> tuple[float, float]:
    """Run a process; return its wall-clock seconds and its peak memory in MB."""
    with tempfile.TemporaryFile() as out:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=out)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            out.seek(0)
            raise SystemExit(f"{command[:3]} failed: {out.read().decode()[-2000:]}")
    return seconds, used.ru_maxrss / 1024


def alternate(ones: dict[str, Callable[[], Any]], runs: int) -> dict[str, list[Any]]:
    """Run each in turn, `runs` times over, after once unmeasured."""
    for one in ones.values():
        one()
    found: dict[str, list[Any]] = {name: [] for name in ones}
    for _ in range(runs):
        for name, one in ones.items():
            found[name].append(one())
    return found


def cold(article: Path, runs: int) -> dict[str, float]:
    """Measure a check and the bare script, each in fresh processes."""
    from verify.models.encoder import default_folder
    from verify.read import article as reader
    from verify.text import sentences

    text = reader.read(article).text
    wanted = json.dumps([text[s.start : s.end] for s in sentences(text)])
    python = sys.executable
    folder = str(default_folder())
    found = alternate(
        {
            "check": lambda: run(python, "-c", VERIFY, "check", str(article), "--offline", "-q"),
            "bare": lambda: run(python, "-c", BARE, folder, wanted),
            "help": lambda: run(python, "-c", VERIFY, "--help"),
        },
        runs,
    )
    middle = {n: [statistics.median(c) for c in zip(*f, strict=True)] for n, f in found.items()}
    (check, check_mb), (bare, bare_mb) = middle["check"], middle["bare"]
    print(f"cold check {check:.2f} s {check_mb:.0f} MB, bare {bare:.2f} s {bare_mb:.0f} MB")
    return {
        "cold_ratio": round(check / bare, 3),
        "memory_ratio": round(check_mb / bare_mb, 3),
        "cold_seconds": round(check, 3),
        "bare_seconds": round(bare, 3),
        "peak_mb": round(check_mb, 1),
        "help_seconds": round(middle["help"][0], 3),
    }


def warm(article: Path, runs: int) -> dict[str, float | None]:
    """Measure checks in this process, with the shipped models and with torch's."""
    import torch

    from benchmarks.under_torch import under_torch
    from verify import pipeline
    from verify.models.runtime import Use
    from verify.read import article as reader

    cores = len(os.sched_getaffinity(0))
    read = reader.read(article)
    tools, alone = pipeline.load(), pipeline.load(use=Use(1))
    slow = under_torch(tools)

    def timed(used: pipeline.Tools, threads: int = cores) -> tuple[float, float]:
        torch.set_num_threads(threads)
        forget()
        begun, spent = time.perf_counter(), time.process_time()
        pipeline.check(reader.read(article), tools=used)
        return time.perf_counter() - begun, time.process_time() - spent

    found = alternate(
        {
            "ours": lambda: timed(tools),
            "ours on one": lambda: timed(alone),
            "torch": lambda: timed(slow),
            "torch on one": lambda: timed(slow, 1),
        },
        runs,
    )
    middle = {n: [statistics.median(c) for c in zip(*f, strict=True)] for n, f in found.items()}
    ours, theirs = (min(middle[n][0], middle[f"{n} on one"][0]) for n in ("ours", "torch"))
    claims = len(pipeline.check(read, tools=tools).findings)
    print(f"warm {ours:.3f} s an article of {claims} claims; seconds, CPU seconds {middle}")
    return {
        "warm_ratio": round(theirs / ours, 3),
        "warm_all_cores_ratio": round(middle["torch"][0] / middle["ours"][0], 3),
        "warm_cpu_ratio": round(middle["torch on one"][1] / middle["ours on one"][1], 3),
        "warm_seconds": round(ours, 4),
        "articles_per_second": round(1 / ours, 3),
        "articles_per_second_and_core": round(1 / ours / cores, 3),
        "claims_per_second_and_core": round(claims / ours / cores, 2),
    }


def forget() -> None:
    """Empty all that is kept of texts, as the next article's are others; stems of words stay."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "verify" and name != "verify.stem":
            for kept in vars(module).values():
                if hasattr(kept, "cache_parameters") and kept.cache_parameters()["maxsize"]:
                    kept.cache_clear()


def main() -> None:
    """Measure, and print one line of JSON last."""
    parser = argparse.ArgumentParser(description="Measure cold and warm speed.")
    parser.add_argument("article", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    figures = cold(given.article, given.runs) | warm(given.article, given.runs)
    print(json.dumps(figures | {"runs": given.runs, "cores": len(os.sched_getaffinity(0))}))


if __name__ == "__main__":
    main()
