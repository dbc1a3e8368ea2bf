"""A chart begun with what is suggested while typing, by keys alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.dashboard.running import rested


def begun_with_a_suggestion(page: Page, typed: str, line: str) -> None:
    """Type a beginning, take the only line that is suggested, see the chart, and clear it."""
    box = page.get_by_label("Tip number or any identifier")
    suggested = page.locator(".suggestions")
    box.press_sequentially(typed, delay=20)
    expect(suggested.get_by_role("button")).to_have_text([line], timeout=15_000)
    expect(suggested).to_contain_text("Taken for: ")
    box.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The chart as tables")).to_be_visible()
    expect(suggested.get_by_role("button")).to_have_count(0)
    rested(page)
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_text("The chart is empty")).to_be_visible()
    rested(page)
