"""The guarded session: what it refuses, what it caps, what it says."""

from __future__ import annotations

import gzip

import pytest
import requests

from tests.local_server import Answer, local_session, serving
from verify.errors import FetchError
from verify.http import Session

HTML = {"Content-Type": "text/html; charset=windows-1252"}
PAGE: Answer = (200, HTML, b"<p>caf\xe9</p>")


def redirect(target: str) -> Answer:
    return (302, {"Location": target}, b"")


def test_a_page_comes_with_its_final_address_type_and_charset() -> None:
    with serving({"/a": redirect("/b"), "/b": PAGE}) as address:
        answer = local_session().get(f"{address}/a#part")
    assert answer.url == f"{address}/b"
    assert answer.content == b"<p>caf\xe9</p>"
    assert (answer.content_type, answer.encoding, answer.status) == (
        "text/html",
        "windows-1252",
        200,
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/admin",
        "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://0.0.0.0/",
        "http://100.64.0.1/",
    ],
)
def test_addresses_that_are_not_on_the_public_internet_are_refused(url: str) -> None:
    with pytest.raises(FetchError, match="is refused"):
        Session().get(url)


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[fd00::1]/"]
)
def test_a_redirect_to_a_private_address_is_refused(target: str) -> None:
    with serving({"/a": redirect(target)}) as address, pytest.raises(FetchError) as caught:
        local_session().get(f"{address}/a")
    assert "not on the public internet" in str(caught.value)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/a", "gopher://x/"])
def test_a_redirect_to_another_scheme_is_refused(target: str) -> None:
    with serving({"/a": redirect(target)}) as address, pytest.raises(FetchError) as caught:
        local_session().get(f"{address}/a")
    assert "only http and https" in str(caught.value)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://", "http://[::1", "javascript:1"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        Session().get(url)


def test_five_redirects_are_followed_and_a_sixth_is_not() -> None:
    chain = {f"/{n}": redirect(f"/{n + 1}") for n in range(6)}
    with serving({**chain, "/5": PAGE}) as address:
        assert local_session().get(f"{address}/0").url == f"{address}/5"
    with serving({**chain, "/6": PAGE}) as address, pytest.raises(FetchError, match="redirects"):
        local_session().get(f"{address}/0")


def test_the_size_is_capped_after_unpacking() -> None:
    packed = gzip.compress(b"a" * 3_000_000)
    assert len(packed) < 10_000
    answers = {"/a": (200, {**HTML, "Content-Encoding": "gzip"}, packed)}
    with serving(answers) as address, pytest.raises(FetchError, match="larger than 1 MB"):
        local_session(max_bytes=1_000_000).get(f"{address}/a")


def test_another_content_type_is_refused_before_it_is_read() -> None:
    with (
        serving({"/a": (200, {"Content-Type": "image/png"}, b"\x89PNG")}) as address,
        pytest.raises(FetchError, match="is image/png"),
    ):
        local_session().get(f"{address}/a", types={"text/html"})


def test_an_error_status_is_said() -> None:
    with serving({}) as address, pytest.raises(FetchError, match="answered 404"):
        local_session().get(f"{address}/gone")


def test_a_server_that_is_down_is_said() -> None:
    with serving({}) as address:
        pass
    with pytest.raises(FetchError, match="could not be reached"):
        local_session().get(f"{address}/")


def test_a_damaged_packing_is_said() -> None:
    answers = {"/a": (200, {**HTML, "Content-Encoding": "gzip"}, b"no gzip at all")}
    with serving(answers) as address, pytest.raises(FetchError, match="could not be read"):
        local_session().get(f"{address}/a")


def test_offline_fetches_nothing() -> None:
    with pytest.raises(FetchError, match="offline"):
        Session(offline=True).get("https://example.org/")


def test_user_name_and_password_in_an_address_are_not_sent() -> None:
    with serving({"/a": PAGE}) as address:
        answer = local_session().get(address.replace("http://", "http://me:secret@") + "/a")
        assert answer.url == f"{address}/a"


def test_every_failure_is_a_fetch_error_of_one_line() -> None:
    with serving({"/a": redirect("http://10.0.0.1/")}) as address:
        session = local_session()
        for path in ("/a", "/b"):
            with pytest.raises(FetchError) as caught:
                session.get(address + path)
            assert "\n" not in str(caught.value)
            assert not isinstance(caught.value, requests.RequestException)
        session.close()
