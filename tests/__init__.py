"""Tests of Trích Dẫn; the folders mirror the packages."""
