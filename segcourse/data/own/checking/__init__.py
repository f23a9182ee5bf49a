"""What is wrong with one's own pictures and masks, and a clean copy of them."""
