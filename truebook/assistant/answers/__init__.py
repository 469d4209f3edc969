"""What goes out, in words: from rows and from the business's own data."""
