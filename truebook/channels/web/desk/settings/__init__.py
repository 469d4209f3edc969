"""The settings of a business, each shown before it is saved what it would leave outside."""
