"""Wait for something to be true on a page.

Playwright's own `wait_for_function` asks again with `eval` inside the page, which a page's policy rightly forbids: it
passes only when the answer is yes at the first try.
"""

import time

PATIENCE = 30
PAUSE = 0.02


def until(page, expression, arg=None):
    """Wait until a JavaScript expression is true on a page; `TimeoutError` names the expression.

    >>> class Page:
    ...     url, answers = "file:///a.html", [False, True]
    ...     def evaluate(self, expression, arg): return self.answers.pop(0)
    >>> until(Page(), "window.ready")
    """
    end = time.monotonic() + PATIENCE
    while not page.evaluate(expression, arg):
        if time.monotonic() > end:
            raise TimeoutError(f"{page.url}: never true: {expression}")
        time.sleep(PAUSE)
