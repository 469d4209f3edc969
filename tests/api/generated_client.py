"""What a program does that uses a client made of the API's description. It runs where that client's packages are:
`generated_client.py FOLDER URL KEY DAY`; FOLDER holds the package `client`."""

import importlib
import inspect
import json
import pkgutil
import sys
from datetime import date
from types import ModuleType
from typing import Any


def operations(package: ModuleType) -> dict[str, ModuleType]:
    """Return the module of each operation, by the operation's name."""
    found = {}
    for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(one.name)
        if hasattr(module, "sync_detailed"):
            found[one.name.rpartition(".")[2]] = module
    return found


def needs_nothing(module: ModuleType) -> bool:
    """Tell whether an operation only reads, and may be called without saying anything."""
    parameters = inspect.signature(module.sync_detailed).parameters.values()
    needed = {one.name for one in parameters if one.default is inspect.Parameter.empty} - {"client"}
    return not needed and "get" in module._get_kwargs.__code__.co_consts


def main(folder: str, url: str, key: str, day: date) -> dict[str, Any]:
    """Look at everything, find a free time, book it twice under one key, move it, cancel it."""
    sys.path.insert(0, folder)
    client = importlib.import_module("client").AuthenticatedClient(url, key, raise_on_unexpected_status=True)
    models, known = importlib.import_module("client.models"), operations(importlib.import_module("client.api"))

    def call(name: str, **words: Any) -> Any:
        answer = known[name].sync_detailed(client=client, **words)
        assert answer.parsed is not None, (name, answer.content)
        return answer

    seen = {name: call(name).status_code.value for name, module in known.items() if needs_nothing(module)}
    service = next(one for one in call("list_services").parsed.items if one.name == "Haircut")
    free = call("list_slots", service_id=service.id, from_=day, to=day).parsed.items
    wish = models.NewAppointment(
        customer=models.NewCustomer(name="Carla", phone="+43 660 1234567"),
        service_id=service.id,
        start=free[0].start.isoformat(),
    )
    first, again = (call("book", body=wish, idempotency_key="one") for _ in range(2))
    taken = call("book", body=models.NewAppointment(wish.customer, service.id, wish.start, first.parsed.staff.id))
    moved = call(
        "move_appointment",
        id=first.parsed.id,
        body=models.Move(start=free[-1].start.isoformat()),
        if_match=first.headers["etag"],
    )
    late = call(
        "move_appointment",
        id=first.parsed.id,
        body=models.Move(start=free[0].start.isoformat()),
        if_match=first.headers["etag"],
    )
    done = call("cancel_appointment", id=first.parsed.id, body=models.Cancel(tell=False))
    return {
        "looked": seen,
        "booked": [one.status_code.value for one in (first, again, taken)],
        "the same": first.parsed.id == again.parsed.id,
        "refused": [taken.parsed.code, len(taken.parsed.nearest) > 0],
        "moved": [moved.status_code.value, moved.parsed.start != first.parsed.start, late.status_code.value],
        "cancelled": done.parsed.status,
        "left": call("list_appointments", from_=day, to=day).parsed.items[0].status,
    }


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:4], date.fromisoformat(sys.argv[4])), default=str))
