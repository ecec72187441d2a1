"""The mean of several checkpoints of one reader, weight by weight (Izmailov et al. 2018).

    python -m training.reader_mean FIRST.pt SECOND.pt … OUT.pt

Writes labels.json beside it, those of the first checkpoint's folder. It never trains.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import torch

from training.export import mean


def main() -> None:
    """Write the checkpoint and its labels."""
    *given, out = (Path(argument) for argument in sys.argv[1:])
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(mean(given), out)
    labels = next(p.parent / "labels.json" for p in given if (p.parent / "labels.json").exists())
    shutil.copy(labels, out.parent / "labels.json")


if __name__ == "__main__":
    main()
