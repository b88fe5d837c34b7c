"""Offers of jobs and trainings: posting, moderation, imports; a company's public page."""
