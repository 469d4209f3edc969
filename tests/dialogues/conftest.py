"""What the rebuilt dialogue does not do yet: talks that end otherwise than their customers wanted, named one by one.

They run every time; one that ends well again says so (XPASS), and its line here goes. docs/understanding.md tells of them.
"""

import pytest

NOT_YET = {
    "test_hundred_de.py::test_ten_ways_to_tell_a_story_end_in_the_same_row[changes the day]":
        "a day and a time that are free are offered again, not read back, after a correction",
    "test_hundred_de.py::test_ten_ways_to_tell_a_story_end_in_the_same_row[changes the time after the receipt]":
        "another time after a receipt is not always heard as a move",
    "test_hundred_de.py::test_ten_ways_to_tell_a_story_end_in_the_same_row[cancels]":
        "a yes in words of booking is asked again when it is about cancelling",
    "test_hundred_de.py::test_ten_ways_to_tell_a_story_end_in_the_same_row[moves it]":
        "another time after a receipt is not always heard as a move",
    "test_hundred_en.py::test_ten_ways_to_tell_a_story_end_in_the_same_row[changes the time after the receipt]":
        "another time after a receipt is not always heard as a move",
    "test_hundred_en.py::test_ten_ways_to_tell_a_story_end_in_the_same_row[step by step]":
        "one question more than the story has answers for",
    "test_sgd.py::test_recorded_customers_end_in_the_appointment_they_wanted":
        "the replay still asks for a column that has moved to the segments (bench/dialogues/replay_shop.py)",
}  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the talks that are known to end otherwise."""
    for item in items:
        for name, reason in NOT_YET.items():
            if f"dialogues/{name}" in item.nodeid:
                item.add_marker(pytest.mark.xfail(reason=reason, strict=False))
