"""The local page as a program meets it: who is let in, what is refused, and what is answered."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests
from damascus import REPORT
from web_server import Limits, engine, serving

from verify.errors import FetchError
from verify.report import json as report_json
from verify.web import Engine, api
from verify.web.app import _routes
from verify.web.engine import Asked, Progress
from verify.web.guard import MAX_BODY
from verify.web.shelf import Shelf

TEXT = "Police said two people were killed in a fire in Paris on Monday."


class Ready(Engine):
    """Gives the report of the tests to whoever asks, or fails as it is told to."""

    fails: Exception | None = None
    waits: threading.Event | None = None

    def check(self, asked: Asked, progress: Progress) -> Any:
        progress("Deciding")
        if self.waits is not None:
            self.waits.wait()
        if self.fails is not None:
            raise self.fails
        return REPORT


@pytest.fixture
def made(tmp_path: Path) -> Ready:
    return Ready(engine(tmp_path).places)


@pytest.fixture
def site(made: Ready) -> Iterator[str]:
    with serving(made) as address:
        yield address


def form_key(site: str) -> str:
    found = re.search(r'name="form_key" value="([^"]+)"', requests.get(site).text)
    assert found
    return found[1]


def checked(site: str, **headers: str) -> requests.Response:
    return requests.post(f"{site}/api/check", json={"text": TEXT}, headers=headers)


def test_a_program_gets_the_report_and_finds_it_again(site: str) -> None:
    answer = checked(site)
    assert answer.status_code == 200
    assert report_json.from_json(answer.json()) == REPORT
    kept = answer.headers["location"]
    assert requests.get(site + kept).text.startswith("<!doctype html>")
    assert requests.get(f"{site}/api{kept}").json() == answer.json()


def test_the_description_names_every_address_of_the_interface_and_every_answer(site: str) -> None:
    described = requests.get(f"{site}/api/openapi.json").json()
    assert described == api.described()
    there = {r.path for r in _routes() if r.path.startswith("/api/")}
    assert set(described["paths"]) == there
    jsonschema.validate(checked(site).json(), described["components"]["schemas"]["Report"])
    asked = described["components"]["schemas"]["Asked"]
    jsonschema.validate({"text": TEXT, "published": "2026-11-20"}, asked)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"text": TEXT, "url": "https://a.example"}, asked)


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ("{", "The body is no JSON."),
        ("[]", "Send a JSON object."),
        ("{}", "Give one of `url`, `text` and `html`."),
        ('{"text": 1}', "`text` is no text."),
        ('{"text": "a", "url": "https://a.example"}', "Give one of `url`, `text` and `html`."),
        ('{"text": "a", "file": "/etc/passwd"}', "Unknown keys: 'file'."),
        (
            '{"text": "a", "published": "soon"}',
            "When it appeared: 'soon' is no date; write it as 2019-11-20.",
        ),
    ],
)
def test_a_wrong_request_is_told_why(sent: str, reason: str, site: str) -> None:
    kind = {"Content-Type": "application/json"}
    answer = requests.post(f"{site}/api/check", data=sent, headers=kind)
    assert (answer.status_code, answer.json()) == (400, {"error": reason})


def test_only_json_is_taken_so_that_no_form_of_another_site_can_ask(site: str) -> None:
    answer = requests.post(f"{site}/api/check", data={"text": TEXT})
    assert answer.status_code == 415


def test_what_fails_becomes_a_reason_and_its_status(site: str, made: Ready) -> None:
    made.fails = FetchError("https://a.example did not answer in time; try again later")
    answer = checked(site)
    assert (answer.status_code, answer.json()["error"]) == (502, str(made.fails))
    made.fails = RuntimeError("secret detail")
    answer = checked(site)
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "nothing was concluded" in answer.text


def test_an_address_on_this_machine_is_refused_by_the_guard(tmp_path: Path) -> None:
    from verify.http import Session

    with serving(engine(tmp_path, session=Session)) as site:
        answer = requests.post(f"{site}/api/check", json={"url": f"{site}/reports"})
        assert answer.status_code == 502
        assert "not on the public internet" in answer.json()["error"]
        answer = requests.post(f"{site}/api/check", json={"url": "file:///etc/passwd"})
        assert answer.status_code == 502
        assert "only http and https" in answer.json()["error"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_another_hosts_name_is_refused(host: str, site: str) -> None:
    assert requests.get(site, headers={"Host": host}).status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:1", "[::1]:8765"])
def test_this_machines_own_names_are_answered(host: str, site: str) -> None:
    assert requests.get(site, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_sites_page_can_start_nothing(headers: dict[str, str], site: str) -> None:
    assert checked(site, **headers).status_code == 403
    form = {"what": TEXT, "form_key": form_key(site)}
    assert requests.post(f"{site}/check", data=form, headers=headers).status_code == 403


def test_another_sites_page_can_link_here_and_embed_nothing(site: str) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert requests.get(site, headers=link).status_code == 200
    script = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert requests.get(f"{site}/static/page.js", headers=script).status_code == 403


@pytest.mark.parametrize(
    "path", ["/check", "/archive/add", "/reports/x/remove", "/reports/x/again"]
)
def test_a_form_without_its_key_is_refused(path: str, site: str) -> None:
    for form in ({"what": TEXT}, {"what": TEXT, "form_key": "guessed"}):
        assert requests.post(site + path, data=form).status_code == 403


def test_every_answer_carries_the_policy(site: str) -> None:
    report = checked(site).headers["location"]
    for path in ("/", "/archive", "/nothing", "/static/page.js", report, "/api/openapi.json"):
        headers = requests.get(site + path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers


def test_what_is_too_large_is_not_read(site: str) -> None:
    kind = {"Content-Type": "application/json"}
    connection = HTTPConnection(site.removeprefix("http://"))
    connection.request("POST", "/api/check", headers={**kind, "Content-Length": f"{MAX_BODY + 1}"})
    assert connection.getresponse().status == 413
    connection.close()
    parts = (b" " * 1_000_000 for _ in range(22))  # without a length: counted as it comes
    answer = requests.post(f"{site}/api/check", data=parts, headers=kind)
    assert answer.status_code == 413
    answer = requests.post(f"{site}/api/check", json={"text": "a " * 600_000})
    assert (answer.status_code, "longer than 1,000,000" in answer.text) == (400, True)


def test_more_checks_than_may_wait_are_turned_away(tmp_path: Path) -> None:
    made = Ready(engine(tmp_path).places)
    made.waits = threading.Event()
    with serving(made, limits=Limits(parallel=1, waiting=1)) as site:
        form = {"what": TEXT, "form_key": form_key(site)}
        asked = [
            requests.post(f"{site}/check", data=form, allow_redirects=False).status_code
            for _ in range(3)
        ]
        assert asked == [303, 303, 503]
        refused = checked(site)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
        made.waits.set()


def test_a_token_is_demanded_of_everyone_where_there_is_one(made: Ready) -> None:
    with serving(made, token="correct horse") as site:
        for path in ("/", "/reports", "/archive", "/changes"):
            answer = requests.get(site + path, allow_redirects=False)
            assert (answer.status_code, answer.headers["location"]) == (303, "/enter")
        assert checked(site).status_code == 401
        assert checked(site, Authorization="Bearer wrong").status_code == 401
        assert checked(site, Authorization="Bearer correct horse").status_code == 200
        browser = requests.Session()
        page = browser.get(f"{site}/enter").text
        key = re.search(r'name="form_key" value="([^"]+)"', page)[1]  # type: ignore[index]
        wrong = browser.post(f"{site}/enter", data={"form_key": key, "token": "wrong"})
        assert wrong.status_code == 403
        entered = browser.post(f"{site}/enter", data={"form_key": key, "token": "correct horse"})
        assert entered.url == f"{site}/"
        cookie = browser.cookies.get_dict()["verify_token"]
        assert "correct" not in cookie


def test_a_report_is_saved_in_every_format_and_thrown_away(site: str) -> None:
    report = checked(site).headers["location"]
    for form in ("html", "markdown", "csv", "json", "claimreview", "annotations"):
        answer = requests.get(f"{site}{report}/as/{form}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert report_json.loads(requests.get(f"{site}{report}/as/json").content) == REPORT
    assert requests.get(f"{site}{report}/as/terminal").status_code == 404
    form = {"form_key": form_key(site)}
    assert requests.post(f"{site}{report}/remove", data=form).url == f"{site}/reports"
    assert requests.get(site + report).status_code == 404


@pytest.mark.parametrize("ident", ["..%2F..%2Fetc%2Fpasswd", "x", "20191120T000000-zzzzzzzzzzzz"])
def test_no_name_from_outside_becomes_a_path(ident: str, site: str) -> None:
    assert requests.get(f"{site}/reports/{ident}").status_code == 404


def test_the_shelf_is_its_owners_alone_and_passes_over_what_is_no_report(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "reports")
    ident = shelf.put(REPORT)
    (tmp_path / "reports" / "20300101T000000-000000000000.json").write_text("{")
    assert [entry.id for entry in shelf.entries(10)] == [ident]
    assert (tmp_path / "reports").stat().st_mode & 0o77 == 0
    assert (tmp_path / "reports" / f"{ident}.json").stat().st_mode & 0o77 == 0
    kept = json.loads((tmp_path / "reports" / f"{ident}.json").read_text())
    report_json.validate(kept)


def test_a_statement_added_by_hand_is_found_and_searched_by_the_next_check(tmp_path: Path) -> None:
    with serving(engine(tmp_path)) as site:
        said = "A fire in Paris killed two people on Monday."
        form = {
            "form_key": form_key(site),
            "source": "Paris police",
            "published_at": "2026-11-17",
            "text": said,
            "kind": "police",
            "party": "",
            "url": "",
            "relayed_by": "",
        }
        missing = requests.post(f"{site}/archive/add", data={**form, "published_at": ""})
        assert (missing.status_code, "Say when it was said." in missing.text) == (422, True)
        assert said in missing.text
        assert "The statement was added." in requests.post(f"{site}/archive/add", data=form).text
        again = requests.post(f"{site}/archive/add", data=form).text
        assert "The statement was there already." in again
        assert said in requests.get(f"{site}/archive?q=fire+in+Paris").text
        assert said in requests.get(f"{site}/archive").text
        asked = {"text": TEXT, "published": "2026-11-17"}
        report = requests.post(f"{site}/api/check", json=asked).json()
        assert report["archive"]["statements"] == 1
