"""What a partner reads and writes of his leads. Whatever is not named here is closed to him, new fields too."""

CONTACT = frozenset(
    {"partner_name", "contact_name", "phone", "email_from"}
    | {"street", "street2", "city", "zip", "state_id", "country_id"}
)
WRITTEN = CONTACT | {"name", "expected_revenue", "date_deadline", "priority"}
READ = WRITTEN | {
    *("id", "display_name", "type", "active", "create_date", "date_closed", "date_last_stage_update"),
    *("stage_id", "won_status", "lost_reason_id", "company_id", "company_currency", "function", "website"),
    *("partner_id", "partner_assigned_id", "date_partner_assign", "user_id", "team_id"),
    *("message_ids", "website_message_ids", "has_message", "message_has_error", "message_needaction"),
    *("message_is_follower", "message_attachment_count", "access_token", "rating_ids"),
}
