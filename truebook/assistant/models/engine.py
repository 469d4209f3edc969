"""What a business's messages are thought about with: a model, and what it may take."""

from dataclasses import dataclass, field
from typing import Any

from pydantic_ai.models import Model

from truebook.assistant.models.bounds import Bounds
from truebook.assistant.models.patience import USUAL, Patience
from truebook.assistant.offline.model import Offline


@dataclass(frozen=True, slots=True)
class Engine:
    """A model, how long it is waited for, and what it may spend."""

    model: Model[Any] = field(default_factory=Offline)
    patience: Patience = USUAL
    bounds: Bounds = field(default_factory=Bounds)

    @property
    def label(self) -> str:
        """What logs and figures call it."""
        return f"{self.model.system}:{self.model.model_name}"[:200]
