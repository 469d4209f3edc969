"""The core suite's essentials, as they stand, on a cluster: these are the very tests, with another database."""

from types import ModuleType

import pytest

from tests.api import test_classes as classes
from tests.api import test_series as series
from tests.assistant import test_conversation as conversation
from tests.assistant import test_llm as models
from tests.assistant.conftest import desk as desk  # a fixture that the tests of models ask for
from tests.booking import test_actions as booking
from tests.booking import test_unknown_outcomes as unknown
from tests.booking import test_waitlist as waitlist
from tests.ledger import test_ledger as ledger
from tests.whatsapp import test_sending as sending

pytestmark = pytest.mark.anyio
CORE: dict[ModuleType, tuple[str, ...]] = {
    booking: (
        "a_booking_is_read_back_as_it_was_wished", "one_key_has_one_outcome", "a_race_for_one_time_has_one_winner",
        "the_same_key_at_the_same_moment_books_once", "a_move_frees_the_old_time_and_takes_the_new",
        "a_hold_keeps_the_time_and_gives_it_back", "another_business_sees_nothing",
    ),
    classes: (
        "places_are_booked_moved_and_given_back", "forty_at_once_for_twelve_places",
        "a_class_is_cancelled_with_everybody_in_it_and_each_is_told_once", "a_class_moves_as_a_whole_or_not_at_all",
    ),
    series: (
        "as_far_as_possible_is_reported_date_by_date_and_tried_again",
        "one_and_those_that_follow_are_moved_and_cancelled",
    ),
    waitlist: (
        "four_at_once_serve_all_in_turn", "who_lets_go_comes_after_the_others_and_three_times_ends_it",
        "the_worker_offers_what_is_freed",
    ),
    conversation: (
        "a_chat_message_becomes_a_committed_appointment", "another_businesss_customer_sees_and_touches_nothing",
        "a_change_made_by_the_staff_is_told_in_the_conversation_once",
    ),
    unknown: (
        "a_commit_whose_answer_was_lost_is_found_out", "it_is_unknown_while_the_database_stays_away",
        "what_is_committed_but_cannot_be_read_back_is_never_called_unchanged",
    ),
    models: ("after_three_failures_it_is_left_alone_and_tried_again_later", "no_day_costs_more_than_its_budget"),
    sending: (
        "a_booking_by_list_and_button_and_a_move_by_text",
        "a_lost_answer_is_settled_by_its_status_and_never_sent_again",
        "an_operators_error_stops_the_number_and_keeps_the_queue",
    ),
    ledger: ("a_chat_tells_what_its_row_says", "a_failure_opens_the_next_way_and_a_late_proof_counts"),
}  # fmt: skip

for module, names in CORE.items():
    globals().update({f"test_{name}": getattr(module, f"test_{name}") for name in names})
