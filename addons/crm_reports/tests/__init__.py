from . import (
    test_view_mail_job,
    test_view_mail_letter,
    test_view_mail_reading,
    test_view_mail_security,
    test_view_mail_ui,
)
