"""A post as it stood on the page, before it has a place in the text; values only."""

from __future__ import annotations

from dataclasses import dataclass

from verify.read.address import Address


@dataclass(frozen=True, slots=True)
class Found:
    """An embedded post: what its markup says. `date` is the markup's own wording.

    `signed` is the account that the visible signature names, `handle` the one that counts: the
    address's where there is one. `placeholder` is the wording that stood in the text's place.
    """

    platform: str
    post_id: str | None = None
    url: str | None = None
    author: str | None = None
    handle: str | None = None
    signed: str | None = None
    text: str | None = None
    date: str | None = None
    media: bool = False
    placeholder: str | None = None


def from_address(address: Address) -> Found:
    """Make a post of an address alone."""
    return Found(
        address.platform,
        address.post_id,
        address.url,
        handle=address.handle,
        media=address.media,
    )
