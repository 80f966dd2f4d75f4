"""Makes each addon's README.rst from the fragments in its readme/ folder."""

import re

from tools.base import ADDONS
from tools.databases import manifest, own_addons

SECTIONS = (("", "DESCRIPTION"), ("Configuration", "CONFIGURE"), ("Usage", "USAGE"), ("Development", "DEVELOP"))


def render(addon):
    about = manifest(addon)
    title = about["name"]
    lines = ["=" * len(title), title, "=" * len(title), "", f"*{about['summary']}.*", ""]
    for heading, name in SECTIONS:
        fragment = ADDONS / addon / "readme" / f"{name}.md"
        if fragment.exists():
            if heading:
                lines += [heading, "-" * len(heading), ""]
            lines += [re.sub(r"(?<!`)`([^`]+)`(?!`)", r"``\1``", fragment.read_text().strip()), ""]
    lines += [f"License: {about['license']}", ""]
    return "\n".join(lines)


def write_all():
    for addon in own_addons():
        if (ADDONS / addon / "readme").is_dir():
            (ADDONS / addon / "README.rst").write_text(render(addon))


def stale():
    """Addons whose README.rst is not what their fragments say."""
    found = []
    for addon in own_addons():
        target = ADDONS / addon / "README.rst"
        if (ADDONS / addon / "readme").is_dir() and (not target.exists() or target.read_text() != render(addon)):
            found.append(addon)
    return found
