"""The desk: what people who work in a business see once they are signed in."""
