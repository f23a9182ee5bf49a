"""From a notebook to one folder and one zip: run, held against rules, written whole."""
