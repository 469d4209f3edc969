"""One phone number, written in several ways: WhatsApp's ids differ from what people dial in three countries."""


def variants(wa_id: str) -> tuple[str, ...]:
    """Return every way in which a number (digits only) may be known, itself first.

    Brazil: mobile numbers with or without the 9 after the area code; Mexico: 52 or 521; Argentina: 54 or 549. A
    Brazilian number of twelve digits that does not begin with 6 to 9 is a landline, not a mobile without its 9.
    """
    if wa_id.startswith("55") and len(wa_id) == 13 and wa_id[4] == "9":
        return wa_id, wa_id[:4] + wa_id[5:]
    if wa_id.startswith("55") and len(wa_id) == 12 and wa_id[4] in "6789":
        return wa_id, wa_id[:4] + "9" + wa_id[4:]
    for long, short in (("521", "52"), ("549", "54")):
        if wa_id.startswith(long) and len(wa_id) == len(long) + 10:
            return wa_id, short + wa_id[len(long) :]
        if wa_id.startswith(short) and len(wa_id) == len(short) + 10:
            return wa_id, long + wa_id[len(short) :]
    return (wa_id,)
