"""What a network looks at: receptive fields, strongest patches, layers counted."""
