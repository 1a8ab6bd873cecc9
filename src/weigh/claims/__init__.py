"""Who says what, and who only repeats it."""
