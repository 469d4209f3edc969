"""The booking page: one question after the other, each a page of plain links and forms."""
