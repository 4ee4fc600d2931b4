"""The floor: each read as one statement written by hand, its bytes sent as they come."""
