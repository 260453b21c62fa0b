"""What is asked, as a client would."""

ME = """{ me {
  id phone inviteCode inviteLink activatedCode invitedCount invitedPhones(first: 20) createdAt
} }"""
