"""`verify sources`: who counts as official and for whom, and the user's own additions to it."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from verify.sources import Entry

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON.")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def sources() -> None:
    """Show who counts as official and for whom; add sources of your own.

    Your own stand in verify/sources.toml of XDG's configuration folder, and replace built-in ones
    of the same id.
    """


@sources.command("list")
@click.option("--kind", help="Only this kind (police, state-media …).")
@click.option("--party", help="Only those who speak for this party.")
@AS_JSON
def list_(kind: str | None, party: str | None, as_json: bool) -> None:
    """List the known sources: id, kind, party and name."""
    from verify.sources import Registry

    for entry in Registry.load().entries:
        if kind and entry.kind.value != kind.casefold():
            continue
        if party and (entry.party or "").casefold() != party.casefold():
            continue
        if as_json:
            click.echo(json.dumps(_as_dict(entry), ensure_ascii=False))
        else:
            click.echo(f"{entry.id}\t{entry.kind.value}\t{entry.party or '-'}\t{entry.name}")


@sources.command()
@click.argument("who")
@click.option("--country", help="The country that the article is about.")
@click.option("--on", "day", type=DAY, help="As of this day, YYYY-MM-DD.")
@AS_JSON
def show(who: str, country: str | None, day: datetime | None, as_json: bool) -> None:
    """Show one source by its id, or how a name, an @account, a site or a phrase is understood."""
    from verify.sources import Registry, is_official, resolve
    from verify.text import visible

    registry = Registry.load()
    entry = registry.by_id(who)
    if entry is not None:
        _print_entry(entry, as_json)
        return
    site = registry.by_domain(who, day) if " " not in who else None
    account = registry.by_handle(who, on=day) if who.startswith("@") else None
    found = account or site or resolve(who, registry, country=country, on=day)
    facts = {
        "name": found.name,
        "kind": found.kind.value,
        "party": found.party,
        "named": found.named,
        "place": found.place,
        "id": found.id,
        "official": is_official(found),
    }
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for key, value in facts.items():
        shown = ("yes" if value else "no") if isinstance(value, bool) else str(value or "-")
        click.echo(f"{key}: {visible(shown)}")


@sources.command()
@click.option("--id", "ident", required=True, help="A short name: letters, digits, hyphens.")
@click.option("--name", required=True, help="Its name, as a report prints it.")
@click.option("--kind", required=True, help="government, military, police, press …")
@click.option("--party", help="The state, faction or organisation for which it speaks.")
@click.option("--alias", "aliases", multiple=True, help="Another name; may be repeated.")
@click.option("--handle", "handles", multiple=True, help="An account on X, or platform:name.")
@click.option("--domain", "domains", multiple=True, help="Its site's host, such as idf.il.")
@click.option("--feed", "feeds", multiple=True, help="The address of a feed.")
@click.option("--place", help="A remit narrower than the party's: a city, a state.")
@click.option("--since", type=DAY, help="First day, YYYY-MM-DD.")
@click.option("--until", type=DAY, help="First day on which it no longer counts.")
@click.option("--from", "taken_from", required=True, help="Where you took this from.")
def add(ident: str, name: str, kind: str, **given: object) -> None:
    """Add a source of your own, or replace one of the same id."""
    from verify.sources import own_file

    path = own_file()
    entry = _entry(ident, name, kind, given)
    kept = [e for e in _own(path) if e.id != entry.id]
    _save(path, [*kept, entry])
    click.echo(f"{entry.id}: written to {path}")


@sources.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def check(file: Path | None) -> None:
    """Check FILE, or your own sources: is it valid, and does it claim what another has?

    Exit code 1 where an account, a site or a name belongs to two sources at the same time.
    """
    import os

    from verify.errors import InputError
    from verify.sources import Registry, conflicts, own_file

    path = file or own_file()
    if file is not None and not file.is_file():
        raise InputError(f"{file}: no such file; give a file of sources in TOML")
    own = {e.id for e in _own(path)}
    registry = Registry.load(path if own else Path(os.devnull))
    wrong = [
        line
        for line in conflicts(registry.entries)
        if not own or any(f"[{i}]" in line for i in own)
    ]
    for line in wrong:
        click.echo(line)
    click.echo(f"{len(registry.entries)} sources, {len(own)} of your own, {len(wrong)} conflicts")
    if wrong:
        click.get_current_context().exit(1)


def _own(path: Path) -> list[Entry]:
    from verify.errors import InputError
    from verify.sources import parse

    if not path.is_file():
        return []
    try:
        return parse(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from None


def _entry(ident: str, name: str, kind: str, given: dict[str, object]) -> Entry:
    from verify.errors import InputError
    from verify.sources import entry_from

    if not ident.replace("-", "").replace("_", "").isalnum() or not ident.isascii():
        raise InputError(f"--id {ident!r}: use letters, digits and hyphens only")
    raw: dict[str, object] = {"name": name, "kind": kind}
    for key, value in given.items():
        if isinstance(value, datetime):
            raw[key] = value.date()
        elif isinstance(value, tuple) and value:
            raw[key] = list(value)
        elif value:
            raw["from" if key == "taken_from" else key] = value
    return entry_from(ident, raw, "the new source")


def _save(path: Path, entries: list[Entry]) -> None:
    from verify.cli import output
    from verify.errors import InputError
    from verify.sources import to_toml

    head = "# Sources of your own; see `verify sources --help`.\n\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{path.parent}: cannot be made ({error.strerror})") from None
    output.write(head + "\n".join(to_toml(e) for e in entries), str(path))


def _as_dict(entry: Entry) -> dict[str, object]:
    def plain(value: object) -> object:
        return value.isoformat() if isinstance(value, date) else value

    keys = "id name kind party aliases handles domains feeds place remit since until"
    found = {key: plain(getattr(entry, key)) for key in keys.split()}
    return found | {"from": entry.taken_from}


def _print_entry(entry: Entry, as_json: bool) -> None:
    from verify.text import visible

    if as_json:
        click.echo(json.dumps(_as_dict(entry), ensure_ascii=False))
        return
    for key, value in _as_dict(entry).items():
        if value:
            shown = ", ".join(value) if isinstance(value, tuple) else str(value)
            click.echo(f"{key}: {visible(shown)}")
