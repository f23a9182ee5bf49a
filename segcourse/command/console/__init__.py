"""What commands say while they work, and how they end: progress, silence, Ctrl-C."""
