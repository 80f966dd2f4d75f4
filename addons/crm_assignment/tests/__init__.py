from . import test_absence
from . import test_arrival
from . import test_methods
from . import test_probabilities
from . import test_run_goes_on
from . import test_share
from . import test_take_back
