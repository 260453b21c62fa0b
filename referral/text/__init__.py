"""Reading what people type: phone numbers, invite codes, and the characters they are made of."""
