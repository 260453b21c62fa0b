"""Users, and the test numbers in TEST_NUMBERS."""
