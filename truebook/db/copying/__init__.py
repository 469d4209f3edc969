"""Every row of a database into a file, or into another database: nothing is lost, and that is checked."""

from truebook.db.copying.archive import SECRETS, back_up, restore, secrets_in
from truebook.db.copying.moving import move

__all__ = ["SECRETS", "back_up", "move", "restore", "secrets_in"]
