from . import (
    test_assignment_menu,
    test_column_change,
    test_company_profile,
    test_event_log,
    test_js,
    test_lost_reason,
    test_meeting,
    test_phone_note,
    test_process,
    test_security,
    test_settings,
    test_ui,
)
