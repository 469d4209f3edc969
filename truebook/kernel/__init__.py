"""The ground everything stands on: settings, clock, ids, errors, log. A closed list; there is no utils."""
