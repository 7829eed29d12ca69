"""Work done in a process of its own, so that its memory can be told apart."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable, Sequence
from typing import Any


def apart(work: Callable[..., Any], *arguments: Any) -> tuple[Any, int]:
    """What a function gives in a process of its own, and the most memory that took, in MB."""
    context = multiprocessing.get_context("spawn")
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(send, work, arguments))
    process.start()
    send.close()
    try:
        answer = receive.recv()
    except EOFError:
        raise SystemExit(f"{work.__name__} broke off; see above") from None
    process.join()
    return answer  # type: ignore[no-any-return]


def _answer(send: Any, work: Callable[..., Any], arguments: Sequence[Any]) -> None:
    answer = work(*arguments)
    send.send((answer, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))
    send.close()
