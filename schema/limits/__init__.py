"""What a document may ask for, checked before anything runs."""
