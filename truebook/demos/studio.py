"""Studio Sol: yoga and pilates as classes with mats, every week for a year, and private lessons beside them."""

from truebook.demos.demo import Call, Demo, add, facts, person, pool, week


def weekly(service: str, teacher: str, day: str, at: str, seats: int) -> Call:
    """Return the call that puts a class on the calendar every week."""
    return add(
        "/classes/series", service_id=f"{{{service}}}", staff_id=f"{{{teacher}}}", seats_pool_id="{mats}",
        start=f"{{{day}}}T{at}", seats=seats, rrule="FREQ=WEEKLY;COUNT=52", as_far_as_possible=True,
    )  # fmt: skip


DEMO = Demo(
    account={"name": "Studio Sol", "slug": "studio-sol", "timezone": "Europe/Madrid", "languages": ["en", "es", "de"]},
    address="Calle del Sol 8, 28012 Madrid",
    calls=(
        add(
            "/services", "yoga", name="Yoga", duration_minutes=60, price_minor=1400, sort_order=0,
            synonyms=["yoga class", "yoga lesson"],
            names={"de": ["Yoga", "Yogakurs", "Yogastunde"], "es": ["Yoga", "clase de yoga"], "pt": ["Ioga"],
                   "fr": ["Yoga", "cours de yoga"], "it": ["Yoga"], "nl": ["Yoga", "yogales"]},
        ),
        add(
            "/services", "pilates", name="Pilates", duration_minutes=50, price_minor=1600, sort_order=1,
            synonyms=["pilates class"],
            names={"de": ["Pilates", "Pilateskurs"], "es": ["Pilates", "clase de pilates"], "pt": ["Pilates"],
                   "fr": ["Pilates", "cours de pilates"], "it": ["Pilates"], "nl": ["Pilates", "pilatesles"]},
        ),
        add(
            "/services", "private", name="Private lesson", duration_minutes=60, price_minor=5500, sort_order=2,
            synonyms=["private", "one to one", "personal training"],
            names={"de": ["Einzelstunde", "Privatstunde"], "es": ["Clase particular"], "pt": ["Aula particular"],
                   "fr": ["Cours particulier"], "it": ["Lezione privata"], "nl": ["Privéles"]},
        ),
        *pool("Mat", "seat", 12, "mats"),
        *person("Sara", "yoga", "private"),
        *person("Tomás", "pilates", "private", synonyms=["Tomas"]),
        week(
            ("mon-fri", "08:00", "21:00"), ("sat", "09:00", "14:00"),
            slot_minutes=30, min_notice_minutes=60, max_advance_days=60, cancel_notice_minutes=120,
        ),
        *(weekly("yoga", "sara", day, "18:00", 12) for day in ("mon", "tue", "wed", "thu", "fri")),
        weekly("yoga", "sara", "sat", "10:00", 8),
        *(weekly("pilates", "tomás", day, "19:30", 6) for day in ("tue", "thu")),
        facts("studio"),
    ),
    tries=("a place in the yoga class tomorrow", "two places in yoga on Saturday",
           "put me on the waitlist for pilates on Thursday"),
)  # fmt: skip
