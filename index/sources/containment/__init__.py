"""The reading process: started without rights, watched, and spoken to in checked frames."""
