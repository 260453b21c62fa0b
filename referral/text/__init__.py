"""Parsing what people type: phone numbers and invite codes."""
