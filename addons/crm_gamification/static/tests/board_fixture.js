/** A row as the server gives it. */
export function rowOf(name, place, points, more = {}) {
    return {
        key: `user-${name}`,
        user_id: place || 99,
        name,
        image: false,
        is_me: false,
        place,
        points,
        has_reached: points >= 100,
        figure: `${points / 10} deals`,
        target: "10 deals",
        gap: place > 1 ? "2" : "",
        trend: { way: "up", text: "+1" },
        figures: [{ line_id: 7, name: "Deals", text: `${points / 10} deals`, opens: false }],
        ...more,
    };
}

export const ROWS = [
    rowOf("Olga", 1, 120),
    rowOf("Otto", 2, 80, { is_me: true }),
    rowOf("Sara", 3, 50),
    rowOf("Fred", 4, 10),
];

/** What `get_leaderboard` answers. */
export function answerOf(more = {}, board = {}) {
    return {
        boards: [
            { id: 1, name: "Most deals", is_running: true },
            { id: 2, name: "Most money", is_running: true },
            { id: 3, name: "Last year", is_running: false },
        ],
        is_live: true,
        can_make: false,
        board: {
            id: 1,
            name: "Most deals",
            is_running: true,
            by: "person",
            ways: [
                ["person", "People"],
                ["team", "Teams"],
            ],
            period: { offset: 0, label: "March 2026", recurs: true, days_left: 22 },
            lines: [{ id: 7, name: "Deals", weight: 1, is_lower: false }],
            rows: ROWS,
            count: ROWS.length,
            note: "",
            ...board,
        },
        ...more,
    };
}
