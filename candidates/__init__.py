"""Profiles, CVs, applications, contracts, saved searches; the recruiter's inbox."""
