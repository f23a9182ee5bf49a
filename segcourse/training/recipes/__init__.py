"""What a recipe says, and what is made of it: loss, optimizer, schedule."""
