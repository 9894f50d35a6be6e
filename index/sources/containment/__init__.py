"""The reading process: started without rights, watched, and talked with in checked frames."""
