"""The report on a pair: one page and one of sources, every sentence with its records.

brief = make_brief(profile, play, made_on="2026-02-01", look_up=ledger.record)
brief.markdown, brief.html, brief.pdf, brief.to_json()
"""

from fairweather.brief.charts import ladder_chart, strands_chart, timeline_chart
from fairweather.brief.drawing import svg
from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Chart, Line, Row, Section, Table
from fairweather.brief.report import Brief, make_brief
from fairweather.brief.sources import Source, SourceGroup, Sources

__all__ = [
    "Brief",
    "Chart",
    "Evidence",
    "Line",
    "Row",
    "Section",
    "Source",
    "SourceGroup",
    "Sources",
    "Table",
    "ladder_chart",
    "make_brief",
    "strands_chart",
    "svg",
    "timeline_chart",
]
