"""Vietnamese in the encodings before Unicode: recognised only where that is certain, then converted exactly.

All of them reach a reader in two ways: as bytes, and as Unicode text whose letters are those of Latin-1 that
happen to have these bytes (a Word file or a PDF in the font `.VnTime`, a page that was saved as UTF-8 by a
program which did not know better). So everything here is from text to text, and bytes are decoded as Latin-1.
"""

from index.sources.legacy.recognise import UNCHANGED, VIQR, Spelling, modern, recognise

__all__ = ["UNCHANGED", "VIQR", "Spelling", "modern", "recognise"]
