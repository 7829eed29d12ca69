"""Every shipped mechanism plays, says what it rests on, and gives the same numbers again."""

from pathlib import Path

import pytest

from fairweather.desk.figures import recompute
from fairweather.desk.mechanisms import play_mechanism
from fairweather.ledger import Ledger
from fairweather.records import parse_figure_id
from fairweather.scenario.mechanisms import KINDS, parse_mechanism

FILES = sorted((Path(__file__).parents[3] / "examples" / "mechanisms").rglob("*.toml"))
NAMES = [file.stem for file in FILES]


def test_the_examples_cover_every_model() -> None:
    models = {KINDS[parse_mechanism(file.read_text()).heading.kind] for file in FILES}
    assert models == set(KINDS.values())


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_the_same_seed_gives_the_same_answer(file: Path) -> None:
    model = parse_mechanism(file.read_text(), file.name)
    assert model.play(seed=3) == model.play(seed=3)


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_band_holds_its_middle_and_every_probability_is_one(file: Path) -> None:
    for figure in parse_mechanism(file.read_text(), file.name).play().figures:
        low, middle, high = (value or 0.0 for value in (figure.low, figure.value, figure.high))
        assert low <= high
        assert low <= middle <= high or figure.arguments[-1].startswith("at-")
        if figure.unit in ("probability", "share") and not figure.meaning.startswith("what"):
            assert low >= 0
            assert high <= 1


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_why_computes_each_figure_again_from_the_text_that_was_kept(
    file: Path, tmp_path: Path
) -> None:
    with Ledger(tmp_path / "own.db") as ledger:
        answer = play_mechanism(ledger, file, seed=1)
        figure = answer.figures[-1]
        assert recompute(ledger, parse_figure_id(figure.id)) == figure


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_an_answer_says_which_inputs_are_assumed(file: Path) -> None:
    answer = parse_mechanism(file.read_text(), file.name).play()
    loose = [part for part in answer.inputs if part.quantity.assumed or not part.quantity.source]
    told = [caution for caution in answer.cautions if caution.startswith("Assumed")]
    assert bool(told) == bool(loose)
    if loose:
        assert f"{len(loose)} of {len(answer.inputs)}" in told[0]
