"""How well the audit finds references that nobody declared: real schemas lose their keys, and it finds them again."""
