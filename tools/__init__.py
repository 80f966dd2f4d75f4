"""What `./run` does: sets Odoo up, makes databases, runs tests, benches and the demo.

Standard library only, so that it starts on a bare Python; what needs the suite's own
packages runs in the virtual environment that `python_env` keeps.
"""
