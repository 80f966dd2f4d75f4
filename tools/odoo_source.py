"""Where Odoo 19 comes from: $ODOO_HOME, an importable `odoo`, Debian's package, or a clone.

`home()` answers with the folder that holds the Python package `odoo`, ready for PYTHONPATH.
"""

import json
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

from tools import python_env
from tools.base import Trouble, cache_dir, locked, made_aside, quiet, say

SERIES = "19.0"
FRESH, STABLE = "sid", "stable"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# Odoo and what Debian split off from it, by suite: the icon font is too new in the fresh one
PACKAGES = {
    FRESH: [
        "odoo-19",
        "libjs-jquery",
        "libjs-jquery-form",
        "libjs-underscore",
        "fonts-roboto-unhinted",
        "fonts-montserrat",
        "fonts-ocr-b",
        "fonts-glyphicons-halflings",
        "gsfonts",
        "fonts-dejavu-core",
    ],
    STABLE: ["fonts-font-awesome", "fonts-inconsolata"],
}
INSIDE_PACKAGE = Path("usr/lib/python3/dist-packages")
# what Debian took out and the web client looks for
SEGMENTATION = Path("odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js")
SEGMENTATION_SOURCE = "@mediapipe/selfie_segmentation"


def home():
    """Folder of the `odoo` package's parent; fetches it the first time."""
    named = os.environ.get("ODOO_HOME")
    if named:
        return _named(Path(named).expanduser())
    return _importable() or _cached()


def version(odoo_home):
    text = (odoo_home / "odoo" / "release.py").read_text()
    found = re.search(r"^version_info\s*=\s*\((\d+),\s*(\d+)", text, re.M)
    return ".".join(found.groups()) if found else "unknown"


def core_addons(odoo_home):
    """Folders in which Odoo's own addons lie."""
    folders = [odoo_home / "odoo" / "addons", odoo_home / "addons"]
    return [folder for folder in folders if folder.is_dir()]


def _named(folder):
    for candidate in (folder, folder / INSIDE_PACKAGE):
        if (candidate / "odoo" / "release.py").exists():
            if version(candidate) != SERIES:
                raise Trouble(f"$ODOO_HOME holds Odoo {version(candidate)}; the suite is made for {SERIES}.")
            return candidate
    raise Trouble(f"$ODOO_HOME ({folder}) holds no Odoo: a checkout or an unpacked package is expected there.")


def _importable():
    probe = "import odoo.release as r, pathlib; print(pathlib.Path(r.__file__).resolve().parents[1])"
    for python in (python_env.python(), "/usr/bin/python3"):
        done = (
            subprocess.run(
                [str(python), "-c", probe],
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
            )
            if Path(python).exists()
            else None
        )
        if done and done.returncode == 0:
            folder = Path(done.stdout.strip())
            if version(folder) == SERIES:
                return folder
    return None


def _cached():
    whole = cache_dir() / f"odoo-{SERIES}"
    inside = whole / "where.json"
    if not inside.exists():
        with locked(whole.with_suffix(".lock")):
            if not inside.exists():
                _fetch(whole)
    return whole / json.loads(inside.read_text())["odoo"]


def _fetch(whole):
    say(f"getting Odoo {SERIES} into {whole} (once, about 150 MB)")
    with made_aside(whole) as aside:
        if _apt_is_debians():
            _from_debian(aside)
            where = INSIDE_PACKAGE
        elif shutil.which("git"):
            _from_git(aside)
            where = Path("odoo")
        else:
            raise Trouble(
                "Odoo 19 is not here: name a checkout of it in $ODOO_HOME, or install git so that it can be cloned."
            )
        (aside / "where.json").write_text(json.dumps({"odoo": str(where)}))


def _apt_is_debians():
    if not (shutil.which("apt-get") and shutil.which("dpkg") and KEYRING.exists()):
        return False
    return bool(_debian_site())


def _debian_site():
    """The Debian mirror that this machine's own apt uses."""
    done = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(ORIGIN) $(SITE) $(REPO_URI)", "Created-By: Packages"],
        capture_output=True,
        text=True,
        check=False,
    )
    uris = [line.split()[2] for line in done.stdout.splitlines() if line.startswith("Debian ")]
    if not uris:  # the lists were never fetched: their origin is not known yet
        os_release = Path("/etc/os-release")
        if not (os_release.exists() and re.search(r"^ID=\"?debian", os_release.read_text(), re.M)):
            return None
        done = subprocess.run(
            ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Component: main"],
            capture_output=True,
            text=True,
            check=False,
        )
        uris = done.stdout.split()
    usual = [uri for uri in uris if "security" not in uri]
    return (usual or uris or [None])[0]


def _from_debian(aside):
    site, work = _debian_site(), aside / "apt"
    for suite, names in PACKAGES.items():
        state = work / suite
        for folder in ("lists/partial", "cache/archives/partial", "debs"):
            (state / folder).mkdir(parents=True)
        (state / "sources.list").write_text(f"deb [signed-by={KEYRING}] {site} {suite} main\n")
        options = {
            "Dir::Etc::sourcelist": state / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::State": state,
            "Dir::State::Lists": state / "lists",
            "Dir::Cache": state / "cache",
            "Debug::NoLocking": "1",
            "APT::Sandbox::User": "",
            "Acquire::Languages": "none",
        }
        apt = ["apt-get", *(word for key, value in options.items() for word in ("-o", f"{key}={value}"))]
        quiet([*apt, "update"], f"Debian's list of packages ({suite}) could not be read")
        quiet([*apt, "download", *names], "Debian's packages could not be downloaded", cwd=state / "debs")
        for package in sorted((state / "debs").glob("*.deb")):
            quiet(["dpkg", "-x", package, aside], f"{package.name} could not be unpacked (is the disk full?)")
    shutil.rmtree(work)
    _add_segmentation(aside)
    dangling = [link for link in aside.rglob("*") if link.is_symlink() and not link.exists()]
    if dangling:
        raise Trouble(f"the unpacked Odoo has {len(dangling)} links that lead nowhere, the first is {dangling[0]}.")


def _add_segmentation(aside):
    """The library that blurs the background in calls; without it browser tests log an error."""
    target = aside / INSIDE_PACKAGE / SEGMENTATION
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if not shutil.which("npm"):
        target.write_text("/* Not to be had without npm: calls have no background blur. */\n")
        return
    work = aside / "npm"
    work.mkdir()
    archive = quiet(
        ["npm", "pack", "--silent", SEGMENTATION_SOURCE],
        f"{SEGMENTATION_SOURCE} could not be fetched",
        cwd=work,
    ).split()[-1]
    with tarfile.open(work / archive) as content:
        target.write_bytes(content.extractfile(f"package/{target.name}").read())
    shutil.rmtree(work)


def _from_git(aside):
    """A shallow clone of Odoo's public branch, for systems whose apt is not Debian's."""
    quiet(
        [
            "git",
            "clone",
            "--quiet",
            "--depth",
            "1",
            "--branch",
            SERIES,
            "https://github.com/odoo/odoo.git",
            aside / "odoo",
        ],
        "Odoo 19 could not be cloned; name a checkout of it in $ODOO_HOME instead",
    )
