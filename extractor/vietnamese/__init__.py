"""How Vietnamese is written: pure functions, no files."""
