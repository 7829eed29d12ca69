"""Many small files are written as one, and every answer stays the same."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fairweather.sources.tables import (
    RowQuery,
    TableStore,
    compact,
    list_rows,
    pair_counts,
    take_in,
)

Row = Callable[..., str]
FILES = 6


@pytest.fixture
def filled(make, store, gdelt: Row):
    for number in range(FILES):
        lines = [gdelt(10 * number + 1), gdelt(10 * number + 2, "20150318")]
        take_in(store, make.plain(f"{number}.csv", lines))
    return store


def files_of(store: TableStore) -> set[str]:
    return {str(path) for path in store.folder.rglob("*.parquet")}


def test_answers_stay_and_rows_keep_their_place(filled: TableStore) -> None:
    before, listed = pair_counts(filled, "PER", "CHL"), list_rows(filled, RowQuery(), 50)
    assert len(filled.shards()) == 2 * FILES
    assert compact(filled, many=3) == 2
    assert len(filled.shards()) == 2
    after = pair_counts(filled, "PER", "CHL")
    assert [count[:-1] for count in after] == [count[:-1] for count in before]
    # A mean of the same numbers in another order may differ in its last digit.
    means = [count.intensity for count in before]
    assert [count.intensity for count in after] == pytest.approx(means)
    assert list_rows(filled, RowQuery(), 50) == listed


def test_few_files_are_left_alone(filled: TableStore) -> None:
    assert compact(filled, many=FILES + 1) == 0
    assert len(filled.shards()) == 2 * FILES


def test_what_was_replaced_goes_at_the_next_time(filled: TableStore, make, gdelt: Row) -> None:
    compact(filled, many=3)
    assert len(files_of(filled)) == 2 * FILES + 2
    take_in(filled, make.plain("more.csv", [gdelt(99)]))
    assert compact(filled, many=2) == 1
    assert len(filled.shards()) == 2
    rows, count = list_rows(filled, RowQuery(actors=("PER",)), 50)
    assert count == 2 * FILES + 1
    assert {row.file for row in rows} == {*(f"{n}.csv" for n in range(FILES)), "more.csv"}


def test_the_same_rows_are_still_known_as_such(filled: TableStore, make, gdelt: Row) -> None:
    compact(filled, many=3)
    report = take_in(filled, make.plain("again.csv", [gdelt(1), gdelt(77)]))
    assert (report.new, report.duplicate) == (1, 1)


def test_a_run_killed_before_the_account_changes_nothing(filled: TableStore) -> None:
    compact(filled, many=3)
    for account in (filled.folder / "merged").glob("*.json"):
        account.unlink()
    assert len(filled.shards()) == 2 * FILES
    assert list_rows(filled, RowQuery(actors=("PER",)), 50)[1] == 2 * FILES


def test_an_earlier_view_sees_only_what_was_taken_in_by_then(filled: TableStore) -> None:
    last = filled.taken_in()[-1]
    path = filled.folder / "files" / f"{last.sha256}.json"
    later = dataclasses.replace(last, read="2099-01-01T00:00:00Z")
    path.write_text(json.dumps(dataclasses.asdict(later)))
    compact(filled, many=3)
    past = TableStore(Path(filled.folder), recorded_by="2098-01-01T00:00:00Z")
    rows, count = list_rows(past, RowQuery(actors=("PER",)), 50)
    assert count == 2 * (FILES - 1)
    assert last.name not in {row.file for row in rows}
