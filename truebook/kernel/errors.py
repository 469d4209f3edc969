"""The root of every error Truebook raises on purpose: a named fact with data, which knows no HTTP and no wording."""

from typing import Any, ClassVar


class Fact(Exception):
    """Something that is so and keeps a wish from being met. `code` is stable and public; `data` is plain JSON."""

    code: ClassVar[str] = "fact"

    def __init__(self, message: str, **data: Any) -> None:
        super().__init__(message)
        self.message = message
        self.data = data


class Invalid(Fact):
    """A value from outside that cannot be accepted; `field` names where it stood."""

    code = "invalid"

    def __init__(self, field: str, message: str, **data: Any) -> None:
        super().__init__(message, field=field, **data)
        self.field = field


class NotFound(Fact):
    """There is no such thing here; said just the same of things that belong to somebody else."""

    code = "not_found"


class Conflict(Fact):
    """There is such a thing already, or the thing was changed meanwhile; `data["field"]` names where it clashes."""

    code = "conflict"


class Unavailable(Fact):
    """The database cannot be reached or is not fit to be used; nothing was changed."""

    code = "unavailable"
