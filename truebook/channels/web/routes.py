"""Every page's route, in the order they are matched: those that start with any business's name last."""

from truebook.channels.web import appointment, assets, front, set_up, sign_in, stopping
from truebook.channels.web.booking import asking, chat, embedding, moving, picker, poster, repeating, waiting
from truebook.channels.web.desk import appointment as desk_appointment
from truebook.channels.web.desk import (
    blocking,
    calendar,
    classes,
    customers,
    health,
    import_page,
    inbox,
    live,
    me,
    persons,
    reports,
    requests,
    users,
)
from truebook.channels.web.desk import booking as desk_booking
from truebook.channels.web.desk.settings import assistant, business, days, hours, services, staff

ROUTES = (
    *assets.routes.routes,
    *front.routes.routes,
    *sign_in.routes.routes,
    *set_up.routes.routes,
    *stopping.routes.routes,
    *calendar.routes.routes,
    *classes.routes.routes,
    *live.routes.routes,
    *desk_appointment.routes.routes,
    *desk_booking.routes.routes,
    *blocking.routes.routes,
    *me.routes.routes,
    *requests.routes.routes,
    *inbox.routes.routes,
    *reports.routes.routes,
    *health.routes.routes,
    *import_page.routes.routes,
    *customers.routes.routes,
    *persons.routes.routes,
    *users.routes.routes,
    *embedding.routes.routes,
    *business.routes.routes,
    *services.routes.routes,
    *staff.routes.routes,
    *hours.routes.routes,
    *days.routes.routes,
    *assistant.routes.routes,
    *chat.routes.routes,
    *poster.routes.routes,
    *waiting.routes.routes,
    *repeating.routes.routes,
    *asking.routes.routes,
    *moving.routes.routes,
    *appointment.routes.routes,
    *picker.routes.routes,
)
