"""Pictures of the running demo for README and docs, made by a browser as each of its people."""

import contextlib
import io
from dataclasses import dataclass, field

from tools import browser, databases, demo
from tools.base import TOP, Trouble, run_dir, say

FOLDER = TOP / "docs" / "pictures"
DATABASE = "pictures"
COLOURS = 128
BIGGEST = 200_000
WIDE = (1440, 860)


@dataclass(frozen=True)
class Picture:
    """`steps`: what to click once the page stands, as selectors of the browser driver; `hover:…` points
    at something only, `type:…` types, `wait:…` waits for it."""

    name: str
    login: str
    url: str
    ready: str
    steps: tuple[str, ...] = field(default=())
    viewport: tuple[int, int] = WIDE


CARDS, FORM = ".o_kanban_record", "wait:.o-mail-Chatter .o-mail-Message"
ROWS = ".o_data_row"
FIGURES = ".o_crm_reports_tile"
GEAR = (
    "hover:.o_kanban_group >> nth=1 >> .o_kanban_header",
    ".o_kanban_group >> nth=1 >> .o_group_config button",
)
TALL = (1440, 1290)
BOARD = ".o-dashboard-clickable-cell"
NO_FILTER = ".o_searchview_facet .o_facet_remove"
PICTURES = (
    Picture("pipeline", "leader", "/odoo/crm", CARDS, (NO_FILTER,)),
    Picture("first-own", "own", "/odoo", CARDS),
    Picture("first-all", "all", "/odoo", CARDS),
    Picture("first-leader", "leader", "/odoo", CARDS),
    Picture("first-manager", "manager", "/odoo", CARDS),
    Picture("first-reseller", "reseller", "/my/pipeline", ".o_crm_reseller_card"),
    Picture(
        "reseller-quotation",
        "reseller",
        "/my/pipeline?search=Llama",
        ".o_crm_reseller_card",
        (
            ".o_crm_reseller_card a[href^='/my/pipeline/']",
            "a[href$='/quotations/new']",
            "wait:input[inputmode=decimal]",
        ),
    ),
    Picture("reseller-programme", "reseller", "/my/programme", "main"),
    Picture("reseller-board", "manager", "/odoo/action-crm_reseller.crm_reseller_board_action", CARDS),
    Picture(
        "reseller-registrations",
        "manager",
        "/odoo/action-crm_reseller.crm_deal_registration_action",
        ROWS,
        (ROWS, "wait:.o_form_view"),
    ),
    Picture("lead", "own", "/odoo/crm", CARDS, (".o_kanban_record:has-text('Paper Otter')", FORM)),
    Picture(
        "timeline",
        "own",
        "/odoo/crm",
        CARDS,
        (".o_kanban_record:has-text('Paper Otter')", FORM, "a[name=timeline]", "wait:.o_crm_core_timeline"),
    ),
    Picture(
        "attention",
        "leader",
        "/odoo/crm",
        CARDS,
        (".o_searchview_dropdown_toggler", "wait:.o_search_bar_menu:has-text('Customer Is Waiting')"),
    ),
    Picture("activities", "own", "/odoo/crm", CARDS, ("button.o_activity",)),
    Picture("leads", "manager", "/odoo/crm-leads", ".o_data_row"),
    Picture("forecast", "own", "/odoo/action-crm.action_opportunity_forecast", CARDS),
    Picture(
        "phone-note",
        "own",
        "/odoo/crm",
        CARDS,
        (".o_crm_core_quick_note", "type:Anna from Demo Bakery wants prices, +44 20 7946 0958"),
    ),
    Picture(
        "archive-column", "leader", "/odoo/crm", CARDS, (NO_FILTER, *GEAR, ".o_crm_core_archive_group", "wait:.modal p")
    ),
    Picture("team-assignment", "manager", "/odoo/team-assignment", ROWS),
    Picture(
        "leads-assignment",
        "manager",
        "/odoo/action-crm_core.crm_team_member_action_assignment",
        ".o_group_header",
        (".o_group_header >> nth=0",),
    ),
    Picture(
        "assignment-trial",
        "manager",
        "/odoo/team-assignment",
        ROWS,
        (
            f"{ROWS}:has-text('Enterprise') button[name=action_try_assignment]",
            ".modal button[name=action_try]",
            f"wait:.modal {ROWS}",
        ),
    ),
    Picture(
        "assignment-run",
        "manager",
        "/odoo/action-crm_assignment.crm_assignment_run_action",
        ROWS,
        (f"{ROWS} >> nth=0 >> td[name=way]", "wait:.o_form_view .o_field_widget[name=line_ids] .o_data_row"),
    ),
    Picture(
        "assignment-why",
        "manager",
        "/odoo/action-crm_assignment.crm_assignment_run_action",
        ROWS,
        (
            f"{ROWS} >> nth=0 >> td[name=way]",
            "button[name=action_open_given]",
            f"{ROWS} >> nth=0 >> td[name=lead_id]",
            "button[name=action_why]",
            "wait:.o_crm_assignment_why",
        ),
    ),
    Picture(
        "score",
        "own",
        "/odoo/crm",
        CARDS,
        (
            ".o_kanban_record:has-text('Paper Otter')",
            FORM,
            ".o_form_sheet .o_crm_lead_scoring_badge",
            "wait:.o_crm_lead_scoring_popover",
        ),
    ),
    Picture("reports", "manager", "/odoo/crm-reports", CARDS),
    Picture("team-dashboard", "leader", "/odoo/team-dashboard", FIGURES),
    Picture("month-end", "manager", "/odoo/month-end", FIGURES),
    Picture("leaks", "manager", "/odoo/revenue-leaks", FIGURES),
    Picture("attribution", "manager", "/odoo/crm-attribution", ".o_pivot_cell_value"),
    Picture(
        "mailed-view",
        "manager",
        "/odoo/crm-reports",
        CARDS,
        (
            ".o_kanban_record:has-text('Won by Team')",
            "wait:.o_graph_renderer canvas",
            ".o_cp_action_menus .dropdown-toggle",
            ".o_crm_mail_this_view",
            ".modal button[name=action_preview]",
            "wait:.modal .o_field_widget[name=preview]:has-text('Won by Team')",
        ),
    ),
    Picture("leaderboard", "own", "/odoo/leaderboard", ".o_crm_gamification_podium"),
    Picture(
        "leaderboard-wall",
        "manager",
        "/odoo/leaderboard",
        ".o_crm_gamification_podium",
        (".o_crm_gamification_open_wall", "wait:.o_crm_gamification_wall .o_crm_gamification_podium"),
    ),
    Picture(
        "gallery",
        "leader",
        "/odoo/action-crm_gamification.crm_game_template_action",
        CARDS,
        (".o_kanban_record:has-text('Who closes') button", "wait:.modal tbody tr"),
    ),
    Picture("ledger", "leader", "/odoo/action-crm_gamification.crm_game_entry_action", ROWS),
    Picture("scoring-rules", "manager", "/odoo/action-crm_lead_scoring.crm_scoring_rule_action", ROWS),
    Picture(
        "learned-score",
        "manager",
        "/odoo/action-crm_lead_scoring.crm_scoring_model_action",
        ROWS,
        (f"{ROWS} >> nth=0 >> td[name=trained_at]", "wait:.o_form_view canvas"),
    ),
    Picture(
        "ready-process",
        "manager",
        "/odoo/action-sales_team.crm_team_action_config",
        ROWS,
        (
            f"{ROWS}:has-text('Europa') td[name=name]",
            "button[name=action_start_process]",
            ".modal [name=process_id] input",
            ".o_select_menu_item:has-text('Enterprise')",
            "wait:.modal .o_data_row:has-text('Negotiation')",
        ),
    ),
    *(
        Picture(
            f"dashboard-{name}",
            "manager",
            "/odoo/dashboards",
            BOARD,
            (f"li[data-name='{title}']", f"wait:{BOARD}"),
            TALL,
        )
        for name, title in (
            ("pipeline", "Pipeline"),
            ("team-pipeline", "Team Pipeline"),
            ("forecast", "Forecast"),
            ("attribution", "Marketing Attribution"),
            ("unattended", "Unattended Leads"),
            ("month-end", "Month End"),
        )
    ),
    Picture(
        "settings",
        "admin",
        "/odoo/settings?module=crm",
        ".settings_tab",
        (".settings_tab [data-key=crm]", "hover:#crm_attention"),
    ),
)


def run(options):
    """Make the named pictures, or all of them."""
    known = {picture.name: picture for picture in PICTURES}
    unknown = [name for name in options.names if name not in known]
    if unknown:
        raise Trouble(f"there is no picture {unknown[0]!r}; there are {', '.join(known)}.")
    program = browser.chromium()
    if not program:
        raise Trouble("pictures need Chromium or Chrome: install it, or name it in $CHROME.")
    wanted = [known[name] for name in options.names] or PICTURES
    demo.told(DATABASE)
    try:
        with demo.served(DATABASE, run_dir() / "logs" / "pictures.log") as address, _camera(program, address) as take:
            FOLDER.mkdir(parents=True, exist_ok=True)
            for picture in wanted:
                file = FOLDER / f"{picture.name}.png"
                file.write_bytes(take(picture))
                say(f"{file.relative_to(TOP)}: {file.stat().st_size // 1000} kB")
    finally:
        databases.drop(DATABASE)
    return 0


@contextlib.contextmanager
def _camera(program, address):
    """Yields a function that takes a picture and gives back its bytes."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chrome = driver.chromium.launch(executable_path=str(program))
        people = {}

        def take(picture):
            if picture.login not in people:
                people[picture.login] = _log_in(chrome, address, picture.login)
            return _take(people[picture.login], address, picture)

        try:
            yield take
        finally:
            chrome.close()


def _log_in(chrome, address, login):
    context = chrome.new_context(locale="en-GB", timezone_id="Europe/Budapest", reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for_url(lambda url: "/web/login" not in url)
    page.close()
    return context


def _take(context, address, picture):
    page = context.new_page()
    page.set_viewport_size(dict(zip(("width", "height"), picture.viewport, strict=True)))
    page.goto(address + picture.url)
    page.wait_for_selector(picture.ready)
    for step in picture.steps:
        _do(page, step)
    _settle(page)
    raw = page.screenshot()
    page.close()
    return _pressed(raw)


def _do(page, step):
    kind, _colon, rest = step.partition(":")
    if kind == "wait":
        page.wait_for_selector(rest)
    elif kind == "hover":
        page.locator(rest).first.hover()
    elif kind == "type":
        page.keyboard.type(rest)
    else:
        page.locator(step).first.click()


def _settle(page):
    """Until nothing is loaded any more and no picture is half drawn."""
    page.mouse.move(0, 0)
    page.wait_for_selector(".o_loading_indicator", state="detached")
    page.wait_for_function("() => [...document.images].every((image) => image.complete || image.loading === 'lazy')")
    page.wait_for_timeout(1500)  # charts, progress bars and notifications move into place


def _pressed(raw):
    """A palette instead of true colours, smaller until it fits into a README."""
    from PIL import Image

    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    colours = COLOURS
    while True:
        output = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(output, "PNG", optimize=True)
        if output.tell() <= BIGGEST or colours <= COLOURS // 8:
            return output.getvalue()
        colours //= 2
