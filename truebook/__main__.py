"""`python -m truebook` is the command line."""

from truebook.cli import main

main()
