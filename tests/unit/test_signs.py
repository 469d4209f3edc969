"""Control signs are refused by the field's name where somebody can be told, and stand as lost signs where nobody can."""

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from truebook.channels.api.schema import Email, LongText, Name, Phone, Text
from truebook.channels.web.forms import LINES, Form
from truebook.connectors.twilio import form as twilio
from truebook.connectors.whatsapp import updates
from truebook.kernel import clock, signs
from truebook.kernel.errors import Invalid

pytestmark = pytest.mark.unit
BREAKS = "\t\n\r"
CONTROL = [chr(point) for point in range(0x110000) if unicodedata.category(chr(point)) == "Cc"]


@given(st.text(st.characters(codec=None)))
def test_what_is_kept_holds_no_control_sign_and_nothing_else_is_lost(text: str) -> None:
    kept = signs.kept(text)
    assert signs.control(kept) is None and re.search(signs.LINES, kept)
    assert re.search(signs.LINE, signs.line(kept).strip())
    kept.encode()
    if all(unicodedata.category(one) not in ("Cc", "Cs") for one in text):
        assert kept == text


@pytest.mark.parametrize("sign", [*CONTROL, "\u2028", "\u2029"], ids=lambda sign: f"U+{ord(sign):04X}")
def test_no_field_of_the_api_or_of_a_page_keeps_a_control_sign(sign: str) -> None:
    for kind, value in ((Name, f"A{sign}B"), (Phone, f"+43 660{sign}1234567"), (Email, f"a{sign}b@example.org")):
        with pytest.raises(ValidationError):
            TypeAdapter(kind).validate_python(value)
    for kind in (Text, LongText):
        if sign in BREAKS or sign not in CONTROL:
            assert TypeAdapter(kind).validate_python(f"a{sign}b")
        else:
            with pytest.raises(ValidationError):
                TypeAdapter(kind).validate_python(f"a{sign}b")
    sent = Form((("name", f"A{sign}B"), ("notes", f"a{sign}b")))
    if sign in BREAKS or sign not in CONTROL:
        assert (sent.text("name"), sent.text("notes")) == ("A B", f"a{sign}b")
        return
    for field in ("name", *LINES - {"csv"}):
        with pytest.raises(Invalid) as refused:
            Form(((field, f"a{sign}b"),)).text(field)
        assert refused.value.field == field and f"U+{ord(sign):04X}" in refused.value.message


def test_what_a_channel_hands_in_is_kept_without_them() -> None:
    told = {
        "MessageSid": "SM1",
        "Body": "a\x1b[31mb\x85",
        "ProfileName": "Eve\x07\nX",
        "From": "whatsapp:+436601234567",
    }
    update = twilio.read(told, None, clock.now())
    assert update is not None
    assert update.payload["message"]["text"]["body"] == "a\ufffd[31mb\ufffd"
    value = {"messages": [{"id": "wamid.1", "text": {"body": "\x00a\x9bb\nc"}}], "metadata": {"phone_number_id": "1"}}
    entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
    (found,) = updates.split(json.dumps({"entry": [entry]}).encode())
    assert found.payload["message"]["text"]["body"] == "\ufffda\ufffdb\nc"
