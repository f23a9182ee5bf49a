"""What the course can be handed on as: other people's tools, in their own form."""
