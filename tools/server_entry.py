"""Odoo as a program: `python -m odoo` can't start its own evented process."""

import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
