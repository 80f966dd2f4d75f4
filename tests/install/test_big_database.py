"""An administrator with years of leads dares it."""

from argparse import Namespace

from benchmarks import install


def test_a_million_leads():
    """Installing crm_core on a million leads takes at most a minute and writes to none of them."""
    (measured,) = install.measure(Namespace(size=None))
    assert measured["size"] == 1_000_000
    assert measured["changed"] == 0
    assert measured["suite_s"] <= install.SECONDS
