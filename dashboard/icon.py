"""The page's icon, drawn here: an icon by name would be fetched from another host."""

from __future__ import annotations

from PIL import Image, ImageDraw


def icon() -> Image.Image:
    """Give two dots and the line between them, 32 pixels wide."""
    image = Image.new("RGB", (32, 32), "#0072B2")
    pen = ImageDraw.Draw(image)
    pen.line(((9, 22), (23, 10)), fill="white", width=3)
    for x, y in ((9, 22), (23, 10)):
        pen.ellipse((x - 5, y - 5, x + 5, y + 5), fill="white")
    return image
