"""Every row of a database into a file, or into another database: nothing is lost, and that is checked."""

from truebook.db.copying.archive import back_up, manifest_of, restore, secrets_in
from truebook.db.copying.moving import move

__all__ = ["back_up", "manifest_of", "move", "restore", "secrets_in"]
