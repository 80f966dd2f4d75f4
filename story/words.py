"""What is written and said: short texts that could stand in any sales team's mailbox."""

PRODUCTS = (
    # name, price for a company of 10-49 employees, share
    ("Planning board", 3_200, 30),
    ("Route planner", 4_800, 18),
    ("Stock planner", 5_400, 18),
    ("Shift planner", 3_900, 16),
    ("Multi-site planner", 11_000, 10),
    ("Delivery planner", 2_400, 8),
)
SIZE_FACTOR = (0.45, 1.0, 2.4, 5.0, 9.0)

ENQUIRIES = (
    "{hello} we plan everything in spreadsheets and it no longer works. What would the {product} cost for {people}?",
    "{hello} could you send us a quotation for the {product}? We are {people}, in {city}.",
    "{hello} I saw the {product} and would like to know whether it runs beside our old system. We are {people}.",
    "{hello} we open a second site next quarter and look for something like the {product}. Can we talk?",
    "{hello} our planner retires and nobody knows her lists. Could the {product} take over?",
    "{hello} how long does it take until the {product} works for {people}?",
)
REPLIES = (
    "Thank you for writing, {first}. Yes, the {product} does that. How many of you would plan with it, and from when?",
    "Good morning {first}, gladly. So that the offer fits: do you plan by day or by hour, and in how many places?",
    "Hello {first}, thank you. I have put two examples together; may I show them to you in half an hour this week?",
    "Dear {first}, the {product} starts with a day of training. Which of your people should be there?",
)
QUICK_ANSWERS = (
    "Thank you! {planners} of us would plan, by day. We would like to start next month.",
    "Thanks! By hour, in two places. Thursday at ten would suit us.",
    "Great. Please show it to me and my colleague from production. Today still works for us.",
)
SLOW_ANSWERS = (
    "Sorry for the delay, it was a busy week. About {planners} of us would plan.",
    "I had to ask around first. By day, I think. There is no hurry on our side.",
    "I was away. Could you send me the examples once more?",
)
QUOTES = (
    "Dear {first}, here is our quotation for the {product}: {amount}, training included. It holds for thirty days.",
    "Hello {first}, as agreed the quotation: {amount} for the {product}. I shall call you in a few days.",
)
QUESTIONS = (
    "Thank you. Is the price for all {planners} of us, and may we pay by quarter?",
    "My boss asks whether we can leave after a year. What about our data then?",
    "We compare two offers until the end of the month. Can you do anything about the price?",
)
ANSWERS = (
    "All of you are in it, and by quarter is fine.",
    "You can leave at the end of each year and take all data along as a spreadsheet.",
    "I can add a second training day. On the price itself this is our best offer.",
)
YES = (
    "We take it. Please send the contract to me.",
    "The board has agreed. When can we start?",
    "Good news: go ahead, please. Our order is on its way.",
)
NO = {
    "Too expensive": "Thank you for your trouble, but it is more than we can spend.",
    "Chose a competitor": "We have decided for another supplier. It was close.",
    "No budget this year": "All investments of this year have been stopped. Perhaps next year.",
    "Not a fit for us": "Our planners tried it and want to stay with what they know.",
}
BROCHURE = "Downloaded the brochure “The {product} in ten pages” from the website."
CALL_NOTES = (
    "Two planners, wants to see it with own data.",
    "Old system ends in spring, so there is a date.",
    "Decision lies with the owner, {first} prepares it.",
    "Interested, but asked twice about the price.",
)
MEETING_NOTES = (
    "Showed the {product} with their own lists. They liked the colours and asked for a quotation.",
    "Three people were there. One doubts that the drivers will use it.",
    "Went well, next step is the quotation.",
)
FOLLOW_UP_NOTES = (
    "Quotation arrived, is with the boss.",
    "Will answer by the end of the week.",
    "Has two questions left.",
)

CALL, SHOW, QUOTE, FOLLOW_UP = "First call", "Show the {product}", "Write the quotation", "Follow up the quotation"
CALL_FOR_DEMO = "Call for a demo"
TAGS = ("Upgrade", "Training", "Integration", "Second site")


def people(company):
    return "just me" if company.has_free_mailbox else f"{company.employees} people"


def fill(template, company, product, amount=0):
    return template.format(
        hello=company.country.hello,
        product=product.lower(),
        people=people(company),
        city=company.city,
        first=company.contact.split()[0],
        amount=f"{amount:,.0f} €",
        planners=max(2, min(9, company.employees // 12)),
    )
