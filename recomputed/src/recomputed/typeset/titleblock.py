"""What the templates read, as a block of Markdown: `quarto.lua` takes it out of the body and into the metadata.

Quarto makes title blocks of its own; with this both engines fill the same templates with the same texts.
"""

import os
from collections.abc import Mapping
from typing import Any

from recomputed import paths
from recomputed.editions import PROFILE, RUN_BY_QUARTO, at_hand
from recomputed.manuscript.frontmatter import front_matter
from recomputed.manuscript.inline import block
from recomputed.manuscript.markdown import READER
from recomputed.manuscript.settings import document_metadata, project_settings
from recomputed.manuscript.source import read_manuscript
from recomputed.typeset.pandoc import variables_of_parts
from recomputed.variables import variable

INLINE_READER = READER.replace("+table_attributes", "")  # which pandoc has from 3.7 on
STYLE = "style"  # long, and Quarto's filter reads it itself


def title_block(
    metadata: Mapping[str, Any], profile: str | None, pictures: Mapping[str, str] | None = None
) -> str:
    """The block for a document of these metadata, with other names for `pictures`."""
    front = front_matter(metadata, profile)
    variables = {
        part: {name: text for name, text in told.items() if name != STYLE}
        for part, told in variables_of_parts(front).items()
    }
    return block(
        "title-block",
        {
            "front": {**front, "reader": INLINE_READER},
            "variables": variables,
            "pictures": dict(pictures or {}),
        },
    )


def title_block_for_quarto() -> str:
    """The block for the manuscript where Quarto executes it; nothing anywhere else, where it is added later."""
    if RUN_BY_QUARTO not in os.environ:
        return ""
    profile = variable(PROFILE) or None
    settings = project_settings(paths.ROOT, profile)
    return title_block(document_metadata(settings, read_manuscript(at_hand()).metadata), profile)
