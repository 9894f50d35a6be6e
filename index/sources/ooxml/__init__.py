"""Office Open XML: Word, PowerPoint and Excel."""
