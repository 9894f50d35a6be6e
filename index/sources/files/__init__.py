"""Files: found, told by kind, opened under limits, unpacked, and decoded."""
