"""Follow-up, declared contracts, evidence, attribution, end of personal data."""
