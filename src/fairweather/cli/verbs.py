"""The verbs, each a few lines over the desk."""

from __future__ import annotations

import click

from fairweather import __version__
from fairweather.cli.manners import Verbs, with_ledger


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fairweather")
@with_ledger
def fairweather() -> None:
    """How firm is a partnership between two states, what would break it, how far would one go?

    Reads news into a ledger of quoted records, profiles a pair of actors, plays scenarios
    and tells it in a brief. Every sentence names its records; every number answers `why`.
    """


def _register() -> None:
    from fairweather.cli import (
        asking,
        bulk,
        forecasting,
        historical,
        keeping,
        mechanisms,
        playing,
        questions,
        review,
        safekeeping,
        serving,
        watching,
    )

    reading, asked = (
        (keeping, bulk, watching),
        (asking, playing, mechanisms, historical, forecasting, questions),
    )
    for module in (*reading, *asked, review, safekeeping, serving):
        for verb in module.VERBS:
            fairweather.add_command(verb)


_register()
