"""A questionnaire on the website: who wants to be called becomes a lead of Small business."""

from story import records

QUESTIONS = (
    ("How do you plan today?", "simple_choice", ("On paper", "In a spreadsheet", "With software")),
    ("How many of you plan?", "numerical_box", ()),
    ("Shall we call you?", "simple_choice", ("Yes, please", "No, just looking")),
)


def tell(env, story):
    manager = records.recall(env, "user", "manager")
    manager.group_ids += env.ref("survey.group_survey_user")
    survey = env["survey.survey"].create(
        {
            "title": "Which planner fits you?",
            "access_mode": "public",
            "questions_layout": "page_per_question",
            "user_id": manager.id,
            "team_id": records.recall(env, "team", "small_business").id,
        }
    )
    for number, (title, kind, answers) in enumerate(QUESTIONS):
        env["survey.question"].create(
            {
                "survey_id": survey.id,
                "title": title,
                "question_type": kind,
                "sequence": number,
                "suggested_answer_ids": [
                    (0, 0, {"value": answer, "generate_lead": answer.startswith("Yes")}) for answer in answers
                ],
            }
        )
    env["survey.question"].create(
        {
            "survey_id": survey.id,
            "title": "Your e-mail address",
            "question_type": "char_box",
            "sequence": 9,
            "validation_email": True,
        }
    )
    records.remember(env, "survey", ["planner"], survey)
