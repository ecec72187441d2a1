"""A large archive is searched by codes beside it, which never show in what it answers."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from archived import said
from small_encoder import SmallEncoder

from verify.archive import Archive
from verify.archive.codes import Codes
from verify.archive.vectors import best


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "archive.db"


@pytest.fixture
def large(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive that counts as large: 300 statements, of which 30 are rescored."""
    monkeypatch.setattr("verify.archive.vectors.LARGE", 200)
    monkeypatch.setattr("verify.archive.vectors.CHUNK", 64)
    monkeypatch.setattr("verify.archive.codes.RESCORED", 100)
    with Archive.open(path) as archive:
        archive.add([said(f"Report {n} on site {n % 7}") for n in range(300)], SmallEncoder())
    return path


def exact(path: Path, query: str) -> list[str]:
    """Rank by every vector of the table, without the files beside the archive."""
    (vector,) = SmallEncoder().encode([query])
    with Archive.open(path, readonly=True) as archive:
        every = archive.vectors([s.id for s in archive.all()])
    scores = {ident: float(other @ vector) for ident, other in every.items()}
    return sorted(scores, key=lambda ident: (-round(scores[ident], 5), int(ident[1:])))


def nearest(path: Path, query: str, limit: int = 5) -> list[str]:
    (vector,) = SmallEncoder().encode([query])
    with Archive.open(path, readonly=True) as archive:
        return [ident for ident, _ in archive.nearest(vector, limit)]


QUERY = "Report 123 on site 4"


def test_a_large_archive_is_searched_by_codes_beside_it(large: Path) -> None:
    assert {p.name for p in large.with_name("archive.db.vectors").iterdir()} == {
        "manifest.json",
        "rows.i64",
        "codes-0.u64",
        "vectors.f32",
    }
    assert nearest(large, QUERY)[0] == exact(large, QUERY)[0] == "a124"


def test_what_is_added_to_a_large_archive_is_found(large: Path) -> None:
    with Archive.open(large) as archive:
        archive.add([said("Nothing of the kind")], SmallEncoder())
    assert nearest(large, "nothing of the kind")[0] == "a301"


def test_more_of_a_crowd_is_rescored_so_that_its_nearest_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.archive.codes.RESCORED", 50)
    noise = np.random.default_rng(0)
    apart = noise.normal(size=(4000, 384)).astype(np.float32)
    crowd = apart[:1] + 0.4 * apart
    unit = crowd / np.linalg.norm(crowd, axis=1, keepdims=True)
    codes = Codes(tmp_path / "vectors")
    codes.extend([(np.arange(1, 4001), unit)], "a test", anew=True)
    asked = unit[1] + 0.1 * unit[2]
    numbers, scores = codes.nearest(asked, 10, None)
    assert 1000 < len(numbers) < 4000
    found = [number for number, _ in best(numbers, scores, 10)]
    assert found == [number for number, _ in best(np.arange(1, 4001), unit @ asked, 10)]
    monkeypatch.setattr("verify.archive.codes.MOST", 100)
    numbers, _ = codes.nearest(asked, 10, None)
    assert 100 <= len(numbers) <= 200
    codes.close()


def test_codes_that_lag_behind_are_made_up_for(large: Path) -> None:
    folder = large.with_name("archive.db.vectors")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with Archive.open(large) as archive:
        archive.add([said("Nothing of the kind")], SmallEncoder())
    for path, content in before.items():  # as a crash after the commit would leave them
        path.write_bytes(content)
    assert nearest(large, "nothing of the kind")[0] == "a301"
    with Archive.open(large) as archive:
        archive.add([said("Something else")], SmallEncoder())
    assert nearest(large, "nothing of the kind")[0] == "a301"
    assert (folder / "rows.i64").stat().st_size == 302 * 8


def test_what_is_removed_from_a_large_archive_is_not_found(large: Path) -> None:
    with Archive.open(large) as archive:
        archive.remove(["a124", "a300"])
        archive.add([said("Another that takes the number of one removed")], SmallEncoder())
    assert "a124" not in nearest(large, QUERY, 300)
    assert nearest(large, "another that takes the number of one removed")[0] == "a300"


@pytest.mark.parametrize("name", ["manifest.json", "vectors.f32", "codes-0.u64"])
def test_codes_that_are_missing_are_done_without_and_made_anew(large: Path, name: str) -> None:
    file = large.with_name("archive.db.vectors") / name
    file.unlink()
    assert nearest(large, QUERY)[0] == "a124"
    with Archive.open(large) as archive:
        archive.add([said("Something else")], SmallEncoder())
    assert file.exists()
    assert nearest(large, QUERY)[0] == "a124"


def test_what_is_rolled_back_never_reaches_the_codes(large: Path) -> None:
    with Archive.open(large) as archive, suppress(KeyboardInterrupt), archive._db.atomic():
        archive.add([said("Never said")], SmallEncoder())
        raise KeyboardInterrupt
    with Archive.open(large) as archive:
        archive.add([said("Said instead")], SmallEncoder())
    assert nearest(large, "said instead")[0] == "a301"
    assert (large.with_name("archive.db.vectors") / "rows.i64").stat().st_size == 301 * 8


def test_a_window_holds_in_a_large_archive_too(large: Path) -> None:
    with Archive.open(large) as archive:
        archive.add([said(QUERY, url="https://example.org/later", day=29)], SmallEncoder())
    (vector,) = SmallEncoder().encode([QUERY])
    window = (datetime(2019, 11, 28, tzinfo=UTC), datetime(2019, 11, 30, tzinfo=UTC))
    with Archive.open(large, readonly=True) as archive:
        assert [ident for ident, _ in archive.nearest(vector, 5, window)] == ["a301"]
