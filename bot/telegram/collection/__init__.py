"""The opened collection, and links to its sentences."""
