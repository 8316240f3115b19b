"""Parse what is typed at a board; rules decide, services write."""
