"""``quotes serve``: the database in a browser."""

from __future__ import annotations

import os
import sys
import webbrowser

import click

from quotes.cli.options import common_options, database_option, state
from quotes.cli.output import note
from quotes.settings import PASSWORD, TOKEN


@click.command(name="serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True,
              metavar="N", help="Where to listen; 0 takes any free port.")  # fmt: skip
@click.option(
    "--host",
    metavar="NAME",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; what other machines reach needs a password.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="Also answer under this name of a host, as behind a proxy; may be given again.",
)
@click.option("--fetch", is_flag=True, help="Let the page 'Try it' fetch pages of the web.")
@click.option("--open", "browse", is_flag=True, help="Open a browser, too.")
@database_option
@common_options
def command(port: int, host: str, names: tuple[str, ...], fetch: bool, browse: bool) -> None:
    """Show the database in a browser: search, compare, review, correct.

    Prints an address to open, which lets that browser in; Ctrl-C ends. Everything is read with
    connections that cannot write; only corrections are written. Other machines are let in with
    --host and a password, in QUOTES_PASSWORD or typed when asked for. Programs send the token of
    the address (Authorization: Bearer TOKEN); QUOTES_TOKEN sets one that lasts.

    \b
      quotes serve --open
      QUOTES_PASSWORD=… quotes serve --host 0.0.0.0
    """
    from quotes.web.server import Serving, prepared

    password = os.environ.get(PASSWORD)
    if password is None and host not in ("127.0.0.1", "localhost", "::1") and sys.stdin.isatty():
        password = click.prompt("password", hide_input=True, confirmation_prompt=True, err=True)

    serving = Serving(
        database=state().database,
        host=host,
        port=port,
        names=names,
        password=password,
        token=os.environ.get(TOKEN),
        fetch=fetch,
    )
    with prepared(serving) as server:
        click.echo(server.address)
        sys.stdout.flush()
        note("open this address in a browser; Ctrl-C ends")
        if browse:
            webbrowser.open(server.address)
        server.run()
