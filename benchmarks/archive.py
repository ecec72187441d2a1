"""Nearest vectors in archives of 10^4, 10^5 and 10^6: `python -m benchmarks.archive [N …]`.

Synthetic vectors around real ones: sentences of the samples and of `--sentences FILE` (else of
Python's manual) are embedded, and each synthetic vector is one of them, or a mix of two, with
noise. Top-10 recall is against exact comparison; times are medians over the queries in one run,
beside NumPy float32 brute force and, where faiss-cpu is installed, its flat and HNSW indexes.
`resident_mb` is what a process of its own that only searches holds, `peak_mb` the most it held.
`--few` takes the samples' sentences alone, around which a million vectors are one crowd. It writes
to a temporary folder only.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from pydoc_data.topics import topics
from typing import Any

import numpy as np

from verify.archive.codes import Codes
from verify.archive.vectors import LARGE, best
from verify.models import encoder as encoders

SAMPLES = Path(__file__).parents[1] / "samples"
SIZES = (10_000, 100_000, 1_000_000)
SENTENCES = 4000
QUERIES, TOP, CHUNK, NOISE = 50, 10, 50_000, 0.35
#: faiss builds its HNSW index for minutes at 10^6: it is compared up to here unless asked.
HNSW_UP_TO = 100_000

Ranked = list[int]


def sentences_of(file: Path | None, few: bool = False) -> list[str]:
    """Collect real sentences: the samples', and a file's, else those of Python's own manual.

    A million vectors around the samples' `few` dozen sentences alone are one heap, whose
    neighbours differ by noise: the worst case. Several thousand sentences are more like an archive.
    """
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    manual = [" ".join(text.split()) for _, text in sorted(topics.items())]
    if not few:
        texts += [file.read_text(encoding="utf-8")] if file else manual
    lines = [line.strip() for text in texts for line in text.replace(". ", ".\n").split("\n")]
    kept = sorted({line[:400] for line in lines if len(line) > 20})
    return kept[:: max(1, len(kept) // SENTENCES)]


def synthetic(
    real: np.ndarray, count: int, seed: int = 0
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield numbers and unit vectors around the real ones, in chunks."""
    rng = np.random.default_rng(seed)
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        first, second = real[rng.integers(len(real), size=(2, size))]
        share = rng.random((size, 1), dtype=np.float32)
        noise = rng.standard_normal((size, real.shape[1]), dtype=np.float32)
        vectors = first * share + second * (1 - share) + noise * NOISE / real.shape[1] ** 0.5
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        yield np.arange(start + 1, start + size + 1), vectors.astype(np.float32)


def timed(
    search: Callable[[np.ndarray], Ranked], queries: np.ndarray
) -> tuple[list[Ranked], float]:
    """Run every query; return the rankings and the median seconds."""
    search(queries[0])
    found, seconds = [], []
    for query in queries:
        begun = time.perf_counter()
        found.append(search(query))
        seconds.append(time.perf_counter() - begun)
    return found, statistics.median(seconds)


def measure(count: int, real: np.ndarray, hnsw: bool) -> dict[str, Any]:
    """Measure one size."""
    (queries,) = (vectors for _, vectors in synthetic(real, QUERIES, seed=1))
    matrix = np.concatenate([vectors for _, vectors in synthetic(real, count)])
    numbers = np.arange(1, count + 1)

    def brute(query: np.ndarray) -> Ranked:
        return [number for number, _ in best(numbers, matrix @ query, TOP)]

    with tempfile.TemporaryDirectory() as folder:
        codes = Codes(Path(folder) / "vectors")
        codes.extend(synthetic(real, count), "benchmark", anew=True)

        def ours(query: np.ndarray) -> Ranked:
            return [number for number, _ in best(*codes.nearest(query, TOP, None), TOP)]

        exact, brute_seconds = timed(brute, queries)
        found, seconds = timed(ours if count >= LARGE else brute, queries)
        figures = {
            "recall10": round(shared(found, exact), 4),
            "speedup_vs_float32": round(brute_seconds / seconds, 2),
            "milliseconds": round(1000 * seconds, 2),
            **resident(Path(folder), queries),
        }
        codes.close()
    return figures | against_faiss(matrix, queries, seconds, hnsw)


def shared(found: list[Ranked], exact: list[Ranked]) -> float:
    """Return the share of the exact top ten that was found."""
    pairs = zip(found, exact, strict=True)
    return statistics.mean(len(set(one) & set(other)) / TOP for one, other in pairs)


def against_faiss(
    matrix: np.ndarray, queries: np.ndarray, seconds: float, hnsw: bool
) -> dict[str, float | None]:
    """Return how many times faiss takes what we take; None where it is not installed or run."""
    try:
        import faiss
    except ImportError:
        return {"faiss_flat_ratio": None, "faiss_hnsw_ratio": None}
    ratios: dict[str, float | None] = {"faiss_hnsw_ratio": None}
    faiss.omp_set_num_threads(1)
    indexes = {"flat": faiss.IndexFlatIP(matrix.shape[1])}
    if hnsw:
        indexes["hnsw"] = faiss.IndexHNSWFlat(matrix.shape[1], 32, faiss.METRIC_INNER_PRODUCT)
    for name, index in indexes.items():
        index.add(matrix)

        def ask(query: np.ndarray, index: Any = index) -> Ranked:
            return (index.search(query[None], TOP)[1][0] + 1).tolist()  # type: ignore[no-any-return]

        ratios[f"faiss_{name}_ratio"] = round(timed(ask, queries)[1] / seconds, 2)
    return ratios


def resident(folder: Path, queries: np.ndarray) -> dict[str, float]:
    """Return the megabytes that a process holds after it has searched, and the most it held."""
    np.save(folder / "queries.npy", queries)
    command = [sys.executable, "-m", "benchmarks.archive", "--resident", str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    held, most = map(float, done.stdout.split()[-2:])
    return {"resident_mb": held, "peak_mb": most}


def search_only(folder: Path) -> None:
    """Search and print this process's resident megabytes, now and at the most."""
    codes = Codes(folder / "vectors")
    for query in np.load(folder / "queries.npy"):
        codes.nearest(query, TOP, None)
    lines = Path("/proc/self/status").read_text().splitlines()
    held = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if "kB" in line}
    print(round(held["VmRSS"], 1), round(held["VmHWM"], 1))


def main() -> None:
    """Measure the sizes named on the command line, and print them."""
    parser = argparse.ArgumentParser(description="Measure nearest vectors by archive size.")
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--sentences", type=Path, help="a text file of more real sentences")
    parser.add_argument("--few", action="store_true", help="the samples' sentences alone")
    parser.add_argument("--hnsw", action="store_true", help="HNSW at every size, however long")
    parser.add_argument("--resident", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.resident:
        search_only(given.resident)
        return
    real = encoders.load().encode(sentences_of(given.sentences, given.few))
    figures = {}
    for count in given.sizes:
        figures[str(count)] = measure(count, real, given.hnsw or count <= HNSW_UP_TO)
        print(f"{count:>9,}: {figures[str(count)]}", flush=True)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
