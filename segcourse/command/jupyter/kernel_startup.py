"""What Jupyter kernels of `lab` run first, by way of PYTHONSTARTUP."""

from segcourse.command.console.quiet import quiet_tensorflow

quiet_tensorflow()
del quiet_tensorflow  # the notebook's own names are all that is there
