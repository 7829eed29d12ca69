"""The interface holds what it says: no request makes the server fail, or is answered otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from fairweather.web import Settings
from fairweather.web.app import make_app

schemathesis = pytest.importorskip("schemathesis", reason="the contract needs schemathesis")

pytestmark = pytest.mark.slow

EXAMPLES = 8
"""Requests an operation."""

HEADERS = {"host": "127.0.0.1"}


def test_every_request_is_answered_as_described_and_none_fails(ledger: Path) -> None:
    app = make_app(Settings(ledger=ledger, edit=True, requests_a_minute=1_000_000))
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers=HEADERS)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 3 * 12
    for operation in operations:
        _put_to_it(operation)


def _put_to_it(operation: Any) -> None:
    """Requests as the description allows them, and as it does not."""

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def check(case: Any) -> None:
        response = case.call(headers=HEADERS)
        assert response.status_code < 500, f"{operation.label}: {response.text[:400]}"
        told = operation.definition.raw["responses"]
        assert str(response.status_code) in told, f"{operation.label}: {response.status_code}"
        kind = response.headers.get("content-type", [""])[0].partition(";")[0]
        kinds = told[str(response.status_code)].get("content", {})
        assert not kinds or kind in kinds, f"{operation.label}: {response.status_code} as {kind}"

    check()
