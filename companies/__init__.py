"""Companies, their members, invitations and verification."""
