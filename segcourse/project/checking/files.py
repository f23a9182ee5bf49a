"""The files of a hand-in, and how large each may be."""

__all__ = ["LARGEST", "MAY_BE_PASSED_ON", "MODEL", "NOTEBOOK", "PAGE", "SCHEMA", "WRITTEN_BY_A_RUN"]

NOTEBOOK = "final_project.ipynb"
PAGE = "final_project.html"
MODEL = "model.keras"
#: Of `hand_in.json`.
SCHEMA = 1
#: What a run of the notebook leaves in the folder of the project, and what is handed in of it.
WRITTEN_BY_A_RUN = ("report.json", MODEL, "model_card.md", "log.jsonl", "looks.json")
#: Sets whose pictures may be shown to others: drawn by the course. All others are other people's,
#: or a student's own pictures.
MAY_BE_PASSED_ON = ("scenes",)

_MB = 2**20
#: Bytes of each file. Nothing else is collected, and nothing else is read.
LARGEST = {
    NOTEBOOK: 40 * _MB,
    PAGE: 60 * _MB,
    "model_card.md": _MB,
    MODEL: 400 * _MB,
    "report.json": _MB,
    "log.jsonl": 8 * _MB,
    "looks.json": _MB,
    "progress.json": _MB,
    "versions.txt": _MB,
    "hand_in.json": _MB,
}
