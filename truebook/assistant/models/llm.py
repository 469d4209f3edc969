"""Who decides: the offline engine, or a language model, by the settings of the installation and of the business."""

import asyncio
from collections import OrderedDict
from functools import cached_property
from typing import Any
from uuid import UUID

from httpx2 import AsyncClient
from pydantic_ai.exceptions import UserError
from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings

from truebook.assistant.models.bounds import Bounds
from truebook.assistant.models.engine import Engine
from truebook.assistant.offline.model import Offline
from truebook.connectors import models, outside
from truebook.connectors.models import OFFLINE, Remote
from truebook.kernel.errors import Invalid, Unavailable
from truebook.kernel.settings import Settings
from truebook.tenants.bots import ModelChoice
from truebook.tenants.vault import Vault

REMEMBERED = 200
"""Models of businesses that are kept ready: what is loaded for one is shared by all, so they are small."""


def model(settings: Settings) -> Model[Any]:
    """Return the installation's model; raise Invalid, naming TRUEBOOK_MODEL, for one that cannot be used."""
    if settings.model == OFFLINE:
        return Offline()
    return models.model(models.of_the_operator(settings, settings.model), outside.client())


class Engines:
    """What each business's messages are thought about with. Models are made once for each way to reach them."""

    def __init__(self, settings: Settings, vault: Vault) -> None:
        self._settings, self._vault = settings, vault
        self._made: OrderedDict[Remote, Model[Any]] = OrderedDict()
        self.usual = Engine(model(settings), bounds=Bounds(day=settings.model_day))

    @cached_property
    def _inside(self) -> AsyncClient:
        """Made when it is first used: reading the certificates takes a while."""
        return outside.client()

    @cached_property
    def _outside(self) -> AsyncClient:
        return outside.client(self._settings.trusted_hosts)

    async def of(self, tenant: UUID, choice: ModelChoice) -> Engine:
        """Return a business's engine. One that cannot be used now is one that fails, so it is counted and told of."""
        if choice.model is None:
            return Engine(self.usual.model, bounds=_bounds(choice, self._settings.model_day))
        if choice.model == OFFLINE:
            return Engine()
        try:
            key = choice.key(self._vault, tenant)
            remote = models.of_an_owner(self._settings, choice.model, choice.url, key)
        except (Invalid, Unavailable) as error:
            return Engine(Unusable(choice.model, str(error)))
        most = None if remote.owned else self._settings.model_day
        return Engine(await self._model(remote), bounds=_bounds(choice, most))

    async def _model(self, remote: Remote) -> Model[Any]:
        found = self._made.pop(remote, None)
        if found is None:
            http = self._outside if remote.owned else self._inside
            found = await asyncio.to_thread(models.model, remote, http)
        self._made[remote] = found
        if len(self._made) > REMEMBERED:
            self._made.popitem(last=False)
        return found


class Unusable(Model[None]):
    """A model that a business has chosen and that cannot be used."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__()
        self._name, self._why = name, why

    @property
    def model_name(self) -> str:
        """The model's name."""
        return self._name.partition(":")[2] or self._name

    @property
    def system(self) -> str:
        """Whose model it would be."""
        return self._name.partition(":")[0]

    @property
    def provider(self) -> None:
        """Nobody's that could be asked."""
        return None

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """Fail."""
        raise UserError(self._why)


def _bounds(choice: ModelChoice, most: int | None) -> Bounds:
    """Return what a business lets its model use; `most`: tokens a day that the operator pays for, where they do."""
    usual = Bounds()
    day = choice.day_tokens or most or usual.day
    return Bounds(
        choice.answer_tokens or usual.answer, choice.turn_tokens or usual.turn, day if most is None else min(day, most)
    )
