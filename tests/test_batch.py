"""A batch: no article lost or done twice, a bad one is one line, a dead worker costs one."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import batch_work
import pytest

from verify import batch, cli
from verify.batch import Running, Settings, items
from verify.batch.on_ray import _share
from verify.errors import InputError, ModelError

SAMPLES = Path(__file__).parents[1] / "samples"


def folder(tmp_path: Path, *names: str) -> Path:
    """Make a folder of articles of these names."""
    for name in names:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<p>The ministry said so.</p>", "utf-8")
    return tmp_path / "in"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def run(
    source: Path | str, output: Path, running: Running | None = None, **given: Any
) -> batch.Summary:
    settings = Settings(**given)
    return batch.run(str(source), output, settings, running or Running(), batch_work.make)


def web_archive(path: Path, *urls: str) -> bytes:
    """Write a WARC file with a page for each address, and give its bytes."""
    records = []
    for url in urls:
        page = f"<p>{url}</p>"
        head = ("WARC/1.0", "WARC-Type: resource", f"WARC-Target-URI: {url}")
        kind = ("Content-Type: text/html", f"Content-Length: {len(page)}")
        records.append(gzip.compress("\r\n".join([*head, *kind, "", page, "", ""]).encode()))
    path.write_bytes(b"".join(records))
    return path.read_bytes()


def test_every_article_of_a_folder_gets_one_line(tmp_path: Path) -> None:
    source = folder(tmp_path, "a.html", "deep/b.txt", ".hidden/c.html", ".d.html", "notes.csv")
    summary = run(source, tmp_path / "out.jsonl", Running(workers=2))
    told = lines(tmp_path / "out.jsonl")
    assert sorted(line["item"] for line in told) == ["a.html", "deep/b.txt"]
    assert (summary.done, summary.failed, summary.verdicts) == (2, 0, {"confirmed": 2})


def test_what_goes_wrong_is_one_line_with_its_reason(tmp_path: Path) -> None:
    source = folder(tmp_path, "a.html", "raises.html", "refused.html")
    summary = run(source, tmp_path / "out.jsonl")
    errors = {line["item"]: line.get("error") for line in lines(tmp_path / "out.jsonl")}
    assert errors["a.html"] is None
    assert errors["raises.html"] == {
        "kind": "ValueError",
        "reason": "a fault of this program: ValueError: a bug in two lines",
    }
    assert errors["refused.html"]["kind"] == "FetchError"
    assert (summary.done, summary.failed) == (1, 2)


def test_a_worker_that_dies_or_hangs_costs_one_article(tmp_path: Path) -> None:
    source = folder(tmp_path, "a.html", "b-dies.html", "c-hangs.html", "d.html")
    run(source, tmp_path / "out.jsonl", Running(timeout=1.5))
    told = {
        line["item"]: line.get("error", {}).get("kind") for line in lines(tmp_path / "out.jsonl")
    }
    assert told == {
        "a.html": None,
        "b-dies.html": "Crash",
        "c-hangs.html": "Timeout",
        "d.html": None,
    }


def test_models_are_loaded_once_a_worker(tmp_path: Path) -> None:
    source = folder(tmp_path, *(f"{n}.slow.html" for n in range(12)))
    run(source, tmp_path / "out.jsonl", Running(workers=2))
    told = lines(tmp_path / "out.jsonl")
    assert len(told) == 12
    assert len({line["report"]["by"] for line in told}) <= 2


def test_a_killed_batch_goes_on_with_no_article_lost_or_done_twice(tmp_path: Path) -> None:
    source, output = folder(tmp_path, *(f"{n:02}.slow.html" for n in range(40))), tmp_path / "o"
    command = [sys.executable, batch_work.__file__, str(source), str(output)]
    with subprocess.Popen(command) as killed:
        while not output.exists() or output.read_bytes().count(b"\n") < 5:
            time.sleep(0.01)
        killed.kill()
    before = output.read_bytes()
    assert before.count(b"\n") < 40
    output.write_bytes(before + b'{"item": "39.slow.html", "rep')  # a line half written
    summary = run(source, output, Running(workers=2, resume=True))
    assert sorted(line["item"] for line in lines(output)) == [
        f"{n:02}.slow.html" for n in range(40)
    ]
    assert output.read_bytes().startswith(before)
    assert summary.before == before.count(b"\n")


def test_an_output_is_never_overwritten(tmp_path: Path) -> None:
    source, output = folder(tmp_path, "a.html"), tmp_path / "out.jsonl"
    run(source, output)
    with pytest.raises(InputError, match="--resume"):
        run(source, output)
    assert run(source, output, Running(resume=True)).before == 1
    other = tmp_path / "other.jsonl"
    other.write_text('{"text": "of another program"}\n')
    with pytest.raises(InputError, match="line 1 is none of a batch"):
        run(source, other, Running(resume=True))
    assert other.read_text() == '{"text": "of another program"}\n'


def test_two_batches_do_not_write_one_file(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    with batch._opened(output, False), pytest.raises(InputError, match="another batch"):
        run(folder(tmp_path, "a.html"), output)


def test_a_model_that_does_not_load_ends_the_batch(tmp_path: Path) -> None:
    source = folder(tmp_path, "a.html", "b.html")
    with pytest.raises(ModelError, match="the encoder missing cannot be loaded"):
        run(source, tmp_path / "o", Running(workers=2), encoder="missing")
    with pytest.raises(ModelError, match="while it was loading"):
        run(source, tmp_path / "o", encoder="deadly")


def test_a_list_gives_paths_addresses_and_dates_each_once(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_text("# ours\na.html\t2019-11-20\n\nhttps://example.org/x\na.html\n", "utf-8")
    assert list(items.find(str(path))) == [
        items.Item("a.html", "a.html", published="2019-11-20"),
        items.Item("https://example.org/x", "https://example.org/x"),
    ]


def test_a_web_archive_gives_every_page_and_says_where_it_breaks_off(tmp_path: Path) -> None:
    urls = [f"https://example.org/{n}" for n in range(60)]
    whole = web_archive(tmp_path / "saved.warc.gz", *urls, urls[0])
    found = list(items.find(str(tmp_path / "saved.warc.gz")))
    assert [item.name for item in found[:2]] == [f"saved.warc.gz#{url}" for url in urls[:2]]
    assert found[60].name == "saved.warc.gz#https://example.org/0 (2)"
    assert found[0].content == b"<p>https://example.org/0</p>"
    with zipfile.ZipFile(tmp_path / "saved.wacz", "w") as box:
        box.writestr("archive/data.warc.gz", whole)
    assert len(list(items.find(str(tmp_path / "saved.wacz")))) == 61
    (tmp_path / "no.warc").write_bytes(b"no web archive")
    (broken,) = items.find(str(tmp_path / "no.warc"))
    assert broken.reason is not None


@pytest.mark.parametrize("content", ["", "# only a remark\n", "<html>an article</html>"])
def test_what_is_no_list_is_refused_with_what_to_do(tmp_path: Path, content: str) -> None:
    path = tmp_path / "given"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"give|use"):
        list(items.find(str(path)))


def test_odd_words_stay_on_one_line(tmp_path: Path) -> None:
    from verify.batch.worker import line

    written = line(items.Item("a\u2028b", "a"), {"error": "\udce9 \x85"})
    assert len(written.splitlines()) == 1
    assert json.loads(written) == {"item": "a\u2028b", "error": "\udce9 \x85"}


def test_an_actor_never_holds_all_the_cpus_of_a_cluster() -> None:
    assert (_share(2, 2), _share(2, 1), _share(16, 4), _share(1, 1)) == (0.5, 1.0, 1.0, 0.5)
    with pytest.raises(InputError, match="too many"):
        _share(2, 64)


def test_the_command_checks_real_articles_and_tells_what_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, output = folder(tmp_path, "empty.txt"), tmp_path / "out.jsonl"
    (source / "empty.txt").write_bytes(b"")
    (source / "a.txt").write_bytes((SAMPLES / "damascus-2019-11-20.txt").read_bytes())
    said = str(SAMPLES / "statements.jsonl")
    with pytest.raises(SystemExit) as left:
        cli.main(["batch", str(source), "-o", str(output), "--archive", said])
    assert left.value.code == 5
    told = {line["item"]: line for line in lines(output)}
    assert told["a.txt"]["report"]["schema"] == "verify.report/1"
    assert told["empty.txt"]["error"]["kind"] == "InputError"
    assert "1 reports, 1 errors" in capsys.readouterr().err


def test_ray_writes_the_same_lines_and_does_not_hang(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="needs verify[ray]")
    source, output = folder(tmp_path, "a.html", "b-raises.html", "c.html"), tmp_path / "o"
    work = f"import batch_work; from verify import batch; batch.run({str(source)!r}, "
    work += f"{str(output)!r}, None, batch.Running(workers=2, engine='ray'), batch_work.make)"
    here = str(Path(batch_work.__file__).parent)  # its own process: Ray's threads outlive it
    surroundings = {**os.environ, "PYTHONPATH": here, "RAY_USAGE_STATS_ENABLED": "0"}
    subprocess.run([sys.executable, "-c", work], check=True, env=surroundings, timeout=300)
    told = {line["item"]: line.get("error", {}).get("kind") for line in lines(output)}
    assert told == {"a.html": None, "b-raises.html": "ValueError", "c.html": None}
