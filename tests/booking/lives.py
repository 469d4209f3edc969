"""How Hypothesis lives the lives of a state machine against a real database."""

import asyncio

from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from truebook.db import Database


def live(life: type[RuleBasedStateMachine], url: str, steps: settings) -> None:
    """Let a machine live, with `runner` and `db` lent to it; fails with the shortest life that breaks a promise."""
    with asyncio.Runner() as runner:
        db = Database(url, size=2)
        runner.run(db.__aenter__())
        try:
            run_state_machine_as_test(type("Lent", (life,), {"runner": runner, "db": db}), settings=steps)
        finally:
            runner.run(db.__aexit__())
