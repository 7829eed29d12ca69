"""Opening files and folders: bad input is a stated failure and never ends the batch."""

from pathlib import Path

import pytest

from fairweather.records import Document
from fairweather.sources import Failure, open_source
from fairweather.sources.decoding import LARGEST


def failure_of(path: Path) -> str:
    (found,) = open_source(path)
    assert isinstance(found, Failure)
    assert found.uri == f"file:{path.as_posix()}"
    return found.reason


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\r\n ", "white space"),
        ("nul.txt", b"abc\0def", "NUL"),
        ("control.txt", b"\x01\x02\x03abc" * 9, "control codes"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n....", "picture"),
        ("paper.txt", b"%PDF-1.7 ...", "PDF"),
        ("damaged.txt", "Präsident é".encode() + b"\xff\xfe oops", "not UTF-8 at byte 13"),
        ("short.txt", b"\xff\xfeA", "byte"),
        ("declared.xml", b'<?xml version="1.0" encoding="euc-jp"?><rss>\xff\xff</rss>', "byte 44"),
        ("letter.eml", b"From: a@b.example\nSubject: x\n\nHello.\n", "mail"),
        ("rows.csv", b"a,b\n1,2\n", "rows"),
        ("feed.xml", b"<rss><channel></channel></rss>", "without items"),
        ("other.xml", b"<?xml version='1.0'?><svg></svg>", "<svg>"),
        ("broken.xml", b"<rss><channel><title>a</channel>", "malformed XML"),
        ("prose.xml", b"no markup at all", "no root element"),
        ("empty.html", b"<html><body></body></html>", "without readable text"),
        ("front.txt", b"---\ntitle: x\n---\n", "no words"),
    ],
)
def test_an_input_that_cannot_be_read_says_why(
    tmp_path: Path, name: str, raw: bytes, reason: str
) -> None:
    file = tmp_path / name
    file.write_bytes(raw)
    assert reason in failure_of(file)


def test_a_missing_path_is_a_failure(tmp_path: Path) -> None:
    assert "does not exist" in failure_of(tmp_path / "nowhere.txt")


def test_a_folder_without_readable_files_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "table.parquet").write_bytes(b"PAR1")
    (tmp_path / "README.md").write_text("About this folder.")
    assert "no readable file" in failure_of(tmp_path)


def test_a_file_that_is_too_large_is_refused_unopened(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as handle:
        handle.truncate(LARGEST + 1)
    assert "too large" in failure_of(file)


def test_one_bad_file_does_not_stop_a_folder_and_the_order_is_that_of_names(
    tmp_path: Path,
) -> None:
    (tmp_path / "b.txt").write_bytes(b"\0\0\0")
    (tmp_path / "a.txt").write_text("Envoys met in the morning.")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.md").write_text("# Evening\n\nEnvoys parted.")
    (tmp_path / ".hidden.txt").write_text("not to be read")
    first, second, third = open_source(str(tmp_path))
    assert isinstance(first, Document)
    assert isinstance(second, Failure)
    assert isinstance(third, Document)
    assert third.title == "Evening"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Präsident Núñez".encode("utf-8-sig"), "Präsident Núñez"),
        ("Präsident Núñez".encode("utf-16"), "Präsident Núñez"),
        ("The café of Señor Núñez was full.".encode("cp1252"), "The café of Señor Núñez was full."),
        ("Президент подписал договор о дружбе и сотрудничестве.".encode("cp1251"), None),
    ],
)
def test_old_and_marked_encodings_are_read(tmp_path: Path, raw: bytes, text: str | None) -> None:
    file = tmp_path / "note.txt"
    file.write_bytes(raw)
    (document,) = open_source(file)
    assert isinstance(document, Document)
    assert document.text == (text or "Президент подписал договор о дружбе и сотрудничестве.")


@pytest.mark.parametrize("name", ["page.txt", "page", "page.html"])
def test_content_tells_a_page_whatever_its_ending(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("<!doctype html><html><body><p>Envoys met.</p></body></html>")
    (document,) = open_source(file)
    assert isinstance(document, Document)
    assert document.text == "Envoys met."


def test_reading_a_file_twice_gives_the_same_ids(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Envoys met on 3 May 2031 in Zenda.")
    assert list(open_source(file)) == list(open_source(file))


def test_hostile_shapes_end_quickly(tmp_path: Path) -> None:
    shapes = {
        "spaces.txt": "a" + " " * 300_000 + "b",
        "brackets.txt": "<a" * 30_000,
        "rules.txt": "---\n" + "a: b:c:d\n" * 5_000,
        "blanks.txt": "---\n" + " \n" * 5_000 + "x: y\n",
        "dashes.txt": "-" * 200_000,
        "digits.txt": "1 " * 30_000,
        "deep.html": "<html><body>" + "<div>" * 20_000 + "x" + "</div>" * 20_000,
        "dates.txt": "May " * 10_000,
    }
    for name, text in shapes.items():
        (tmp_path / name).write_text(text)
    assert len(list(open_source(tmp_path))) == len(shapes)
