"""Users, sign-in, second factor, sessions, limits, the outbox of mails."""
