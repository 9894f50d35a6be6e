"""OpenDocument: text, slides and spreadsheets of LibreOffice and others."""
