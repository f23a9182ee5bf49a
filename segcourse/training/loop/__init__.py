"""How `fit` trains: a job, its run, and what a run keeps, writes and does when it fails."""
