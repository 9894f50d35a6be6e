"""What the documents of office programs have in common, whatever their format."""
