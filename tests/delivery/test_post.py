"""Letters over a real socket: what is known of them, whom they come from, and names that would be more than names."""

import datetime
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from tests.mail import SENDER, mail_server, text_of
from truebook.connectors.mail import post
from truebook.connectors.mail.letter import Letter, one_line, written
from truebook.connectors.mail.post import Post, Refused, Taken, Unknown
from truebook.kernel import clock
from truebook.kernel.errors import Invalid

pytestmark = pytest.mark.anyio
EVIL = "Eve\r\nBcc: all@victims.test\r\n\r\n<script>"


def letter(**more: str) -> Letter:
    given = {"id": "1", "to": "carla@home.test", "to_name": "Carla", "from_name": "Salon", "subject": "Booked"}
    return Letter(**{**given, "text": "Bis bald.\n.\nGrüße ✓\n", **more})


async def test_a_letter_arrives_as_it_was_written() -> None:
    async with mail_server() as server:
        assert await server.post.send(letter(unsubscribe="https://desk.test/stop"), clock.now()) == Taken()
        ((to, message),) = server.taken
        assert to == "carla@home.test"
        assert (message["From"], message["To"]) == ("Salon <desk@post.test>", "Carla <carla@home.test>")
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["List-Unsubscribe"] == "<https://desk.test/stop>"
        assert text_of(message).replace("\r\n", "\n") == "Bis bald.\n.\nGrüße ✓\n"


@pytest.mark.parametrize(
    ("outage", "code", "passing"),
    [("refuses", 550, False), ("dislikes_it", 554, False), ("busy", 451, True), ("lets_nobody_in", 421, True)],
)
async def test_a_refusal_says_why_and_whether_another_time_is_of_use(outage, code: int, passing: bool) -> None:
    async with mail_server(outage=outage) as server:
        refused = await server.post.send(letter(), clock.now())
        assert isinstance(refused, Refused)
        assert (refused.code, refused.passing) == (code, passing)
        assert server.taken == []


async def test_a_lost_answer_is_unknown_and_a_lost_beginning_is_not() -> None:
    async with mail_server(outage="lost_answer") as server:
        assert await server.post.send(letter(), clock.now()) == Unknown()
        server.outage = "hangs_up"
        refused = await server.post.send(letter(), clock.now())
        assert isinstance(refused, Refused)
        assert refused.passing
        assert len(server.taken) == 1


async def test_a_name_is_a_name_whatever_it_holds() -> None:
    async with mail_server() as server:
        evil = letter(to_name=EVIL, from_name=f'{EVIL}"@x <y@z>', subject=EVIL, text=EVIL)
        assert await server.post.send(evil, clock.now()) == Taken()
        ((to, message),) = server.taken
        assert to == "carla@home.test"
        assert message["Bcc"] is None
        assert message["To"].addresses[0].addr_spec == "carla@home.test"
        assert message["From"].addresses[0].addr_spec == "desk@post.test"


@given(name=st.text(max_size=300))
def test_no_name_adds_a_header(name: str) -> None:
    message = written(letter(to_name=name, from_name=name, subject=name), SENDER, clock.now())
    raw = message.as_bytes()
    head = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ")
    names = [line.partition(b":")[0] for line in head.split(b"\r\n")]
    assert len(names) == len(set(names)) == len(message.keys())
    assert one_line(name) == one_line(one_line(name))


@pytest.mark.parametrize("to", [EVIL, "a@b", "a b@c.test", "x@y.test>\r\nRCPT TO:<all@victims.test", "@c.test", "ä@ö"])
async def test_what_is_no_address_is_not_tried(to: str) -> None:
    async with mail_server() as server:
        assert await server.post.send(letter(to=to), clock.now()) == Refused(
            None, "that is no e-mail address", passing=False
        )
        server.broken.clear()


async def test_an_address_that_the_server_cannot_write_is_said_so() -> None:
    async with mail_server() as server:
        refused = await server.post.send(letter(to="jörg@home.test"), clock.now())
        assert isinstance(refused, Refused)
        assert "such letters" in refused.failure
        assert await server.post.send(letter(to="joerg@büro.test"), clock.now()) == Taken()
        assert server.taken[0][0] == "joerg@xn--bro-hoa.test"


async def test_nothing_is_said_in_the_open_where_others_may_listen(tmp_path: Path) -> None:
    async with mail_server() as server:
        refused = await Post("127.0.0.1", server.port, SENDER, "starttls", "u", "p").send(letter(), clock.now())
        assert isinstance(refused, Refused)
        assert server.taken == []
        server.tls, trusted = certified(tmp_path)
        secret = Post("127.0.0.1", server.port, SENDER, "starttls", trusted=trusted)
        assert await secret.send(letter(), clock.now()) == Taken()
        unknown = await Post("127.0.0.1", server.port, SENDER, "starttls").send(letter(), clock.now())
        assert isinstance(unknown, Refused)
        assert len(server.taken) == 1


def certified(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return a server's TLS with a certificate of its own, and a client's that trusts it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post")])
    import ipaddress

    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both.pem").write_bytes(secret + pem)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "both.pem")
    return server, ssl.create_default_context(cadata=pem.decode())


def test_the_settings_name_a_server_or_say_what_is_wrong() -> None:
    made = post.read("smtps://desk%40salon.at:p%3Aw@mail.salon.at", "Salon Lina <desk@salon.at>")
    assert (made.host, made.port, made.secrecy, made.user, made.password) == (
        "mail.salon.at", 465, "tls", "desk@salon.at", "p:w",
    )  # fmt: skip
    assert "p:w" not in repr(made)
    assert post.read("smtp://mail.salon.at", "desk@salon.at").secrecy == "starttls"
    assert post.read("smtp://127.0.0.1:1025", "desk@salon.at").secrecy == "none"
    for url, sender, field in [
        ("mail.salon.at", "desk@salon.at", "TRUEBOOK_MAIL_URL"),
        ("smtp://", "desk@salon.at", "TRUEBOOK_MAIL_URL"),
        ("smtp://mail:x", "desk@salon.at", "TRUEBOOK_MAIL_URL"),
        ("smtp://mail", None, "TRUEBOOK_MAIL_FROM"),
        ("smtp://mail", "the desk", "TRUEBOOK_MAIL_FROM"),
    ]:
        with pytest.raises(Invalid) as wrong:
            post.read(url, sender)
        assert wrong.value.field == field
