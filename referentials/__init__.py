"""Versioned facts: places, occupations, sectors, joint commissions, skills."""
