"""Chromium for the browser tests and Node.js for the linters: found, or installed on Debian."""

import os
import shutil
import subprocess
from pathlib import Path

from tools.base import TOP, Trouble, cache_dir, digest, locked, made_aside, quiet, run_dir, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
LINT_PACKAGES = (TOP / "package.json", TOP / "package-lock.json")


def chromium(install=True):
    """A launcher for the browser under the name that Odoo looks for, or None."""
    program = _find_chromium()
    if not program and install and _apt_install("chromium"):
        program = _find_chromium()
    if not program:
        return None
    launcher = run_dir() / "bin" / "google-chrome"  # the first name that Odoo tries
    launcher.parent.mkdir(exist_ok=True)
    launcher.write_text(f'#!/bin/sh\nexec "{program}" {FLAGS} "$@"\n')
    launcher.chmod(0o755)
    return launcher


def node_modules():
    """The folder with eslint and prettier, or None where Node.js can't be had."""
    if not shutil.which("npm") and not (_apt_install("nodejs", "npm") and shutil.which("npm")):
        return None
    home = cache_dir() / f"node-{digest(*LINT_PACKAGES)}"
    with locked(home.with_suffix(".lock")):
        if not home.exists():
            say("installing eslint and prettier (once)")
            with made_aside(home) as aside:
                for file in LINT_PACKAGES:
                    shutil.copy(file, aside)
                quiet(
                    ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
                    "eslint and prettier could not be installed",
                    cwd=aside,
                )
    return home / "node_modules"


def _find_chromium():
    named = os.environ.get("CHROME")
    if named:
        if not shutil.which(named):
            raise Trouble(f"$CHROME names {named}, which can't be run.")
        return shutil.which(named)
    own = run_dir() / "bin"
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if Path(part) != own)
    return next(filter(None, (shutil.which(name, path=path) for name in BROWSERS)), None)


def _apt_install(*packages):
    """Install Debian packages where that needs no question; did it work?"""
    if not shutil.which("apt-get"):
        return False
    prefix = []
    if os.geteuid() != 0:
        prefix = ["sudo", "-n"]
        if not shutil.which("sudo") or subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
            return False
    say(f"installing {' '.join(packages)} with apt-get")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        quiet([*prefix, "apt-get", "update", "-qq"], "apt-get update failed", env=environment)
        quiet(
            [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
            f"{' '.join(packages)} could not be installed",
            env=environment,
        )
    except Trouble as trouble:
        say(str(trouble))
        return False
    return True
