"""Messages are built within Meta's limits, whatever names people have: judged by the simulator, which is as strict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truebook.connectors.whatsapp import messages
from truebook.connectors.whatsapp.errors import CODES, class_of
from truebook.connectors.whatsapp.messages import Choice, To, buttons, cut, menu, parameter, template, text, units
from truebook.simulator.strict import Bad, parse

pytestmark = pytest.mark.unit
WORDS = st.one_of(
    st.text(max_size=120),
    st.sampled_from(
        [
            "מספרה של רחל כהן-לוי ובניה בתל אביב",
            "👩‍👩‍👧‍👦" * 12,
            "e\u0301" * 40,
            "Oberstudienrätin Dr. " * 4,
            " ",
            "15:30",
        ]
    ),
)
TO = To("436601234567")


@given(WORDS.filter(str.strip), st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=14))
def test_lists_and_buttons_are_never_refused(body: str, rows: list[tuple[str, str]]) -> None:
    choices = [Choice(f"o.{place}", title, below) for place, (title, below) in enumerate(rows)]
    shown = parse(menu(TO, body, choices, opens="Choose a time, please, whenever"), {})
    assert [one["id"] for one in shown.choices] == [one.id for one in choices[:10]]
    assert [one["id"] for one in parse(buttons(TO, body, choices), {}).choices] == [one.id for one in choices[:3]]


@given(WORDS.filter(str.strip))
def test_texts_fit(body: str) -> None:
    assert parse(text(TO, body * 40), {}).text


@given(WORDS, st.integers(2, 80))
def test_what_is_cut_is_cut_between_graphemes(words: str, longest: int) -> None:
    made = cut(words, longest)
    assert units(made) <= longest
    whole = messages.GRAPHEME.findall(words.strip())
    assert made == words.strip() or "".join(whole).startswith(made.removesuffix("…").rstrip())
    kept = messages.GRAPHEME.findall(made.removesuffix("…"))
    assert made == words.strip() or kept == whole[: len(kept)]


@given(WORDS)
def test_a_parameter_is_one_line_and_never_empty(words: str) -> None:
    stored = {
        ("t", "en"): {
            "category": "UTILITY",
            "status": "APPROVED",
            "fields": ["name"],
            "text": "Hi {{name}}!",
            "replies": [],
            "link": None,
        }
    }
    assert parameter(words)
    assert parse(template(TO, "t", "en", {"name": words}, [], None), stored).text.startswith("Hi ")


def test_whoever_hides_the_number_is_named_by_id() -> None:
    assert text(To(None, "AT.1"), "hi")["recipient"] == "AT.1"
    assert "to" not in text(To(None, "AT.1"), "hi")
    assert text(To("43", "AT.1"), "hi")["to"] == "+43"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"surprise": 1}, 100),
        ({"messaging_product": "sms"}, 100),
        ({"to": None}, 131008),
        ({"type": "poem"}, 131009),
        ({"text": {"body": ""}}, 131009),
        ({"text": {"body": "x" * 4097}}, 131009),
        ({"text": {"body": "x", "bold": True}}, 100),
        ({"biz_opaque_callback_data": "x" * 513}, 131009),
    ],
)
def test_the_simulator_refuses_what_meta_refuses(change: dict, code: int) -> None:
    with pytest.raises(Bad) as refused:
        parse({**text(TO, "hello"), **change}, {})
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("code", "template_sent", "kind"),
    [
        (131047, False, "window"), (130429, False, "number"), (131056, False, "pair"), (190, False, "operator"),
        (200, False, "operator"), (131008, False, "ours"), (131008, True, "template"), (131026, False, "final"),
        (132001, True, "template"), (999999, False, "ours"), (None, False, "ours"), (2, False, "retry"),
    ],
)  # fmt: skip
def test_every_code_has_one_class(code: int | None, template_sent: bool, kind: str) -> None:
    assert class_of(code, template=template_sent) == kind


def test_no_code_is_in_two_classes() -> None:
    every = [code for codes in CODES.values() for code in codes]
    assert len(every) == len(set(every))
