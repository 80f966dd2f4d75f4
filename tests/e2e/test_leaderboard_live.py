"""Two people at two browsers: a deal that one of them wins moves the podium of the other."""

import time

from person import Person

AT_ONCE = 5  # seconds; the figure itself is printed
FIRST = ".o_crm_gamification_podium li:first-child .o_crm_gamification_name"


def test_a_win_moves_the_podium(chrome, server):
    """Olga has the leaderboard open; her manager clicks Won on the deal that takes a colleague to the first place."""
    admin, olga, manager = (Person(chrome, server, login) for login in ("admin", "own", "manager"))
    admin.call("ir.config_parameter", "set_param", "crm_gamification.live", "True")
    olga.opens("/odoo/leaderboard", FIRST)
    rows = olga.call("gamification.challenge", "get_leaderboard")["board"]["rows"]
    first, climber = rows[0], next(row for row in rows if row["place"] != 1)
    missing = 1 + round(float(first["figure"].split()[0]) - float(climber["figure"].split()[0]))
    vals = {"type": "opportunity", "user_id": climber["user_id"]}
    deals = admin.call("crm.lead", "create", [{"name": f"Demo deal {number}", **vals} for number in range(missing)])
    if deals[1:]:
        admin.call("crm.lead", "action_set_won", deals[1:])
    manager.opens(f"/odoo/crm/{deals[0]}", "button[name=action_set_won_rainbowman]")
    assert olga.page.inner_text(FIRST) == first["name"]
    begin = time.monotonic()
    manager.page.click("button[name=action_set_won_rainbowman]")
    olga.page.wait_for_selector(f"{FIRST}:text-is('{climber['name']}')", timeout=AT_ONCE * 1000)
    print(f"seconds from the click to the other podium: {time.monotonic() - begin:.2f}")
