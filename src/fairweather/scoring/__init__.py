"""Keeping score: questions about what will be, met by the record, and scored."""

from fairweather.scoring.asking import Terms, ask_prediction, ask_run
from fairweather.scoring.exchange import Bundle
from fairweather.scoring.groups import Group, Mean
from fairweather.scoring.known import Known, known
from fairweather.scoring.meeting import Asked, Met, meet
from fairweather.scoring.metaculus import from_metaculus, to_metaculus
from fairweather.scoring.pooling import pooled, pools
from fairweather.scoring.postmortem import PostMortem, post_mortem
from fairweather.scoring.references import last_status
from fairweather.scoring.resolution import Proposal, propose
from fairweather.scoring.scorecard import DIMENSIONS, Scorecard, Scored, score
from fairweather.scoring.spreadsheet import from_csv, to_csv

__all__ = [
    "DIMENSIONS",
    "Asked",
    "Bundle",
    "Group",
    "Known",
    "Mean",
    "Met",
    "PostMortem",
    "Proposal",
    "Scorecard",
    "Scored",
    "Terms",
    "ask_prediction",
    "ask_run",
    "from_csv",
    "from_metaculus",
    "known",
    "last_status",
    "meet",
    "pooled",
    "pools",
    "post_mortem",
    "propose",
    "score",
    "to_csv",
    "to_metaculus",
]
