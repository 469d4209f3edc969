"""One phone number, written in several ways: WhatsApp's ids differ from what people dial in three countries."""

OLD_MOBILE = "6789"
"""What a Brazilian mobile number began with before the 9 was put in front of it."""


def variants(wa_id: str) -> tuple[str, ...]:
    """Return every way in which a number (digits only) may be known, itself first.

    Brazil: mobile numbers with or without the 9 after the area code, where 6 to 9 follow: what begins with 2 to 5 is a
    landline without the 9, and a mobile with it that had no number before; the two are not one. Mexico: 52 or 521;
    Argentina: 54 or 549. Whatever is a variant of a number has it as its own variant.
    """
    if wa_id.startswith("55") and len(wa_id) == 13 and wa_id[4] == "9" and wa_id[5] in OLD_MOBILE:
        return wa_id, wa_id[:4] + wa_id[5:]
    if wa_id.startswith("55") and len(wa_id) == 12 and wa_id[4] in OLD_MOBILE:
        return wa_id, wa_id[:4] + "9" + wa_id[4:]
    for long, short in (("521", "52"), ("549", "54")):
        if wa_id.startswith(long) and len(wa_id) == len(long) + 10:
            return wa_id, short + wa_id[len(long) :]
        if wa_id.startswith(short) and len(wa_id) == len(short) + 10:
            return wa_id, long + wa_id[len(short) :]
    return (wa_id,)
