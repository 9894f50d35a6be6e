"""PDF: letters to lines, lines to paragraphs and rows of tables."""
