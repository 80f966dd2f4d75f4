"""What passed, failed, was left out: collected from all parts, closed in a line."""

from tools import rows


class Report:
    def __init__(self, strict):
        self.strict = strict  # what was left out is a failure
        self.passed, self.failed, self.skipped = {}, {}, {}
        self.unstable, self.known = [], []

    def add(self, part, passed=(), failed=(), skipped=()):
        """Note test ids; `failed` and `skipped` are mappings from id to the reason."""
        self.passed.update(dict.fromkeys(passed, part))
        self.failed.update({name: (part, reason) for name, reason in dict(failed).items()})
        self.skipped.update({name: (part, reason) for name, reason in dict(skipped).items()})

    def summary(self, part):
        passed = sum(1 for where in self.passed.values() if where == part)
        failed = sum(1 for where, _reason in self.failed.values() if where == part)
        return f"{passed} passed, {failed} failed"

    def close(self, rows_wanted=True):
        """Print the report; exit status 0 when nothing failed."""
        for name, (part, reason) in sorted(self.failed.items()):
            print(f"FAILED {part}: {name}\n    {reason}")
        for name, (part, reason) in sorted(self.skipped.items()):
            print(f"LEFT OUT {part}: {name} ({reason})")
        for name in self.unstable:
            print(f"UNSTABLE {name}: passed only when run once more by itself")
        for name, reason in self.known:
            print(f"KNOWN {name}: {reason}")
        if rows_wanted:
            rows.report(set(self.passed)).print()
        failed = len(self.failed) + (len(self.skipped) if self.strict else 0)
        if self.skipped:
            print(f"{len(self.passed)} passed, {failed} failed, {len(self.skipped)} skipped")
        else:
            print(f"{len(self.passed)} passed, {failed} failed")
        return 1 if failed else 0
