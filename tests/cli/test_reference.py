"""Every verb is documented, and the page says what the verbs say."""

from pathlib import Path

from fairweather.cli.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "verbs.md"


def test_the_page_of_verbs_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference()
