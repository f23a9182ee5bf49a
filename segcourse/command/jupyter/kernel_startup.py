"""What Jupyter kernels of `lab` run first, by way of PYTHONSTARTUP."""

from segcourse.command.console.quiet import quiet_font_cache, quiet_tensorflow

quiet_tensorflow()
quiet_font_cache()
del quiet_font_cache, quiet_tensorflow  # the notebook's own names are all that is there
