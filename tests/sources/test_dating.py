"""When a text was published: stated, bounded by what it knows, or left open."""

import pytest

from fairweather.records import When
from fairweather.sources.plain import read_plain


def published(text: str) -> When:
    (document,) = read_plain(text, "file:/x.txt")
    return document.published


def ends(text: str) -> tuple[str | None, str | None]:
    when = published(text)
    return when.since, when.until


@pytest.mark.parametrize(
    "line",
    [
        "Monday, 5 May 2031",
        "Published: May 5, 2031 at 10:30 AM",
        "Posted on 5 May 2031",
        "5 May 2031 10:30 GMT",
        "2031-05-05",
        "Published in the Strelsau Courier, 5 May 2031",
    ],
)
def test_a_line_at_the_head_gives_the_day(line: str) -> None:
    text = f"The Mill\n\n{line}\n\nThe mill burned in 2029 and was rebuilt by 1 June 2030.\n"
    assert ends(text) == ("2031-05-05", "2031-05-05")


def test_head_and_foot_that_differ_by_a_day_give_the_interval() -> None:
    text = (
        "Monday, 5 May 2031\n\nThe Mill\n\nThe mill burned down again last night.\n\n"
        "Published in the Strelsau Courier, 6 May 2031\n"
    )
    assert ends(text) == ("2031-05-05", "2031-05-06")


def test_an_agency_dateline_with_its_year_gives_the_day() -> None:
    text = "Mill burns\n\nSTRELSAU, May 5, 2031 (Reuters) - The mill burned down, police said.\n"
    assert ends(text) == ("2031-05-05", "2031-05-05")


def test_an_address_with_a_day_gives_the_day() -> None:
    text = "The mill burned down, police said.\n\nhttps://courier.example/2031/05/05/mill\n"
    assert ends(text) == ("2031-05-05", "2031-05-05")


def test_a_text_lies_between_what_it_tells_as_past_and_what_it_tells_as_coming() -> None:
    text = (
        "The two presidents met on 3 March 2031 and agreed on little.\n"
        "A second summit is scheduled for May 20 to 22, 2031.\n"
    )
    when = published(text)
    assert (when.since, when.until) == ("2031-03-03", "2031-05-20")
    assert when.basis == 'after "3 March 2031", before "May 20 to 22, 2031"'


def test_a_day_without_a_year_is_completed_when_one_year_fits_the_interval() -> None:
    text = (
        "The two presidents met on 3 March 2031 and agreed on little.\n"
        "Their envoys met again on April 9.\n"
        "A second summit is scheduled for May 20 to 22, 2031.\n"
    )
    when = published(text)
    assert (when.since, when.until) == ("2031-04-09", "2031-05-20")
    assert when.basis.startswith('after "April 9"')


def test_a_day_without_a_year_stays_open_where_two_years_fit() -> None:
    text = (
        "The two presidents met on 3 March 2029 and agreed on little.\n"
        "Their envoys met again on April 9.\n"
        "A second summit is scheduled for May 20 to 22, 2031.\n"
    )
    assert ends(text) == ("2029-03-03", "2031-05-20")


def test_without_anything_to_come_the_end_is_open() -> None:
    assert ends("The two presidents met on 3 March 2031 and agreed on little.") == (
        "2031-03-03",
        None,
    )


def test_a_caption_bounds_from_below_only() -> None:
    text = (
        "The Mill\nThe mill at dusk, May 5, 2031. Photo: Ann Lee\n"
        "The mill burned down on Friday, police said, and nobody was hurt in the fire.\n"
    )
    assert ends(text) == ("2031-05-05", None)


def test_what_was_once_to_come_bounds_nothing() -> None:
    text = "The bridge was scheduled to open on 1 May 2027. It opened on 2 June 2029."
    assert ends(text) == ("2029-06-02", None)


def test_a_plan_that_lies_before_the_past_is_no_bound() -> None:
    text = '"It will open on 1 May 2027," he said then. It opened on 2 June 2029.'
    assert ends(text) == ("2029-06-02", None)


def test_a_named_year_to_come_is_no_past() -> None:
    text = "The 2034 Games worry the city. Work on the stadium began in 2030."
    assert ends(text) == ("2030", None)


def test_next_month_beside_a_full_date_gives_the_month_away() -> None:
    text = "The presidents are to meet next month, on 22 October 2031, in Zenda."
    assert ends(text) == ("2031-09", "2031-09")


def test_a_copyright_year_is_the_earliest_the_text_can_be_of() -> None:
    text = "The mill burned down, police said.\n\n© 2031 The Strelsau Courier\n"
    assert ends(text) == ("2031", None)


def test_a_post_of_another_weekday_gives_no_day() -> None:
    text = (
        "The mill burned down on Tuesday, police said, and nobody was hurt.\n\n"
        "What a loss.\n— Ann Lee (@annlee) May 5, 2031\n\n"
        "Firemen had come late, the mayor said in a statement.\n"
    )
    assert ends(text) == ("2031-05-05", None)


def test_a_text_without_dates_has_none() -> None:
    assert not published("The mill burned down and nobody was hurt.").known


def test_an_update_does_not_move_the_day_of_publication() -> None:
    text = "The Mill\n\nPublished: 5 May 2031\nUpdated: 9 May 2031\n\nThe mill burned down.\n"
    assert ends(text) == ("2031-05-05", "2031-05-05")
