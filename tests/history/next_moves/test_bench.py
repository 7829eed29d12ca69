"""The bench takes any s, r, o, t file with its splits, and never fits on what it scores."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from fairweather.history.next_moves.moves import Moves

pd = pytest.importorskip("pandas")
BENCH = Path(__file__).parents[3] / "bench" / "next.py"


def written(moves: Moves, path: Path, *, valid: int, test: int | None) -> Path:
    """The moves as a file, in days that start at 100 and go by tens."""
    split = ["train" if day < valid else "valid" for day in moves.day]
    if test is not None:
        split = [name if day < test else "test" for name, day in zip(split, moves.day, strict=True)]
    columns = {"s": moves.subject, "r": moves.relation, "o": moves.object}
    pd.DataFrame({**columns, "t": 100 + 10 * moves.day, "split": split}).to_parquet(path)
    return path


@pytest.fixture
def run(monkeypatch, capsys) -> Callable[..., tuple[int, str, str]]:
    """Run a bench as its command does: exit code, what it printed, what it complained of."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        bench = runpy.run_path(str(BENCH))
        monkeypatch.setattr("sys.argv", ["next.py", *map(str, arguments)])
        code = bench["main"]()
        return code, *capsys.readouterr()

    return run


def test_a_file_with_a_test_split_is_scored_on_it(small_world, tmp_path, run):
    data = written(small_world, tmp_path / "moves.parquet", valid=30, test=45)
    ranks = tmp_path / "ranks.csv"
    told = json.loads(run("--data", data, "--json", "--ranks", ranks)[1])
    for key in (
        "mrr",
        "hits1",
        "hits3",
        "hits10",
        "log_loss",
        "recurrency_mrr",
        "cpu_s",
        "peak_mb",
    ):
        assert isinstance(told[key], float)
    assert (told["scored"], told["queries"]) == ("test", 2 * len(small_world.between(45, 60)))
    rows = pd.read_csv(ranks)
    assert list(rows) == ["s", "r", "o", "t", "direction", "rank"]
    assert (1 / rows["rank"]).mean() == pytest.approx(told["mrr"])
    assert set(rows.direction) == {"object", "subject"}
    assert (rows.t.min(), rows.t.max()) == (550, 690)


def test_what_is_scored_later_changes_no_earlier_rank(small_world, tmp_path, run):
    files = []
    for end in (60, 52):
        part = small_world.between(0, end)
        data = written(part, tmp_path / f"{end}.parquet", valid=30, test=45)
        files.append(tmp_path / f"{end}.csv")
        run("--data", data, "--json", "--ranks", files[-1])
    whole, part = (pd.read_csv(file) for file in files)
    assert whole[whole.t < 620].reset_index(drop=True).equals(part)


def test_without_a_test_split_the_valid_rows_are_scored(small_world, tmp_path, run):
    data = written(small_world, tmp_path / "moves.parquet", valid=45, test=None)
    assert "valid" in run("--data", data)[1]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows.drop(columns="o"), "no column o"),
        (lambda rows: rows.assign(split="dev"), "column split holds dev"),
        (lambda rows: rows.assign(split="train"), "needs train and at least one"),
        (lambda rows: rows.assign(t=rows.t.astype("float").where(rows.t > 100)), "column t"),
        (lambda rows: rows.assign(t=rows.t[::-1].to_numpy()), "begins before the others end"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_the_reason(
    small_world, tmp_path, run, change, said
):
    path = written(small_world, tmp_path / "moves.parquet", valid=45, test=None)
    change(pd.read_parquet(path)).to_parquet(path)
    code, _, complaint = run("--data", path)
    assert code == 2
    assert said in complaint
    assert path.name in complaint
