"""What a message changes of what is wished for."""
