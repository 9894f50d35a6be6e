"""Tables: CSV, JSON Lines, and the cells of spreadsheets, as documents."""
