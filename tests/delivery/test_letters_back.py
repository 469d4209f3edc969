"""Letters that come back lie in a mailbox: reports that nobody has read are taken in once, all else is left alone."""

from dataclasses import replace

import pytest

from tests.delivery.test_mailing import BOUNCE, office
from tests.imap import imap_server
from truebook.booking.model import Customer
from truebook.connectors.mail import mailbox
from truebook.connectors.mail.bounce import Bounce
from truebook.delivery.bouncing import Returns
from truebook.kernel.errors import Invalid, Unavailable
from truebook.ledger import alerts
from truebook.ledger.told import told

pytestmark = pytest.mark.anyio


async def test_reports_are_taken_in_once_and_other_letters_are_left_alone(database: str) -> None:
    async with office(database) as o, imap_server("Returns") as (server, box):
        booked = await o.book()
        other = await o.book(40, Customer("Dora", None, "dora@home.test"))
        await o.work()
        letters = dict(o.server.taken)
        human = server.add(b"From: dora@home.test\nSubject: Hello\n\nIs 10 o'clock still fine?\n")
        failed = BOUNCE.format(action="failed", letter=letters["carla@home.test"]["Message-ID"])
        delayed = BOUNCE.format(action="delayed", letter=letters["dora@home.test"]["Message-ID"])
        report, delay = server.add(failed.encode()), server.add(delayed.encode())
        stranger = server.add(BOUNCE.format(action="failed", letter="<somebody-elses@mail.test>").encode())
        returns = Returns(o.desk.db, box)
        assert await returns.work() == 1
        (news,) = await told(o.desk.db, o.desk.scope, booked.id)
        assert (news.state, news.failure) == (
            "failed", "the letter came back: 550 5.1.1 <carla@home.test>: User unknown",
        )  # fmt: skip
        (fine,) = await told(o.desk.db, o.desk.scope, other.id)
        assert fine.state == "told"
        assert [one.kind for one in await alerts.waiting(o.desk.db, o.desk.scope)] == ["not_told"]
        assert server.read == {report, delay, stranger}
        assert human not in server.read
        assert await returns.work() == 0


async def test_what_could_not_be_taken_in_is_there_again(database: str) -> None:
    async with imap_server() as (server, box):
        for n in range(3):
            server.add(BOUNCE.format(action="failed", letter=f"<letter-{n}@mail.test>").encode())
        taken: list[Bounce] = []

        async def take(one: Bounce) -> None:
            if len(taken) == 1:
                raise Unavailable("the database is away")
            taken.append(one)

        with pytest.raises(Unavailable):
            await box.look(take)
        assert len(server.read) == 1

        async def take_all(one: Bounce) -> None:
            taken.append(one)

        assert await box.look(take_all) == 2
        assert sorted(one.letter for one in taken) == ["letter-0", "letter-1", "letter-2"]


def nested(depth: int, kind: str) -> bytes:
    """Return a report in which messages, or parts, stand in one another."""
    top = "Content-Type: multipart/report; report-type=delivery-status; boundary=top\n\n--top\n"
    inner = "Content-Type: message/rfc822\n\n" * depth
    if kind == "multipart":
        inner = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    return f"{top}{inner}\nhello\n--top--\n".encode()


@pytest.mark.parametrize("kind", ["message", "multipart"])
async def test_a_letter_that_goes_too_deep_holds_up_no_other(kind: str) -> None:
    async with imap_server() as (server, box):
        for n in range(3):
            server.add(
                nested(1000, kind) if n == 1 else BOUNCE.format(action="failed", letter=f"<{n}@mail.test>").encode()
            )
        taken: list[Bounce] = []

        async def take(one: Bounce) -> None:
            taken.append(one)

        assert await box.look(take) == 2
        assert ([one.letter for one in taken], len(server.read)) == (["0", "2"], 3)


async def test_a_mailbox_that_cannot_be_read_is_called_so() -> None:
    async def take(one: Bounce) -> None: ...

    async with imap_server() as (_, box):
        for wrong in (replace(box, password="no"), replace(box, folder="Elsewhere"), replace(box, port=1)):
            with pytest.raises(Unavailable, match="cannot be read"):
                await wrong.look(take)
    with pytest.raises(Unavailable, match="cannot be read"):
        await replace(box, from_the_start=True).look(take)


@pytest.mark.parametrize(
    "url",
    ["mail.salon.at", "imaps://", "imaps://desk@mail.salon.at", "pop3://a:b@c", "imaps://a:b@c:x", 'imaps://a:b@c/x"y'],
)
def test_a_setting_that_names_no_mailbox_is_refused(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        mailbox.read(url)
    assert refused.value.data["field"] == "TRUEBOOK_BOUNCES_URL"


def test_secrecy_is_left_out_on_this_machine_only() -> None:
    told = [
        mailbox.read(f"{one}://a:b@{host}")
        for one, host in (("imaps", "m.at"), ("imap", "m.at"), ("imap", "localhost"))
    ]
    assert [(one.port, one.from_the_start, one.is_secret) for one in told] == [
        (993, True, True), (143, False, True), (143, False, False),
    ]  # fmt: skip
    assert "hush" not in repr(mailbox.read("imaps://a:hush@m.at"))
