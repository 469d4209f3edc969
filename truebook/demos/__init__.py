"""Demo businesses, so that there is somebody to talk to: a salon, a clinic, a studio and a tutor.

Each is set up from nothing over the REST API, by the very calls that a customer of ours would make.
"""

from truebook.demos.demo import Demo
from truebook.demos.setting_up import DEFAULT, DEMOS, furnish

__all__ = ["DEFAULT", "DEMOS", "Demo", "furnish"]
