"""Reading with a language model: any OpenAI-compatible chat service (docs/llm.md).

options.py    which service, which model, what it costs; the key from the environment
client.py     one question over HTTP, and all that can go wrong with it
windows.py    a document a few paragraphs at a time
prompt.py     what the model is told
schema.py     which rows it may write
grounding.py  its quotes, dates and numbers found in the document, or refused
cast.py       its actors found among those of the document
records.py    rows made into records
extractor.py  all of it together
"""

from fairweather.coding.llm.client import Patience
from fairweather.coding.llm.extractor import LlmExtractor, make_llm_extractor
from fairweather.coding.llm.options import LlmOptions

__all__ = ["LlmExtractor", "LlmOptions", "Patience", "make_llm_extractor"]
