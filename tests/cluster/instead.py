"""Run any tests on a cluster instead of one server: `python -m pytest -p tests.cluster.instead tests/booking`."""

import os
from typing import Any

from tests import postgres
from tests.cluster.nodes import VARIABLE, Copies, Nodes


def _template(self: Any) -> str:
    if self._template is None:
        self._template = self._stack.enter_context(Nodes(os.environ[VARIABLE]).template())
    found: str = self._template
    return found


postgres.Copies = Copies  # type: ignore[misc, assignment]
postgres.PostgresOfTheRun.template = _template  # type: ignore[method-assign]
