"""From hand-ins to one table: opened with care, scored anew apart, points by the rubric."""
