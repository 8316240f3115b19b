"""The permission matrix: every route and method, asked by every kind of person, against one table written by hand."""
