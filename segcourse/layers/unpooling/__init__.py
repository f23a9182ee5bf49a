"""Max pooling that remembers, and the ways back up."""
