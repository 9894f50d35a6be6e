"""What people say beside questions, and how a question leans on the talk. Pure."""
