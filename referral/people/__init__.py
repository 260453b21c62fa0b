"""Users, and the numbers for testing that TEST_NUMBERS lists."""
