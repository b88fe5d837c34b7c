"""What can be asked, the index, its two engines, result pages, the public page of an offer."""
