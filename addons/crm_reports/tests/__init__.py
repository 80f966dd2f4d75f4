from . import test_view_mail_job
from . import test_view_mail_letter
from . import test_view_mail_reading
from . import test_view_mail_security
from . import test_view_mail_ui
