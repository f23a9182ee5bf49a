"""How `fit` trains: a setup, its run, and what a run keeps, writes and does when it fails."""
