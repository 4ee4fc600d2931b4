"""The pages that need no account: one head around the templates of `hub/templates`."""

from pathlib import Path
from string import Template
from typing import Final

_TEMPLATES: Final = Path(__file__).parent.parent / "templates"


def template_of(file: str, **said: str) -> Template:
    """A template of which `said` is said already; what else it names is still to be."""
    return Template(Template((_TEMPLATES / file).read_text("utf-8")).safe_substitute(said))


def page_around(body: Template, *, title: str, style: str, head: str = "") -> Template:
    """A page around `body`, which still names what it names; `style` is the name of its style sheet."""
    return template_of("page.html", title=title, name=style, head=head, body=body.template)
