"""The information-sharing protocol as data: whose feed is admitted, why, on which basis, and how much of it."""
