"""A contested case: stages, statements side by side, evidence by origin, no verdict."""

import pytest

from fairweather.scenario.mechanisms import parse_mechanism
from fairweather.scenario.mechanisms.accusation import (
    Accusation,
    combined_ratio,
    stage_course,
)
from fairweather.scenario.mechanisms.heading import draw_inputs

TEXT = """
mechanism = "legal_process"
name = "The sunken tug"
as_of = 2025-06-01
horizon = "4 years"
accuser = "PHL"
accused = "CHN"
[[statements]]
speaker = "CHN"
stance = "deny"
content = "its ships were not near"
on = 2024-02-01
[[statements]]
speaker = "PHL"
stance = "accuse"
content = "a coast guard ship rammed the tug"
on = 2024-01-20
[[stages]]
stage = "charged"
on = 2024-09-01
[[stages]]
stage = "tried"
on = 2025-11-01
[steps.charged]
tried = {dist = "uniform", low = 0.2, high = 0.6}
annulled = 0.1
[steps.tried]
convicted = 0.8
[evidence.film]
origin = "drone"
ratio = 4
[evidence.film_in_the_press]
origin = "drone"
ratio = 4
[evidence.log]
origin = "ship"
ratio = 2
"""


def case() -> Accusation:
    model = parse_mechanism(TEXT)
    assert isinstance(model, Accusation)
    return model


def test_a_stage_reached_after_the_day_is_not_known_yet() -> None:
    assert case().now == "charged"


def test_the_stages_share_all_the_probability_in_every_month() -> None:
    drawn = draw_inputs(case().inputs(), seed=0, draws=50)
    stages, course = stage_course(case(), drawn)
    assert course.sum(axis=1) == pytest.approx(1.0)
    convicted = course[:, stages.index("convicted")].mean(axis=1)
    assert (convicted[1:] >= convicted[:-1]).all(), "what has ended stays ended"


def test_two_reports_of_one_film_are_one_piece_of_evidence() -> None:
    drawn = draw_inputs(case().inputs(), seed=0, draws=2)
    assert combined_ratio(case(), drawn) == pytest.approx(4 * 2)


def test_no_probability_of_guilt_without_a_prior() -> None:
    answer = case().play()
    assert all(figure.arguments[-1] != "truth" for figure in answer.figures)
    assert any("No prior is given" in caution for caution in answer.cautions)
    given = parse_mechanism(TEXT.replace('accused = "CHN"', 'accused = "CHN"\nprior = 0.5')).play()
    assert given.figure("truth").value == pytest.approx(8 / 9)


def test_both_sides_stand_in_the_order_in_which_they_spoke() -> None:
    table = case().play().tables[0]
    assert [row[1] for row in table.rows] == ["PHL", "CHN"]
