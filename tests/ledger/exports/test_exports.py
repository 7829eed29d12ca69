"""Every form of export holds every row: read back, ids and relations are all there."""

import csv
import importlib.util
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from fairweather.cli import fairweather
from fairweather.cli.keeping import EXPORT_FORMS
from fairweather.errors import MisuseError
from fairweather.ledger import Ledger, Window, export_rows
from fairweather.ledger.exports import FORMS, export_to
from fairweather.ledger.exports.tables import flattened, tables
from fairweather.records import (
    RECORD_TYPES,
    Actor,
    Agreement,
    Amount,
    Claim,
    Clause,
    Document,
    Event,
    Link,
    Mechanism,
    Member,
    Name,
    Prediction,
    Record,
    Role,
    Row,
    Stage,
    Support,
    Tie,
    on,
    to_row,
)
from fairweather.records.escaping import as_told, inert

TEXT = "Norway lent Finland 5 million euros, and =SUM(A1) was written on the cheque."
NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture
def records() -> list[Record]:
    document = Document(text=TEXT, title="=2+3", publisher="Gazette", published=on("2024-05-06"))
    quotes = (document.quote(0, 35),)
    formula = (document.quote(41, 49),)
    later = Document(text="Finland thanked Norway.", published=on("2025-01-01"))
    return [
        document,
        later,
        Actor(
            id="anna-berg",
            names=(Name("Anna Berg"), Name("A. Berg")),
            kind="person",
            roles=(Role("minister", "NOR", "2020", ""),),
        ),
        Event(
            quotes=quotes,
            source=("anna-berg", "NOR"),
            target=("FIN",),
            event_class="AID",
            status="factual",
            date=on("2024-05"),
        ),
        Event(quotes=formula, source=("NOR",), target=(), event_class="AID", status="planned"),
        Event(
            quotes=(later.quote(0, 23),),
            source=("FIN",),
            target=("NOR",),
            event_class="SUPPORT",
            status="factual",
        ),
        Agreement(
            quotes=quotes,
            name="Loan Pact",
            parties=("NOR", "FIN", "SWE"),
            stages=(Stage("signed", ("NOR",), on("2024"), quotes),),
            clauses=(Clause("defense", "absent", quotes=formula),),
        ),
        Claim(quotes=quotes, speaker="anna-berg", stance="assert", content="x", about=("FIN",)),
        Prediction(quotes=formula, by="author", statement="y", about=("NOR",)),
        Amount(quotes=quotes, value=5_000_000, unit="EUR", measures="loan", about=("NOR", "FIN")),
        Amount(quotes=formula, value=3, unit="people", about=("NOR",)),
        Tie(quotes=quotes, a="NOR", b="FIN", viewpoint="NOR", strand="trust", polarity="+"),
        Mechanism(
            quotes=quotes,
            name="Hotline",
            kind="deconfliction",
            members=(Member("NOR", "host"), Member("FIN")),
            links=(Link("NOR", "FIN", "open", quotes=quotes),),
        ),
        Support(quotes=quotes, giver="NOR", receiver="FIN", level="economic", state="given"),
    ]


@pytest.fixture
def ledger(tmp_path: Path, records: list[Record]) -> Iterator[Ledger]:
    with Ledger(tmp_path / "test.db", clock=lambda: "2026-01-01T00:00:00Z") as opened:
        opened.add(records)
        yield opened


def rows(ledger: Ledger, as_of: str | None = None) -> list[Row]:
    return list(export_rows(ledger.within(Window(as_of=as_of))))


def by_type(made: list[Row]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {kind: set() for kind in RECORD_TYPES}
    for row in made:
        found[row["type"]].add(row["id"])
    return found


def read_csv(folder: Path) -> dict[str, list[dict[str, str]]]:
    found = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found


# -- tables ------------------------------------------------------------------------------------


def test_csv_holds_every_row_and_every_part(ledger: Ledger, tmp_path: Path) -> None:
    made = rows(ledger)
    export_to("csv", made, tmp_path / "out")
    read = read_csv(tmp_path / "out")
    assert {kind: {row["id"] for row in read[kind]} for kind in RECORD_TYPES} == by_type(made)
    expected = [name for row in made for name, _ in flattened(row, str)]
    assert {name: len(found) for name, found in read.items() if found} == {
        name: expected.count(name) for name in set(expected)
    }
    quoted = {(row["record"], row["document"], int(row["start"])) for row in read["quote"]}
    assert quoted >= {(r["id"], q["document"], q["start"]) for r in made for q in r["quotes"]}


def test_csv_has_names_beside_ids(ledger: Ledger, tmp_path: Path) -> None:
    export_to("csv", rows(ledger), tmp_path / "out")
    read = read_csv(tmp_path / "out")
    (event,) = [row for row in read["event"] if row["source"] == "anna-berg; NOR"]
    assert event["source_names"] == "Anna Berg; Norway"
    assert read["support"][0]["receiver_names"] == "Finland"
    assert read["mechanism_members"][0]["actor_names"] == "Norway"
    assert read["actor_roles"][0]["of_names"] == "Norway"


def test_csv_runs_no_formula(ledger: Ledger, tmp_path: Path) -> None:
    export_to("csv", rows(ledger), tmp_path / "out")
    read = read_csv(tmp_path / "out")
    told = {row["title"] for row in read["document"]}
    assert "'=2+3" in told
    assert any(row["text"] == "'=SUM(A1)"[:9] for row in read["quote"])


@pytest.mark.parametrize("cell", ["=1", "'=1", "''=1", "plain", "'tis", "", "+1", "\t@x", "'"])
def test_a_defused_cell_can_be_told_back(cell: str) -> None:
    assert as_told(inert(cell)) == cell
    assert not inert(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_every_list_of_parts_has_a_table() -> None:
    assert {"quote", "actor_roles", "agreement_clauses", "mechanism_links"} <= tables().keys()
    for table in tables().values():
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names)), table.name


def test_parquet_holds_the_same_tables(ledger: Ledger, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    made = rows(ledger)
    export_to("csv", made, tmp_path / "csv")
    export_to("parquet", made, tmp_path / "parquet")
    read = read_csv(tmp_path / "csv")
    for name, found in read.items():
        table = pq.read_table(tmp_path / "parquet" / f"{name}.parquet")
        assert table.num_rows == len(found), name
    titles = pq.read_table(tmp_path / "parquet" / "document.parquet")["title"].to_pylist()
    assert "=2+3" in titles
    sources = pq.read_table(tmp_path / "parquet" / "event.parquet")["source"].to_pylist()
    assert ["anna-berg", "NOR"] in sources


# -- graphs ------------------------------------------------------------------------------------


def graph(path: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    root = ET.parse(path).getroot()
    names = {key.get("id"): key.get("attr.name") for key in root.iter(f"{NAMESPACE}key")}
    told = []
    for kind in ("node", "edge"):
        told.append(
            [
                {**item.attrib, **{str(names[d.get("key")]): d.text or "" for d in item}}
                for item in root.iter(f"{NAMESPACE}{kind}")
            ]
        )
    return told[0], told[1]


def test_graphml_holds_every_relation(ledger: Ledger, tmp_path: Path) -> None:
    made = rows(ledger)
    export_to("graphml", made, tmp_path / "net.graphml")
    nodes, edges = graph(tmp_path / "net.graphml")
    ids = {edge.get("record") for edge in edges}
    ids |= {one for edge in edges for one in edge.get("records", "").split()}
    wanted = by_type(made)
    assert ids - {None} == set().union(*wanted.values()) - wanted["document"] - wanted["actor"]
    assert sum(float(edge["weight"]) for edge in edges if edge["type"] == "events") == 3
    known = {node["id"] for node in nodes}
    assert {edge["source"] for edge in edges} | {edge["target"] for edge in edges} <= known
    assert {node["label"] for node in nodes} >= {"Norway", "Finland", "Anna Berg"}
    pact = [edge for edge in edges if edge["type"] == "agreement"]
    assert len(pact) == 3


def test_graphml_opens_in_networkx(ledger: Ledger, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    export_to("graphml", rows(ledger), tmp_path / "net.graphml")
    read = networkx.read_graphml(tmp_path / "net.graphml", force_multigraph=True)
    assert read.nodes["NOR"]["label"] == "Norway"


# -- entities ----------------------------------------------------------------------------------

PROPERTIES = {
    "PublicBody": {"name", "alias", "wikidataId"},
    "Organization": {"name", "alias", "wikidataId"},
    "LegalEntity": {"name", "alias", "wikidataId"},
    "Person": {"name", "alias", "wikidataId"},
    "Employment": {"employee", "employer", "role", "startDate", "endDate", "recordId"},
    "Article": {
        *("title", "author", "publisher", "publishedAt", "sourceUrl", "language", "keywords"),
        "retrievedAt",
    },
    "Event": {
        *("name", "involved", "location", "notes", "recordId", "date", "startDate", "endDate"),
        *("proof", "summary", "modifiedAt"),
    },
    "UnknownLink": {
        *("subject", "object", "role", "status", "recordId", "date", "startDate", "endDate"),
        *("proof", "summary", "modifiedAt"),
    },
    "Project": {"name", "description", "keywords", "recordId", "proof", "summary", "modifiedAt"},
    "ProjectParticipant": {
        *("project", "participant", "role", "startDate", "endDate", "recordId", "proof"),
        *("summary", "modifiedAt"),
    },
    "Payment": {
        *("payer", "beneficiary", "amount", "currency", "purpose", "recordId", "date"),
        *("startDate", "endDate", "proof", "summary", "modifiedAt"),
    },
}
"""The properties that the model's schemata have and this export uses."""

POINTERS = ("subject", "object", "involved", "proof", "project", "participant", "payer",
            "beneficiary", "employee", "employer")  # fmt: skip


def test_follow_the_money_holds_every_row_and_points_at_nothing_missing(
    ledger: Ledger, tmp_path: Path
) -> None:
    made = rows(ledger)
    export_to("ftm", made, tmp_path / "out.ftm")
    lines = (tmp_path / "out.ftm").read_text(encoding="utf-8").splitlines()
    entities = [json.loads(line) for line in lines]
    ids = [entity["id"] for entity in entities]
    assert len(ids) == len(set(ids))
    for entity in entities:
        assert entity["properties"].keys() <= PROPERTIES[entity["schema"]], entity["schema"]
        assert all(isinstance(value, list) for value in entity["properties"].values())
        for name in POINTERS:
            assert set(entity["properties"].get(name, ())) <= set(ids), name
    told = {one for e in entities for one in (e["id"], *e["properties"].get("recordId", ()))}
    assert set().union(*by_type(made).values()) <= told
    schemata = {entity["schema"] for entity in entities}
    assert {"Payment", "UnknownLink", "Project", "Article", "Person", "Event"} <= schemata
    (payment,) = [entity for entity in entities if entity["schema"] == "Payment"]
    assert payment["properties"]["payer"] == ["NOR"]
    assert payment["properties"]["amount"] == ["5000000"]
    members = [e for e in entities if e["schema"] == "ProjectParticipant"]
    assert len(members) == 5


# -- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_every_form_heeds_as_of(form: str, ledger: Ledger, tmp_path: Path) -> None:
    if form == "parquet" and importlib.util.find_spec("pyarrow") is None:
        pytest.skip("pyarrow is not installed")
    done = export_to(form, rows(ledger, "2024-12-31"), tmp_path / "out")
    assert done.rows["event"] == 2
    assert done.rows["document"] == 1


@pytest.mark.parametrize("form", ["jsonl", "csv", "graphml", "ftm"])
def test_nothing_is_overwritten_unless_told(form: str, ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "out"
    export_to(form, rows(ledger), target)
    with pytest.raises(MisuseError, match="is there already"):
        export_to(form, rows(ledger), target)
    export_to(form, rows(ledger), target, overwrite=True)
    assert [path.name for path in tmp_path.iterdir() if "tmp" in path.name] == []


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_failed_export_leaves_nothing(form: str, records: list[Record], tmp_path: Path) -> None:
    def failing() -> Iterator[Row]:
        yield to_row(records[0])
        raise ValueError("the ledger went away")

    with pytest.raises(ValueError, match="went away"):
        export_to(form, failing(), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_other_things_is_never_replaced(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_text("mine")
    with pytest.raises(MisuseError, match="holds other things"):
        export_to("csv", rows(ledger), tmp_path / "home", overwrite=True)
    assert (tmp_path / "home" / "thesis.txt").exists()


def test_the_verb_knows_every_form(ledger: Ledger, tmp_path: Path) -> None:
    assert EXPORT_FORMS == FORMS
    db = str(ledger.path)
    found = CliRunner().invoke(fairweather, ["export", "--db", db, "--format", "csv"])
    assert "-o FOLDER" in str(found.exception)
    out = str(tmp_path / "tables")
    assert (
        CliRunner()
        .invoke(fairweather, ["export", "--db", db, "--format", "csv", "-o", out])
        .exit_code
        == 0
    )
    assert (tmp_path / "tables" / "event.csv").exists()


def test_an_export_of_everything_has_the_decisions_too(ledger: Ledger, tmp_path: Path) -> None:
    made = list(export_rows(ledger, everything=True))
    export_to("csv", made, tmp_path / "out")
    assert (tmp_path / "out" / "event.csv").exists()
