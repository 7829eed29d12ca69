"""What the ledger survives, and how fast a large one answers.

    ./run bench ledger [--documents 100_000] [--records 2_000_000] [--json] [--quick]

Kills a writing process (-9) thirty times at random moments and writes on: `acked_lost` are
batches that were acknowledged and are not there, `doubled` rows that stand twice after every
batch was written once more. Lets four processes write at once. Fills the disk in the middle
of a batch (a small file system where one may be mounted, else SQLite's own page limit).
Then makes a ledger of made-up documents and records and asks it, in a process that
has asked before: words in the full text (`fts_ms`), the profile of a pair as `profile`
prints it and twenty of its events (`dyad_ms`), the chain of a row (`why_ms`); medians over
many questions, and the slowest (`..._worst_ms`), among them the pair with the most rows;
`dyad_usual_worst_ms` is the slowest pair of at most 5,000 rows; `..._cpu_ms` are the same
without the waiting for a processor that others use. Ends 4 when a goal is missed.
`--quick` takes 2,000 documents and 5 kills and ends within a minute.
"""

from __future__ import annotations

import argparse
import bisect
import functools
import itertools
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from _apart import apart
from fairweather.coding.stories import COPY_RULE
from fairweather.desk import Desk
from fairweather.errors import LedgerFull, NothingFound
from fairweather.ledger import Decision, Ledger, faults
from fairweather.records import (
    Agreement,
    Amount,
    Claim,
    Clause,
    Document,
    Event,
    Mechanism,
    Member,
    Prediction,
    Quote,
    Record,
    Stage,
    Support,
    Tie,
    on,
)
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.gazetteer import load_gazetteer

GOALS = {
    "acked_lost": 0,
    "doubled": 0,
    "faults": 0,
    "writers_lost": 0,
    "fts_ms": 200.0,
    "dyad_ms": 200.0,
    "why_ms": 200.0,
}
"""No figure may be above these."""

DOCUMENTS, RECORDS, KILLS = 100_000, 2_000_000, 30
QUICK_DOCUMENTS, QUICK_RECORDS, QUICK_KILLS = 2_000, 40_000, 5
BATCH = 200
"""Documents stored in one transaction while the large ledger is made."""

WRITERS, WRITES = 4, 60
QUESTIONS = 40
USUAL_ROWS = 5_000
"""Rows of a pair up to which it is an ordinary one; the median pair has about a thousand."""

WORDS_KNOWN = 30_000
SENTENCE_WORDS = 11
SEED = 20260101
CLASSES, STRANDS, RUNGS = map(sorted, map(vocabulary, ("event_classes", "strands", "rungs")))
BY = "bench ledger/1"


def main() -> int:
    """Measure and print; ends 4 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, help=f"{DOCUMENTS:_} unless given")
    parser.add_argument("--records", type=int, help=f"{RECORDS:_} unless given")
    parser.add_argument("--kills", type=int, help=f"{KILLS} unless given")
    parser.add_argument("--keep", metavar="FILE", help="keep the large ledger here, or ask this")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--quick", action="store_true", help="a small ledger, within a minute")
    parser.add_argument("--data", help="not used: every row is made up")
    options = parser.parse_args()
    quick = options.quick
    documents = options.documents or (QUICK_DOCUMENTS if quick else DOCUMENTS)
    records = options.records or (QUICK_RECORDS if quick else RECORDS)
    kills = options.kills or (QUICK_KILLS if quick else KILLS)
    with tempfile.TemporaryDirectory(prefix="fairweather-ledger-") as name:
        folder = Path(name)
        large = Path(options.keep) if options.keep else folder / "large.db"
        figures: dict[str, Any] = {
            **killed(folder / "killed.db", kills),
            **written_at_once(folder / "shared.db"),
            **on_a_full_disk(folder),
            **asked(large, documents, records),
        }
    missed = [name for name, goal in GOALS.items() if figures[name] > goal]
    missed += [] if figures["disk_full"].startswith("usable") else ["disk_full"]
    if options.json:
        print(json.dumps({**figures, "quick": quick, "missed": missed}))
    else:
        for name, value in figures.items():
            shown = f"{value:,}" if isinstance(value, int | float) else value
            goal = f"   goal at most {GOALS[name]:g}" if name in GOALS else ""
            print(f"{name:<20} {shown:>14}{goal}")
    return 4 if missed else 0


# -- what it survives ------------------------------------------------------------------------

WRITER = textwrap.dedent(
    """
    import sys
    sys.path.insert(0, sys.argv[4])
    from ledger import batch_of
    from fairweather.ledger import Ledger
    with Ledger(sys.argv[1]) as ledger:
        for number in range(int(sys.argv[2]), int(sys.argv[3])):
            ledger.add(*batch_of(number))
            print(number, flush=True)
    """
)
"""Writes numbered batches and says so after each."""


def batch_of(number: int) -> tuple[list[Record], list[Decision]]:
    """A batch: a document, what was read from it, and a decision on it."""
    world = World(SEED + number)
    document, rows = world.document(f"batch-{number}", 12)
    reject = Decision(kind="reject", subject=rows[0].id, reason="bench", by=BY)
    return [document, *rows], [reject]


def writer(path: Path, first: int, end: int) -> subprocess.Popen[str]:
    here = str(Path(__file__).resolve().parent)
    command = [sys.executable, "-c", WRITER, str(path), str(first), str(end), here]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def killed(path: Path, kills: int) -> dict[str, Any]:
    """Kill a writer at random moments, again and again on the same ledger."""
    chance = random.Random(SEED)
    lost, next_batch, acknowledged = 0, 0, []
    for _ in range(kills):
        process = writer(path, next_batch, next_batch + 100_000)
        lines = process.stdout or ()
        told = [int(next(iter(lines)))]  # it has begun
        time.sleep(chance.uniform(0.0, 0.25))
        os.kill(process.pid, signal.SIGKILL)
        told += [int(line) for line in lines if line.endswith("\n")]
        process.wait()
        acknowledged += told
        with Ledger(path) as ledger:
            lost += sum(not ledger.has(batch_of(number)[0][0].id) for number in told)
        next_batch = told[-1] + 1
    # What was being written when it was killed is there whole or not at all: write it again.
    with Ledger(path) as ledger:
        once = {record.id for n in range(next_batch + 1) for record in batch_of(n)[0]}
        for number in range(next_batch + 1):
            ledger.add(*batch_of(number))
        counts = ledger.counts()
        stored = sum(count for kind, count in counts.items() if kind != "decision")
        found = len(list(faults(ledger)))
    return {
        "kills": kills,
        "acked": len(acknowledged),
        "acked_lost": lost,
        "doubled": stored - len(once),
        "faults": found,
    }


def written_at_once(path: Path) -> dict[str, Any]:
    """Four processes write to one ledger; what they wrote, and what is not there."""
    Ledger(path).close()
    processes = [writer(path, n * WRITES, (n + 1) * WRITES) for n in range(WRITERS)]
    told = [len(process.communicate()[0].split()) for process in processes]
    failed = sum(process.returncode != 0 for process in processes)
    with Ledger(path) as ledger:
        wanted = [batch_of(n)[0] for n in range(WRITERS * WRITES)]
        lost = sum(not ledger.has(record.id) for batch in wanted for record in batch)
        found = len(list(faults(ledger)))
    return {
        "writers": WRITERS,
        "writers_acked": sum(told),
        "writers_lost": lost + failed + found,
    }


def on_a_full_disk(folder: Path) -> dict[str, Any]:
    """Write until nothing more fits: what is said, and whether the ledger works afterwards."""
    small = folder / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(small)], capture_output=True
    )
    try:
        return _filled(small / "full.db", by_disk=mounted.returncode == 0)
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", str(small)], check=False, capture_output=True)


def _filled(path: Path, *, by_disk: bool) -> dict[str, Any]:
    stored, said = 0, ""
    with Ledger(path) as ledger:
        if not by_disk:
            ledger.file.run("PRAGMA max_page_count = 800")
        try:
            for number in range(10_000):
                ledger.add(*batch_of(number))
                stored += 1
        except LedgerFull as error:
            said = str(error)
    how = "a full disk" if by_disk else "a full file"
    with Ledger(path) as ledger:
        kept = sum(ledger.has(batch_of(number)[0][0].id) for number in range(stored))
        sound = not list(faults(ledger))
    usable = "Free some space" in said and kept == stored > 0 and sound
    return {"disk_full": f"usable after {how}" if usable else f"NOT usable after {how}: {said}"}


# -- how fast it answers ---------------------------------------------------------------------


class World:
    """Made-up news about real states: the n-th pair is told about as 1/n (its square root)."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.pairs, self.weights, self.words = _grounds()

    def document(self, name: str, rows: int) -> tuple[Document, list[Record]]:
        """A document on one pair, and records that quote one sentence each."""
        place = bisect.bisect(self.weights, self.chance.uniform(0, self.weights[-1]))
        pair = self.pairs[min(place, len(self.pairs)) - 1]
        sentences = [self._sentence(pair) for _ in range(max(rows // 2, 4))]
        year, month, date = (self.chance.randint(*ends) for ends in ((10, 25), (1, 12), (1, 28)))
        day = f"20{year}-{month:02}-{date:02}"
        document = Document(
            text=" ".join(sentences),
            title=sentences[0][:60],
            published=on(day, "publication"),
            publisher=f"Wire {self.chance.randint(1, 40)}",
            url=f"https://wire.example/{name}",
            language="en",
            genre="news",
        )
        places, start = [], 0
        for sentence in sentences:
            places.append((start, start + len(sentence)))
            start += len(sentence) + 1
        made = [
            self._row(number, pair, document.quote(*self.chance.choice(places)), day)
            for number in range(rows)
        ]
        return document, list({row.id: row for row in made}.values())

    def _sentence(self, pair: tuple[str, str]) -> str:
        # Words are drawn as in a language: the n-th about 1/n as often.
        count = len(self.words)
        words = [self.words[int(count ** self.chance.random()) - 1] for _ in range(SENTENCE_WORDS)]
        return f"{pair[0]} told {pair[1]} {' '.join(words)}."

    def _row(self, number: int, pair: tuple[str, str], quote: Quote, day: str) -> Record:
        a, b = pair if self.chance.random() < 0.5 else pair[::-1]
        third = self.chance.choice(self.chance.choice(self.pairs))
        common = {
            "quotes": (quote,),
            "confidence": round(self.chance.uniform(0.3, 1.0), 2),
            "coder": BY,
        }
        kind = MIX[number % len(MIX)]
        return kind(self, common, a, b, third, day)


@functools.cache
def _grounds() -> tuple[list[tuple[str, str]], list[float], list[str]]:
    """The pairs, their weights added up, and the words: the same whatever the seed."""
    order = random.Random(SEED)
    states = sorted(key for key in load_gazetteer().actors if len(key) == 3 and key.isupper())
    order.shuffle(states)
    pairs = [(a, b) for a in states[:120] for b in states[:120] if a < b]
    order.shuffle(pairs)
    likely = [rank**-0.75 for rank in range(1, 4001)]
    weights = list(itertools.accumulate(likely, initial=0.0))
    return pairs[:4000], weights, [_word(order) for _ in range(WORDS_KNOWN)]


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _ in range(4))


def _event(world: World, common: dict[str, Any], a: str, b: str, third: str, day: str) -> Record:
    target = b if world.chance.random() < 0.8 else third
    return Event(
        **common,
        source=(a,),
        target=(target,),
        event_class=world.chance.choice(CLASSES),
        status=world.chance.choice(("factual", "factual", "reported", "planned")),
        date=on(day),
        place=str(world.chance.randint(0, 999)),
    )


def _claim(world: World, common: dict[str, Any], a: str, b: str, third: str, day: str) -> Record:
    about = (b,) if world.chance.random() < 0.7 else (b, third)
    content = f"{world.chance.choice(world.words)} {world.chance.randint(0, 999)}"
    return Claim(**common, speaker=a, stance="assert", content=content, about=about)


def _tie(world: World, common: dict[str, Any], a: str, b: str, third: str, day: str) -> Record:
    return Tie(
        **common,
        a=a,
        b=b,
        viewpoint=world.chance.choice((a, b, "author")),
        strand=world.chance.choice(STRANDS),
        polarity=world.chance.choice(("+", "-")),
        gist=f"gist {world.chance.randint(0, 999)}",
        date=on(day),
    )


def _support(world: World, common: dict[str, Any], a: str, b: str, third: str, day: str) -> Record:
    receiver = b if world.chance.random() < 0.7 else third
    state = world.chance.choice(("given", "promised", "withheld"))
    level = world.chance.choice(RUNGS)
    return Support(
        **common,
        giver=a,
        receiver=receiver if receiver != a else b,
        level=level,
        state=state,
        date=on(day),
        condition=str(world.chance.randint(0, 99)),
    )


def _agreement(
    world: World, common: dict[str, Any], a: str, b: str, third: str, day: str
) -> Record:
    number = world.chance.randint(1, 12)
    return Agreement(
        **common,
        name=f"Pact {number} of {min(a, b)} and {max(a, b)}",
        parties=(a, b),
        stages=(Stage("signed", (a, b), on(f"20{9 + number:02}"), common["quotes"]),),
        clauses=(Clause("economic", "present", quotes=common["quotes"]),),
    )


def _prediction(
    world: World, common: dict[str, Any], a: str, b: str, third: str, day: str
) -> Record:
    statement = f"{a} will {world.chance.choice(world.words)} {world.chance.randint(0, 999)}"
    return Prediction(**common, by="author", statement=statement, about=(a, b))


def _amount(world: World, common: dict[str, Any], a: str, b: str, third: str, day: str) -> Record:
    return Amount(**common, value=float(world.chance.randint(1, 10**6)), unit="USD", about=(a, b))


def _mechanism(
    world: World, common: dict[str, Any], a: str, b: str, third: str, day: str
) -> Record:
    name = f"{world.chance.choice(world.words)} hotline"
    members = (Member(a), Member(b))
    return Mechanism(**common, name=name, kind="deconfliction", members=members)


MIX: tuple[Callable[..., Record], ...] = (
    *(_event,) * 8,
    *(_claim,) * 5,
    *(_tie,) * 2,
    _support,
    _agreement,
    _prediction,
    _amount,
    _mechanism,
)
"""What twenty rows read from one text are."""


def fill(path: Path, documents: int, records: int) -> float:
    """Make the large ledger; rows a second."""
    begun = time.perf_counter()
    world = World(SEED)
    first: dict[str, str] = {}
    each = max(records // documents, 1)
    with Ledger(path) as ledger:
        for start in range(0, documents, BATCH):
            rows: list[Record] = []
            merges: list[Decision] = []
            for number in range(start, min(start + BATCH, documents)):
                document, made = world.document(str(number), each)
                rows += [document, *made]
                merges += [*_merges(made, first), *_copies(document, number, first)]
            ledger.add(rows, merges)
    return records / (time.perf_counter() - begun)


def _merges(rows: Sequence[Record], first: dict[str, str]) -> Iterator[Decision]:
    """Mentions of one pact are one agreement, as the rules would find."""
    for row in rows:
        if isinstance(row, Agreement):
            whole = first.setdefault(row.name, row.id)
            if whole != row.id:
                yield Decision(
                    kind="merge", subject=row.id, object=whole, reason="the same name", by=BY
                )


def _copies(document: Document, number: int, first: dict[str, str]) -> Iterator[Decision]:
    """Each fiftieth document passes another on, as the comparison of texts would find."""
    other = first.get("document", "")
    if number % 50 == 1 and other:
        yield Decision(
            kind="relay", subject=document.id, object=other, reason="a copy", by=COPY_RULE
        )
    first["document"] = document.id


def asked(path: Path, documents: int, records: int) -> dict[str, Any]:
    """Make the large ledger and ask it; each in a process of its own."""
    speed = 0.0
    if not path.exists():
        speed, _ = apart(fill, path, documents, records)
    size = sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*"))
    figures, peak = apart(ask, path)
    return {
        "docs": documents,
        **figures,
        "write_rows_per_s": round(speed),
        "file_mb": round(size / 1e6),
        "peak_mb": peak,
    }


def ask(path: Path) -> dict[str, Any]:
    """Medians and worst of each kind of question, in milliseconds, once all are warm."""
    world = World(SEED)
    with Desk(path) as desk:
        counts = desk.ledger.counts()
        records = sum(n for kind, n in counts.items() if kind not in ("document", "decision"))
        chance = random.Random(SEED)
        # The five pairs most told about, then pairs as likely as texts tell of them.
        likely = [after - before for before, after in itertools.pairwise(world.weights)]
        some = chance.choices(world.pairs, likely, k=QUESTIONS)
        known = [pair for pair in [*world.pairs[:5], *some] if _rows_of(desk, *pair)]
        pairs = list(dict.fromkeys(known))[:QUESTIONS]
        words = [" ".join(chance.choices(world.words[:2000], k=k)) for k in (1, 1, 2) * 20]
        words = ["told", *words][:QUESTIONS]
        ids = _some_ids(desk, chance)
        return {
            "records": records,
            **_timed("fts", [lambda w=w: desk.ledger.search(w, limit=20) for w in words]),
            **_timed("dyad", [lambda p=p: dyad_page(desk, *p) for p in pairs]),
            **_usual(desk, pairs),
            **_timed("why", [lambda i=i: desk.why(i) for i in ids]),
            "largest_pair_rows": _rows_of(desk, *world.pairs[0]),
        }


def _usual(desk: Desk, pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """The same of the ordinary pairs alone."""
    usual = [pair for pair in pairs if _rows_of(desk, *pair) <= USUAL_ROWS]
    return _timed("dyad_usual", [lambda p=p: dyad_page(desk, *p) for p in usual])


def dyad_page(desk: Desk, a: str, b: str) -> None:
    """What is told of a pair: its profile as it is printed, and some of its events."""
    from fairweather.cli.telling import tell_profile
    from fairweather.desk.finding import Query

    with suppress(NothingFound):
        tell_profile(desk.profile(a, b))
        desk.answer(Query(kind="event", actors=(a, b), limit=20))


def _some_ids(desk: Desk, chance: random.Random) -> list[str]:
    found = []
    for kind in ("event", "agreement", "tie", "claim"):
        (top,) = desk.ledger.file.run("SELECT max(seq) FROM statement")[0]
        while len(found) % (QUESTIONS // 4) or not found or not found[-1].startswith(kind):
            sql = "SELECT id FROM statement WHERE seq >= ? AND type = ? ORDER BY seq LIMIT 1"
            row = desk.ledger.file.run(sql, (chance.randint(1, top - 100), kind))
            found += [row[0][0]] if row else []
    return found


def _rows_of(desk: Desk, a: str, b: str) -> int:
    sql = "SELECT count(*) FROM pair WHERE one = ? AND other = ?"
    return int(desk.ledger.file.run(sql, sorted((a, b)))[0][0])


def _timed(name: str, questions: Sequence[Callable[[], object]]) -> dict[str, float]:
    took, busy = [], []
    for question in questions:
        question()
        begun, worked = time.perf_counter(), time.process_time()
        question()
        took.append((time.perf_counter() - begun) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    return {
        f"{name}_ms": round(statistics.median(took), 1),
        f"{name}_worst_ms": round(max(took), 1),
        f"{name}_cpu_ms": round(statistics.median(busy), 1),
        f"{name}_worst_cpu_ms": round(max(busy), 1),
        f"{name}_asked": len(took),
    }


if __name__ == "__main__":
    sys.exit(main())
