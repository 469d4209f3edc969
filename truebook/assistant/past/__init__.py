"""What a conversation remembers, and what stood behind each message."""
