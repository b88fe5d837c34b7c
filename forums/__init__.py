"""Editions, exhibitors, attendees, programme, the day: door, stand, meetings."""
