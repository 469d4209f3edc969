"""Play a business's checks: by the command `truebook rehearse`, in a process and a database of its own."""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from truebook.db import Database, Scope
from truebook.jobs import ChecksAsked, publish
from truebook.kernel import clock, log
from truebook.rehearsal import checks
from truebook.rehearsal.checks import Check
from truebook.tenants import accounts

AT_ONCE = 5
"""Checks that are played before another business has its turn."""
PATIENCE = 600.0
"""Seconds after which these are given up: two minutes for a talk with a slow model."""
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Checking:
    """Plays checks. `environment` is what the process is told besides what this one was: where the database is."""

    db: Database
    environment: Mapping[str, str] = field(default_factory=dict)

    async def work(self, event: ChecksAsked) -> None:
        """Play some of the checks that were asked for, and keep how each went; the rest once others had their turn."""
        scope = Scope(event.tenant, "truebook rehearse", "play checks")
        every = [one for one in await checks.listing(self.db, scope) if one.asked_at is not None]
        asked = every[:AT_ONCE]
        if not asked:
            return
        slug = (await accounts.get(self.db, scope, event.tenant)).slug
        plays = await self._played(asked, slug)
        for place, one in enumerate(asked):
            if plays is None:
                await checks.played(self.db, scope, one.id, "unplayed", now=clock.now())
                continue
            told = plays[place]
            await checks.played(
                self.db, scope, one.id, told["verdict"], now=clock.now(), said=told["said"], stands=told["stands"]
            )
        if len(every) > len(asked):
            async with self.db.transaction(scope) as tx:
                await publish(tx, event)

    async def _played(self, asked: Sequence[Check], slug: str) -> list[dict[str, Any]] | None:
        """Return how each went, in order; None where they could not be played."""
        with tempfile.TemporaryDirectory(prefix="truebook-checks-") as folder:
            files = [Path(folder) / f"{place:03}.toml" for place in range(len(asked))]
            for file, one in zip(files, asked, strict=True):
                file.write_text(one.talk, encoding="utf-8")
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "truebook", "rehearse", *map(str, files), "--business", slug, "--json",
                env={**os.environ, **self.environment}, stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            )  # fmt: skip
            try:
                told, problem = await asyncio.wait_for(process.communicate(), PATIENCE)
            except TimeoutError:
                told, problem = b"", b"it took too long"
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        try:
            plays: list[dict[str, Any]] = json.loads(told)
        except ValueError:
            logger.error("checks could not be played", problem=problem.decode(errors="replace")[-500:])
            return None
        return plays if len(plays) == len(asked) else None
