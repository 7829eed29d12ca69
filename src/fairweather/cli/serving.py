"""The verb that serves the pages: serve."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import click

from fairweather.cli.manners import ledger_path, talk, with_ledger
from fairweather.errors import MisuseError, SourceError

READ_TOKEN, EDIT_TOKEN = "FAIRWEATHER_TOKEN", "FAIRWEATHER_EDIT_TOKEN"

COLLECT_AFTER = (20_000, 20, 100)
"""Objects, and collections of the younger, after which garbage is looked for.

A page of a large ledger makes thousands of records that live on; looking through them again
and again takes a tenth of its time.
"""


@click.command()
@with_ledger
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to bind.")
@click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True)
@click.option("--name", "names", multiple=True, help="Another name this server goes by.")
@click.option(
    "--rate",
    type=click.IntRange(1),
    default=600,
    show_default=True,
    help="Requests a minute that one caller may make.",
)
@click.option("--edit", is_flag=True, help="Let readers accept, correct and reject.")
def serve(host: str, port: int, names: tuple[str, ...], rate: int, edit: bool) -> None:
    """Serve pages and an interface for programs over the ledger, on loopback.

    Anywhere but on loopback a token is asked for: set FAIRWEATHER_TOKEN (to read) or
    FAIRWEATHER_EDIT_TOKEN (to edit as well), 20 characters or more.
    """
    try:
        import uvicorn

        from fairweather.web.app import make_app
    except ImportError as error:
        raise MisuseError(f"serving needs {error.name}: pip install 'fairweather[web]'") from error
    from fairweather.web.settings import EDIT, READ, Settings, Token

    ledger = Path(ledger_path())
    if not ledger.is_file():
        raise SourceError(f"{ledger}: no ledger there; `fairweather read` makes one")
    secrets = ((READ, os.environ.get(READ_TOKEN)), (EDIT, os.environ.get(EDIT_TOKEN)))
    settings = Settings(
        ledger=ledger,
        host=host,
        port=port,
        edit=edit,
        names=names,
        requests_a_minute=rate,
        tokens=tuple(Token.of(right, secret) for right, secret in secrets if secret),
    )
    gc.set_threshold(*COLLECT_AFTER)
    talk(f"serving {ledger} on http://{host}:{port}/ (stop with Ctrl-C)")
    uvicorn.run(make_app(settings), host=host, port=port, log_level="warning", server_header=False)


VERBS = (serve,)
