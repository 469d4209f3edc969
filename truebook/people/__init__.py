"""The people a business knows: finding them, what is known of each, two that are one, and forgetting somebody."""
