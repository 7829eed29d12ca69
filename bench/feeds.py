"""Reads malformed feeds, and counts what is recovered against feedparser by itself.

    python bench/feeds.py [--json] [--quick] [--worst]

2,000 feeds (`--quick`: 500) are made by mutation, from a fixed seed, of eight shapes written
for this bench after feeds as newspapers publish them: RSS 0.91 to 2.0, RDF, Atom and JSON
Feed. A mutation is what goes wrong in life: tags left open, raw ampersands, a wrong or no
encoding, bytes of another one, control characters, a feed cut off, markup that is not closed,
words before the prolog; and entity bombs, which must be refused and are not counted.

`items_vs_feedparser` is the number of items with words in their title or text that are read,
over the number that feedparser alone finds in the same bytes (feeds at which it crashes are
left out, and counted); `feeds_with_fewer` says in how
many feeds it is the better one. `crashes` counts whatever is neither an item nor a stated
reason, and bombs that are not refused.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import feedparser

from fairweather.errors import FairweatherError
from fairweather.sources.feed import read_items
from fairweather.sources.item import Item
from fairweather.sources.markup import plain
from fairweather.sources.mending import decode_damaged

FEEDS, QUICK = 2000, 500
SEED = 20310506
BOMBS = 0.05
"""Share of the feeds that are entity bombs."""

WORDS = re.findall(
    r"\S+",
    "treaty minister river border grain election talks ferry council signed promised delayed "
    "Zürich Łódź São Tomé naïve coöperation ministère Öresund accord défense 条約 договор معاهدة",
)
Mutation = Callable[[random.Random, str], str]


# --- shapes ---------------------------------------------------------------------------------


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(6, 25))).capitalize() + "."


def rss2(chance: random.Random, number: int) -> str:
    return (
        f"<item><title>{sentence(chance)}</title><link>https://wire.example/{number}</link>"
        f"<guid isPermaLink='false'>{number}</guid><pubDate>Tue, 06 May 2031 {number % 24:02}:00"
        f":00 +0200</pubDate><description>{sentence(chance)}</description></item>\n"
    )


def rss_encoded(chance: random.Random, number: int) -> str:
    return (
        f"<item><title><![CDATA[{sentence(chance)}]]></title><link>https://blog.example/{number}"
        f"</link><dc:creator>Ann Lee</dc:creator><content:encoded><![CDATA[<p>{sentence(chance)}"
        f"</p><p>A &amp; B &nbsp; <b>{sentence(chance)}</b></p>]]></content:encoded></item>\n"
    )


def rss_escaped(chance: random.Random, number: int) -> str:
    return (
        f"<item><title>{sentence(chance)} &amp; more</title><link>https://old.example/?a={number}"
        f"&amp;b=2</link><description>&lt;p&gt;{sentence(chance)}&lt;br/&gt;{sentence(chance)}"
        f"&lt;/p&gt;</description><enclosure url='https://old.example/x.mp3' length='1'/></item>\n"
    )


def rss_bare(chance: random.Random, number: int) -> str:
    return f"<item>\n<title>{sentence(chance)}</title>\n<link>http://x.example/{number}</link></item>\n"


def atom(chance: random.Random, number: int) -> str:
    return (
        f"<entry><id>tag:post.example,2031:{number}</id><title type='html'>{sentence(chance)}"
        f"</title><link rel='alternate' href='https://post.example/{number}'/><updated>2031-05-06"
        f"T10:{number % 60:02}:00Z</updated><summary>{sentence(chance)}</summary>"
        f"<content type='html'>&lt;p&gt;{sentence(chance)}&lt;/p&gt;</content></entry>\n"
    )


def atom_xhtml(chance: random.Random, number: int) -> str:
    return (
        f"<entry><id>urn:{number}</id><title>{sentence(chance)}</title><published>2031-05-06T10:00"
        f":00+02:00</published><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
        f"<p>{sentence(chance)}</p><p><em>{sentence(chance)}</em></p></div></content></entry>\n"
    )


def rdf(chance: random.Random, number: int) -> str:
    return (
        f"<item rdf:about='https://rdf.example/{number}'><title>{sentence(chance)}</title>"
        f"<link>https://rdf.example/{number}</link><dc:date>2031-05-06T10:00:00Z</dc:date>"
        f"<description>{sentence(chance)}</description></item>\n"
    )


def json_item(chance: random.Random, number: int) -> str:
    item = {
        "id": str(number),
        "url": f"https://json.example/{number}",
        "title": sentence(chance),
        "content_html": f"<p>{sentence(chance)}</p>",
        "date_published": "2031-05-06T10:00:00+02:00",
    }
    return json.dumps(item, ensure_ascii=False) + ",\n"


XML = '<?xml version="1.0" encoding="utf-8"?>\n'
RSS = (
    f'{XML}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Wire</title>'
    "<link>https://wire.example</link><description>News</description><language>en</language>\n"
)
OLD = (
    '<?xml version="1.0"?>\n<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"'
    ' "http://my.netscape.com/publish/formats/rss-0.91.dtd">\n'
    '<rss version="0.91"><channel><title>Old</title>\n'
)
ATOM = f'{XML}<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><id>urn:post</id>\n'
RDF = (
    f'{XML}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    '<channel rdf:about="https://rdf.example"><title>R</title></channel>\n'
)
JSON = '{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [\n'
SHAPES: tuple[tuple[str, Callable[[random.Random, int], str], str], ...] = (
    (RSS, rss2, "</channel></rss>"),
    (RSS, rss_encoded, "</channel></rss>"),
    (RSS, rss_escaped, "</channel></rss>"),
    (OLD, rss_bare, "</channel></rss>"),
    (ATOM, atom, "</feed>"),
    (ATOM, atom_xhtml, "</feed>"),
    (RDF, rdf, "</rdf:RDF>"),
    (JSON, json_item, '{"id": "last", "content_text": "The last of them."}]}'),
)


def whole(chance: random.Random) -> str:
    head, item, foot = chance.choice(SHAPES)
    return head + "".join(item(chance, n) for n in range(chance.randint(3, 12))) + foot


# --- what goes wrong ------------------------------------------------------------------------


def place(chance: random.Random, text: str) -> int:
    return chance.randrange(len(text) // 8, len(text))


def dropped(chance: random.Random, text: str, what: str) -> str:
    """The text without one occurrence of something, after its head."""
    at = text.find(what, place(chance, text))
    return text if at < 0 else text[:at] + text[at + len(what) :]


def unclosed_tag(chance: random.Random, text: str) -> str:
    tag = chance.choice(("title", "description", "link", "item", "entry", "summary", "content"))
    return dropped(chance, text, f"</{tag}>")


def raw_ampersand(chance: random.Random, text: str) -> str:
    spots = [at for at, letter in enumerate(text) if letter == " " and at > len(text) // 8]
    for at in sorted(chance.sample(spots, min(5, len(spots))), reverse=True):
        text = f"{text[:at]} & {text[at:]}"
    return text


def raw_bracket(chance: random.Random, text: str) -> str:
    at = text.find(" ", place(chance, text))
    return f"{text[:at]} < 5 {text[at:]}" if at > 0 else text


def cut_off(chance: random.Random, text: str) -> str:
    return text[: chance.randrange(len(text) // 3, len(text))]


def unknown_entity(chance: random.Random, text: str) -> str:
    words = chance.choice(("&nbsp;", "&eacute;", "&foo;", "&#xD800;", "&#0;", "&#150;", "&#x"))
    at = text.find(" ", place(chance, text))
    return text[:at] + words + text[at:]


def control_character(chance: random.Random, text: str) -> str:
    at = place(chance, text)
    return text[:at] + chance.choice("\x01\x08\x0b\x1b\x7f\ufffe") + text[at:]


def words_before_prolog(chance: random.Random, text: str) -> str:
    junk = ("\n\n  ", "<!-- cached -->\n", "\ufeff\ufeff", "Warning: mysql_connect()\n")
    return chance.choice(junk) + text


def broken_attribute(chance: random.Random, text: str) -> str:
    return dropped(chance, text, chance.choice(("'", '"', "='")))


def bad_nesting(chance: random.Random, text: str) -> str:
    at = text.find("</title>", place(chance, text))
    return f"{text[:at]}<b><i></b>{text[at:]}" if at > 0 else text


def open_cdata(chance: random.Random, text: str) -> str:
    return dropped(chance, text, "]]>")


def undeclared_prefix(chance: random.Random, text: str) -> str:
    return text.replace("<title>", "<media:title>x</media:title><title>", 1)


def no_foot(chance: random.Random, text: str) -> str:
    return text[: text.rfind("</")]


def doubled(chance: random.Random, text: str) -> str:
    return text + text


def shouted(chance: random.Random, text: str) -> str:
    return text.replace("<item>", "<ITEM>").replace("</item>", "</ITEM>")


MUTATIONS: tuple[Mutation, ...] = (
    unclosed_tag,
    raw_ampersand,
    raw_bracket,
    cut_off,
    unknown_entity,
    control_character,
    words_before_prolog,
    broken_attribute,
    bad_nesting,
    open_cdata,
    undeclared_prefix,
    no_foot,
    doubled,
    shouted,
)


def wrong_encoding(chance: random.Random, text: str) -> bytes:
    """Bytes in one encoding that declare another, or hold a few bytes of another."""
    way = chance.randrange(6)
    if way == 0:
        return text.encode("cp1252", "xmlcharrefreplace")
    if way == 1:
        return text.replace("utf-8", "iso-8859-1").encode()
    if way == 2:
        return text.replace("utf-8", chance.choice(("x-unknown", "us-ascii", "utf-16"))).encode()
    if way == 3:
        return text.encode(chance.choice(("utf-16", "utf-16-le", "utf-8-sig")))
    raw = bytearray(text.encode())
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(raw) // 8, len(raw))
        raw[at:at] = bytes([chance.choice((0xE9, 0x93, 0xFF, 0xC3, 0x00))])
    return bytes(raw)


def mutated(chance: random.Random) -> bytes:
    text = whole(chance)
    for mutation in chance.sample(MUTATIONS, chance.randint(1, 3)):
        text = mutation(chance, text)
    if chance.random() < 0.3:
        return wrong_encoding(chance, text)
    return text.encode("utf-8", "replace")


def bomb(chance: random.Random) -> bytes:
    """A feed whose entities make a small file a large one, or read what is not theirs."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    subsets = (
        f'<!ENTITY l0 "lol">{laughs}',
        f'<!ENTITY l8 "{"x" * 50_000}">',
        '<!ENTITY l8 SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;',
        '<!ENTITY a "]>"><!ENTITY l8 "&a;&a;">',
    )
    doctype = f"<!DOCTYPE rss [{chance.choice(subsets)}]>"
    comment = chance.choice(("", "<!-- <rss> -->", "<?xml-stylesheet href='x'?>"))
    body = "<rss><channel><item><title>&l8;</title><description>&l8;</description></item></channel>"
    text = f'<?xml version="1.0"?>{comment}{doctype}{comment}{body}</rss>'
    return text.encode(chance.choice(("utf-8", "utf-16", "utf-16-be", "utf-8-sig")))


# --- counting -------------------------------------------------------------------------------


@dataclass
class Counted:
    """What came of all feeds."""

    feeds: int = 0
    bombs: int = 0
    crashes: int = 0
    ours: int = 0
    theirs: int = 0
    feedparser_crashes: int = 0
    feeds_with_fewer: int = 0
    feeds_with_more: int = 0
    troubles: Counter[str] = field(default_factory=Counter)
    worst: list[tuple[int, int, bytes]] = field(default_factory=list)


def has_words(*texts: str) -> bool:
    return any(letter.isalnum() for text in texts for letter in text)


def ours(raw: bytes) -> int:
    """Items with words that fairweather reads. Raises FairweatherError with its reason."""
    text, _ = decode_damaged(raw)
    found = [item for item in read_items(text, "feed") if isinstance(item, Item)]
    return sum(has_words(item.told.title, item.text) for item in found)


def theirs(raw: bytes) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        entries = feedparser.parse(raw, sanitize_html=False, resolve_relative_uris=False).entries
    contents = (
        [str(entry.get("title") or ""), str(entry.get("summary") or "")]
        + [str(part.get("value") or "") for part in entry.get("content") or []]
        for entry in entries
    )
    return sum(has_words(*map(plain, texts)) for texts in contents)


def count_one(raw: bytes, counted: Counted) -> None:
    counted.feeds += 1
    found = 0
    try:
        found = ours(raw)
    except FairweatherError:
        pass
    except Exception as error:  # what this bench looks for
        counted.crashes += 1
        counted.troubles[f"{type(error).__name__}: {error}"[:100]] += 1
    try:
        theirs_found = theirs(raw)
    except Exception:  # a comparison with nothing would flatter
        counted.feedparser_crashes += 1
        return
    counted.ours += found
    counted.theirs += theirs_found
    if found < theirs_found:
        counted.feeds_with_fewer += 1
        counted.worst.append((found, theirs_found, raw))
    counted.feeds_with_more += found > theirs_found


def count_bomb(raw: bytes, counted: Counted) -> None:
    counted.feeds += 1
    counted.bombs += 1
    try:
        ours(raw)
    except FairweatherError:
        return
    except Exception as error:
        counted.troubles[f"{type(error).__name__}: {error}"[:100]] += 1
    counted.crashes += 1
    counted.troubles["a bomb was let in"] += 1


def run(feeds: int) -> Counted:
    chance = random.Random(SEED)
    counted = Counted()
    for _ in range(feeds):
        if chance.random() < BOMBS:
            count_bomb(bomb(chance), counted)
        else:
            count_one(mutated(chance), counted)
    return counted


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} feeds")
    parser.add_argument("--worst", action="store_true", help="show where feedparser finds more")
    options = parser.parse_args()
    started = time.perf_counter()
    counted = run(QUICK if options.quick else FEEDS)
    ratio = counted.ours / max(counted.theirs, 1)
    figures = {
        "feeds": counted.feeds,
        "crashes": counted.crashes,
        "items_vs_feedparser": round(ratio, 4),
        "items": counted.ours,
        "items_of_feedparser": counted.theirs,
        "feedparser_crashes": counted.feedparser_crashes,
        "feeds_with_fewer": counted.feeds_with_fewer,
        "feeds_with_more": counted.feeds_with_more,
        "bombs_refused": counted.bombs - counted.troubles["a bomb was let in"],
        "bombs": counted.bombs,
        "seconds": round(time.perf_counter() - started, 1),
    }
    if options.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name:22} {value}" for name, value in figures.items()))
        print("\n".join(f"{count} x {what}" for what, count in counted.troubles.items()))
    if options.worst:
        for found, expected, raw in counted.worst[:12]:
            print(f"--- {found} of {expected}\n{raw[:1500]!r}", file=sys.stderr)
    return 0 if not counted.crashes and ratio >= 1 else 4


if __name__ == "__main__":
    sys.exit(main())
