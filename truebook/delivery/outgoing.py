"""All that leaves the desk, put together: who writes it, and who sends it by which way."""

from dataclasses import dataclass

import httpx2

from truebook.booking.links import Links
from truebook.connectors.mail.mailbox import Mailbox
from truebook.connectors.mail.post import Post
from truebook.db import Database
from truebook.delivery.bouncing import Returns
from truebook.delivery.mailing import Mailer
from truebook.delivery.noticing import Noticing
from truebook.delivery.notify import Messenger
from truebook.delivery.proving import Prover
from truebook.delivery.reconciling import Reconciler
from truebook.delivery.reminding import Reminding
from truebook.delivery.sending import Sender
from truebook.delivery.sign_in import Doorkeeper
from truebook.tenants.vault import Vault


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Everybody who writes or sends."""

    messenger: Messenger
    sender: Sender
    mailer: Mailer
    doorkeeper: Doorkeeper
    prover: Prover
    reminding: Reminding
    noticing: Noticing
    reconciler: Reconciler
    returns: Returns


def outgoing(
    db: Database,
    links: Links,
    vault: Vault,
    http: httpx2.AsyncClient,
    post: Post | None = None,
    mailbox: Mailbox | None = None,
) -> Outgoing:
    """Return all that leaves a desk; without `post` nothing goes by e-mail. In `mailbox` letters come back."""
    by_mail = post is not None
    messenger = Messenger(db, links, by_mail)
    return Outgoing(
        messenger,
        Sender(db, links, vault, http, by_mail),
        Mailer(db, links, post),
        Doorkeeper(db, links.base_url, post),
        Prover(db, links, post),
        Reminding(db, messenger),
        Noticing(db, links, post),
        Reconciler(db, messenger),
        Returns(db, mailbox),
    )
