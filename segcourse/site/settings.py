"""What Sphinx is told: the configuration of the site, as a dict."""

from pathlib import Path

from segcourse.site import mathml

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"

#: What stands at the left of each page; the theme's own, and the switch of languages.
SIDEBAR = (
    "navbar-logo.html",
    "icon-links.html",
    "languages.html",
    "search-button-field.html",
    "sbt-sidebar-nav.html",
)

#: Warnings that are no errors, each with the reason.
SUPPRESSED = (
    # A glossary or a notebook begins its sections at "###" below "#".
    "myst.header",
    # MyST-NB keeps its configuration as objects that Sphinx cannot store; nothing is stored here.
    "config.cache",
)


def settings(repository, url=None, language="", editions=(), slug=None):
    """The configuration of Sphinx.

    Args:
        repository: str, address of the repository, or None.
        url: str, the address at which the site will lie, or None.
        language: str, code of the language, "" for English.
        editions: what `other_editions` gives: the same page in other languages.
        slug: function from the words of a heading to its place in the page, or None.

    Example:

    >>> settings("https://github.com/ann/course")["nb_execution_mode"]
    'off'
    """
    return {
        "project": "segcourse",
        "html_title": "segcourse",
        "language": language or "en",
        "extensions": [
            "myst_nb",
            "sphinx.ext.autodoc",
            "sphinx.ext.autosummary",
            "sphinx.ext.napoleon",
            "sphinx_design",
            "segcourse.site.mathml",
            "segcourse.site.docstrings",
        ],
        "suppress_warnings": list(SUPPRESSED),
        **_notebooks(slug),
        **_docstrings(),
        **_theme(repository, url, list(editions)),
    }


def _notebooks(slug):
    return {
        **({"myst_heading_slug_func": slug} if slug else {}),
        "nb_execution_mode": "off",
        "nb_merge_streams": True,
        "nb_ipywidgets_js": {},  # they would come from the network
        "myst_enable_extensions": ["amsmath", "colon_fence", "dollarmath", "html_image"],
        "myst_heading_anchors": 4,
        "myst_update_mathjax": False,
        "html_math_renderer": mathml.NAME,
    }


def _docstrings():
    return {
        "default_role": "code",
        "autosummary_generate": False,
        "autodoc_preserve_defaults": True,  # as written, not the path it is on this computer
        "add_module_names": False,
        "napoleon_numpy_docstring": False,
        "napoleon_use_rtype": False,  # "images, labels" is no type to be linked
        "napoleon_custom_sections": [
            ("Call arguments", "params_style"),
            ("Call args", "params_style"),
        ],
        "toc_object_entries_show_parents": "hide",
    }


def _theme(repository, url, editions):
    icons = [{"name": "Repository", "url": repository, "icon": "fa-solid fa-code-branch"}]
    return {
        "html_theme": "sphinx_book_theme",
        "html_baseurl": url or "",
        "html_static_path": [str(STATIC)],
        "html_css_files": ["site.css"],
        "html_js_files": ["from_disk.js"],
        "html_extra_path": ["extra"],
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_last_updated_fmt": None,
        "html_context": {"default_mode": "auto", "editions": editions},
        "templates_path": [str(TEMPLATES)],
        "html_sidebars": {"**": list(SIDEBAR)},
        "html_theme_options": {
            "navbar_start": [],
            "navbar_center": [],
            "navbar_end": [],
            "navbar_persistent": [],  # the search stands at the left
            "use_download_button": False,
            "use_fullscreen_button": False,
            "show_navbar_depth": 1,
            "show_toc_level": 2,
            "home_page_in_toc": False,
            "icon_links": icons if repository else [],
            "pygments_light_style": "a11y-high-contrast-light",
            "pygments_dark_style": "a11y-high-contrast-dark",
        },
    }
