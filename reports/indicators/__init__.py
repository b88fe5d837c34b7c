"""What a report says and how it is counted.

- `facts`, `scope`: what an edition is, read once;
- `dimensions`, `bases`: which rows there are and how they are told apart;
- `readings`, `catalogue`: what is counted;
- `cube`, `report`: the counting.
"""
