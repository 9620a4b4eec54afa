"""A pseudo-terminal whose bytes pyte makes a screen of; for Debian's Python, to which its package python3-pyte belongs."""

import os, subprocess, time

try:
    import pyte
except ImportError:
    subprocess.run([f"{os.path.dirname(os.path.abspath(__file__))}/packages", "python3-pyte"], check=True)
    import pyte
import pseudo_terminal

CLEAR = b"\x1b[H\x1b[2J"


class Picture(pyte.Screen):
    """pyte's screen, with what xterm does and it does not: an alternate screen, a character repeated,
    scrolling, and blanks of the background of now."""

    last, under = " ", None

    def set_mode(self, *modes, **named):
        super().set_mode(*modes, **named)
        if 1049 in modes and self.under is None:
            self.under = {y: dict(line) for y, line in self.buffer.items()}, (self.cursor.x, self.cursor.y)
            self.erase_in_display(2)

    def reset_mode(self, *modes, **named):
        super().reset_mode(*modes, **named)
        if 1049 in modes and self.under is not None:
            rows, (self.cursor.x, self.cursor.y) = self.under
            self.under = None
            self.erase_in_display(2)
            for y, line in rows.items():
                self.buffer[y].update(line)
            self.ensure_hbounds()
            self.ensure_vbounds()

    def draw(self, data):
        self.last = data[-1:] or self.last
        super().draw(data)

    def repeat(self, count=1):
        self.draw(self.last * count)

    def scroll_up(self, count=None):
        self.scroll(count or 1, self.delete_lines)

    def scroll_down(self, count=None):
        self.scroll(count or 1, self.insert_lines)

    def scroll(self, count, change):
        place, self.cursor.y = (self.cursor.x, self.cursor.y), (self.margins or (0, 0))[0]
        change(count)
        self.cursor.x, self.cursor.y = place

    # Lines and characters that come in have the background of now, and what pyte never touched is blank too.

    def insert_lines(self, count=None):
        self.shift(count or 1, -1)

    def delete_lines(self, count=None):
        self.shift(count or 1, 1)

    def shift(self, count, way):
        top, bottom = self.margins or (0, self.lines - 1)
        if not top <= self.cursor.y <= bottom:
            return
        rows = range(self.cursor.y, bottom + 1)
        before = {y: dict(self.buffer[y]) for y in rows}
        for y in rows:
            line = self.buffer[y]
            line.clear()
            line.update(before.get(y + way * count) or {x: self.cursor.attrs for x in range(self.columns)})
        self.cursor.x = 0

    def insert_characters(self, count=None):
        self.push(-(count or 1))

    def delete_characters(self, count=None):
        self.push(count or 1)

    def push(self, by):
        line = self.buffer[self.cursor.y]
        before = [line[x] for x in range(self.columns)]
        for x in range(self.cursor.x, self.columns):
            line[x] = before[x + by] if self.cursor.x <= x + by < self.columns else self.cursor.attrs

    def cells(self):
        """What is seen: characters and colours by row, and the cursor; the ink of a blank is not seen."""
        rows = []
        for y in range(self.lines):
            line = self.buffer[y]
            rows.append([seen(line[x]) for x in range(self.columns)])
        return rows, None if self.cursor.hidden else (self.cursor.x, self.cursor.y)

    def row(self, y):
        return "".join(self.buffer[y][x].data for x in range(self.columns))

    @property
    def text(self):
        return "\n".join(self.row(y) for y in range(self.lines))


class Reader(pyte.ByteStream):
    csi = {**pyte.ByteStream.csi, "b": "repeat", "S": "scroll_up", "T": "scroll_down"}
    events = frozenset([*pyte.ByteStream.events, "repeat", "scroll_up", "scroll_down"])


def seen(cell):
    if cell.data == " " and not cell.reverse and not cell.underscore:
        return " ", cell.bg
    return tuple(cell)


class EmulatedTerminal(pseudo_terminal.Terminal):
    """The pseudo-terminal with an emulator behind it: what it shows is `picture`, what came lately `since`.

    `drawn` is what came since the screen was cleared last.
    """

    def __init__(self, *words, size, **named):
        self.size, self.heard, self.since, self.drawn = size, time.monotonic(), b"", b""
        self.fresh()
        super().__init__(*words, size=size, **named)

    def fresh(self):
        """Another emulator in the place of this one, which knows nothing of what was drawn before."""
        before = getattr(self, "picture", None)
        self.picture = Picture(*self.size)
        # Drawing does not show or hide the cursor anew.
        self.picture.cursor.hidden = before is not None and before.cursor.hidden
        self.reader = Reader(self.picture)

    def resize(self, columns, rows):
        self.size = columns, rows
        self.picture.resize(rows, columns)
        super().resize(columns, rows)

    def take(self, data):
        self.heard = time.monotonic()
        self.seen += data
        self.since = (self.since + data)[-(1 << 18) :]
        self.drawn += data
        self.drawn = self.drawn[max(0, self.drawn.rfind(CLEAR)) :]
        if len(self.seen) > 1 << 16:
            self.forget()
        self.reader.feed(data)

    def type(self, data):
        while data:
            try:
                data = data[os.write(self.master, data) :]
            except BlockingIOError:
                self.pump(0.05)
