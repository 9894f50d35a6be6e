"""HTML and XML as trees, and equations in them as text."""
