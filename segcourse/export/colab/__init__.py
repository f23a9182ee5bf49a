"""One address of the repository, in all files that name it."""

from segcourse.export.colab.addressed import addressed
from segcourse.export.colab.together import write_together

__all__ = ["addressed", "write_together"]
