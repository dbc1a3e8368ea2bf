"""What may be wrong with a page that shows hostile texts, as its browser sees it."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

from tests.dashboard.running import rested

_UNFOLD: Final = (
    "document.querySelectorAll('details:not([open]) > summary').forEach(each => each.click())"
)
_FAULTS: Final = """() => {
  const found = [];
  const start = each => ': ' + JSON.stringify((each.innerText ?? each).slice(0, 80));
  if (window.canary !== undefined) found.push('the canary sang');
  const made = 'img[src="x"], [onerror], [onload], [ontoggle], [onmouseover], [srcdoc], font, base,'
    + 'object, embed, video, form[action], a[href*="evil.example"], a[href*="host.example"],'
    + 'a[href^="javascript:"], [src*="evil.example"], .katex, meta[http-equiv=refresh]';
  for (const each of document.querySelectorAll(made))
    found.push('made: ' + each.outerHTML.slice(0, 120));
  const wide = ['html', 'body', '[data-testid=stMain]', '[data-testid=stMainBlockContainer]'];
  for (const name of wide) for (const each of document.querySelectorAll(name))
    if (each.scrollWidth > each.clientWidth + 1)
      found.push(name + ' is ' + each.scrollWidth + ' wide, of ' + each.clientWidth);
  const main = document.querySelector('[data-testid=stMain]');
  const hidden = /[\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069\\u061c\\ufeff]/;
  // Parts of dates and times are held apart by isolates; what is edited stays as it is.
  const own = '[data-testid=stDateInput] *, [data-testid=stTimeInput] *, textarea';
  const said = [...main.querySelectorAll('*')].filter(each => !each.matches(own)).flatMap(each => [
    ...[...each.childNodes].filter(at => at.nodeType === 3).map(at => at.data),
    ...['title', 'aria-label', 'alt', 'placeholder'].map(name => each.getAttribute(name) ?? ''),
  ]);
  for (const text of said) if (hidden.test(text)) found.push('hides' + start(text));
  const blocks = '[data-testid=stText], [data-testid=stAlert], label, button';
  for (const each of main.querySelectorAll(blocks)) {
    const box = each.getBoundingClientRect();
    // What scrolls by itself takes the room that it was given, and no more.
    let [height, right] = [box.height, box.right];
    for (let at = each.parentElement; at !== null && at !== main; at = at.parentElement) {
      const look = getComputedStyle(at);
      if (/auto|scroll/.test(look.overflowY)) height = Math.min(height, at.clientHeight);
      if (/auto|scroll/.test(look.overflowX))
        right = Math.min(right, at.getBoundingClientRect().right);
    }
    if (height > 2500) found.push('is ' + height + ' high' + start(each));
    if (box.width > 0 && right > innerWidth + 1) found.push('ends at ' + right + start(each));
  }
  return found;
}"""


def settled(page: Page) -> None:
    """Wait until the run that something began is over."""
    page.wait_for_timeout(150)
    rested(page)


def faults(page: Page, where: str) -> list[str]:
    """Open what is folded and give what is wrong with what is seen."""
    page.evaluate(_UNFOLD)
    settled(page)
    found = list(dict.fromkeys(page.evaluate(_FAULTS)))
    return [f"{where}: {fault}" for fault in found]
