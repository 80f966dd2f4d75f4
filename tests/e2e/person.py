"""A person at a browser."""

CALL = """async ([model, method, args]) => {
    const answer = await fetch(`/web/dataset/call_kw/${model}/${method}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ params: { model, method, args, kwargs: {} } }),
    });
    const { result, error } = await answer.json();
    if (error) {
        throw new Error(error.data.message);
    }
    return result;
}"""


class Person:
    """Somebody with a browser of his own, logged in if a log-in is named."""

    def __init__(self, chrome, server, login=None):
        self.page = chrome.new_context(reduced_motion="reduce").new_page()
        self.server = server
        if login:
            self.logs_in(login)

    def logs_in(self, login):
        self.page.goto(f"{self.server}/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", login)
        self.page.click("form.oe_login_form button[type=submit]")
        self.page.wait_for_url(lambda url: "/web/login" not in url)

    def call(self, model, method, *args):
        return self.page.evaluate(CALL, [model, method, list(args)])

    def opens(self, path, ready):
        self.page.goto(self.server + path)
        self.page.wait_for_selector(ready)
