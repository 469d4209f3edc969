"""E-mail: letters, and the server that takes them."""
