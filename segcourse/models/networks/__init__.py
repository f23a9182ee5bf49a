"""The networks, and the pieces they are made of."""
