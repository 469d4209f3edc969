"""How far histories were listened to, kept for whoever goes on from there."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic_ai.messages import ModelMessage, ToolReturnPart

from truebook.assistant.offline.step import Step
from truebook.kernel.memory import Memory
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
    """Two points of each conversation: before its latest message, and the latest; threads may share them.

    A history is known again by its very messages, not by what they say: `history` gives the same objects for a row.
    `most`: messages of all histories together, each of about two kilobytes; whose was not asked for longest goes.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.forget()

    def forget(self) -> None:
        """Let go of all points."""
        self._kept = Memory(self._most, self._most)

    def latest(self, messages: Sequence[ModelMessage], told: ToolReturnPart) -> Point | None:
        """Return the point that is furthest in a history, where the business was told of by the same part."""
        for last in (True, False):
            point: Point | None = self._kept.get(id(messages[0]), last)
            if point and point.told is told and _begins(messages, point.messages):
                return point
        return None

    def keep(self, point: Point, *, last: bool) -> None:
        """Keep a point of a conversation in place of the one before: the last one, or that before the last message."""
        self._kept.keep(id(point.messages[0]), last, point, len(point.messages))


def _begins(messages: Sequence[ModelMessage], some: Sequence[ModelMessage]) -> bool:
    return len(some) <= len(messages) and all(one is other for one, other in zip(messages, some, strict=False))
