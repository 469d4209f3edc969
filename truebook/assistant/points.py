"""How far histories were listened to, kept for whoever goes on from there."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from pydantic_ai.messages import ModelMessage, ToolReturnPart

from truebook.assistant.step import Step
from truebook.language.state import Act, State


@dataclass(frozen=True, slots=True)
class Point:
    """A history, and what it came to: the state, what the tools answered since the last message, what was shown."""

    messages: tuple[ModelMessage, ...]
    told: ToolReturnPart
    """What the business was known as."""
    state: State
    step: Step
    acts: tuple[Act, ...] = ()


class Points:
    """The latest points, at most so many; threads may share them.

    A history is known again by its very messages, not by what they say: `history` gives the same objects for a row.
    """

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[int, Point] = OrderedDict()

    def latest(self, messages: Sequence[ModelMessage], told: ToolReturnPart) -> Point | None:
        """Return the point that is furthest in a history, where the business was told of by the same part."""
        with self._lock:
            for end in range(len(messages), 0, -1):
                key = id(messages[end - 1])
                point = self._kept.get(key)
                if point and point.told is told and len(point.messages) == end and _same(point.messages, messages):
                    self._kept.move_to_end(key)
                    return point
        return None

    def keep(self, point: Point) -> None:
        """Keep a point; what was not asked for longest goes."""
        with self._lock:
            self._kept[id(point.messages[-1])] = point
            self._kept.move_to_end(id(point.messages[-1]))
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)


def _same(some: Sequence[ModelMessage], others: Sequence[ModelMessage]) -> bool:
    return all(one is other for one, other in zip(some, others, strict=False))
