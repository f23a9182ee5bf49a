"""Real kills, then the weights of a run that was never killed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.thorough import sample

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither SIGKILL nor fork")
def test_killed_at_random_moments_it_ends_with_the_same_weights(tmp_path):
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SEGCOURSE_QUIET": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # A thread of it, in the process that is forked, could leave a lock closed for ever.
        "OPENBLAS_NUM_THREADS": "1",
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/training/kill_runs.py"), str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=1200,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["same"], f"seed {found['seed']}"
    places = [tuple(place) for place, _ in found["at"]]
    assert len(places) == sample(5, all=10) and places == sorted(set(places))
    # Some kills fell into an epoch, whose steps before the checkpoint are not done again.
    assert any(step for _, step in places), (places, found["seed"])
