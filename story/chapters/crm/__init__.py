"""The story itself: the company, its people and teams, the customers, the deals and their history."""

from story.chapters.crm import customers, deals, history, house, people


def tell(env, story):
    house.tell(env, story)
    people.tell(env, story)
    customers.tell(env, story)
    leads = deals.tell(env, story)
    history.tell(env, story, leads)
