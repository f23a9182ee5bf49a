"""README.md of an exported course: for the person who grades."""

from segcourse.export.nbgrader.settings import TIMEOUT

__all__ = ["leader_page"]

_TEXT = """\
# Grading the course with nbgrader

This folder is a course for nbgrader 0.9.6. `source/` has the notebooks **with solutions**: keep it
to yourself. What students get is made from it.

| assignment | notebook | points |
|---|---|---|
{rows}

Each exercise has the points of the course. Questions and all other cells give no points, and
students may change them. An assignment without points is handed out here, and marked in another
way: the final project by `python3 -m segcourse hand-in` and `mark`.

## The commands, in order

Activate the environment of the course (`source .venv/bin/activate` in its folder; on Windows
`.venv\\Scripts\\activate`), and install nbgrader into it, once:

    python -m pip install nbgrader==0.9.6

All commands below run in this folder, where `nbgrader_config.py` lies.

1. Make the version for students, here of `{first}`:

       nbgrader generate_assignment {first}

   It lies in `release/{first}/` now. Give that folder out, whole: it has the pictures and pages
   that the notebook needs. On a hub with an exchange: `nbgrader release_assignment {first}`.
2. A student works in the own copy of the course: the folder comes into its `notebooks/`, then
   `python3 -m segcourse lab`. The name of the notebook has to stay.
3. Put what comes back into `submitted/NAME/{first}/`, one folder a student, with the name of the
   notebook unchanged. On a hub: `nbgrader collect {first}`.
4. Grade. This runs every notebook from top to bottom, the training as well:

       nbgrader autograde {first}
       nbgrader autograde {first} --student=NAME     # one alone

5. Look at it, and write the marks and the feedback:

       nbgrader export --to=marks.csv
       nbgrader generate_feedback {first}            # HTML pages in feedback/NAME/{first}/

`--force` grades again what was graded before.

## What gives which mark

| hand-in | mark of the exercise |
|---|---|
| right | all its points |
| wrong, untouched, a loop without an end | 0 |
| a check cell that was changed, or given other points | as if nothing had been changed |
| a check cell that was deleted | 0 |
| anything on stderr in the check cell | 0 |

There are no half points. An untouched exercise is an error only while grading: a student's own
notebook goes on with the reference. The check runs twice while grading, on other inputs each time;
the second time is a hidden test, which students do not get.

A cell has {minutes:.0f} minutes (`c.Execute.timeout` in `nbgrader_config.py`), and a call that a
check makes has some seconds. A cell that loops for ever and catches every error goes on: end
nbgrader with Ctrl-C and look at that notebook.

The settings find the course where it lay when this folder was written. Where it lies elsewhere, set
`SEGCOURSE_CHECKOUT` to its folder.

## What a check cannot prevent

The code of a student runs in the same kernel as the check, with your rights on this computer. It
can replace the check, look up the reference, which is part of the course, and read or change every
file that you can, also `gradebook.db` and the hand-ins of others. nbgrader does not prevent it, and
no check inside the kernel can. So:

- Read the notebooks of a class that you trust as you would read homework on paper: a solution that
  was copied also passes.
- Grade people whom you **do not trust** in a container that is thrown away, one hand-in at a time,
  without a network and with limits, on a copy of this folder that has no other hand-ins and no
  marks in it:

      docker run --rm --network none --memory 8g --cpus 2 --pids-limit 512 \\
          -v COURSE:/course:ro -v COPY:/grading:ro -e SEGCOURSE_CHECKOUT=/course IMAGE \\
          sh -c 'cp -r /grading /tmp/grading && cd /tmp/grading && nbgrader autograde {first} \\
                 && nbgrader export --to=marks.csv && cat marks.csv'

  `COURSE` is the folder of the course, `COPY` this folder with `gradebook.db` as it was after
  `generate_assignment`, and one hand-in; `IMAGE` has the packages of the course's
  `requirements.txt` and nbgrader. What the container prints can be made up by the code in it: a
  mark that surprises you is a reason to read the notebook.
"""


def leader_page(assignments):
    """The text of the page.

    Args:
        assignments: list of `Assignment`.
    """
    rows = "\n".join(f"| {a.name} | `{a.notebook}` | {a.points} |" for a in assignments)
    # The example in the commands: a week, where there is one.
    first = max(assignments, key=lambda a: (a.name.startswith("week"), a.points > 0)).name
    return _TEXT.format(rows=rows, first=first, minutes=TIMEOUT / 60)
