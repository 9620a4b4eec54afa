"""A pseudo-terminal with a job of the program in it, for the proofs and benchmarks that need one."""

import fcntl, os, re, select, signal, struct, termios, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.environ.get("SCOREFIELD", ROOT + "/.build/release/scorefield")
ENVIRONMENT = {
    "PATH": os.environ["PATH"], "HOME": "/nonexistent", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
    # Names take the backtracer seconds, and are the same in every case.
    "SWIFT_BACKTRACE": "symbolicate=off",
}
MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])|\x1b([=>])")
# What the shell expects: everything off but the cursor and the end of lines.
SANE = {"25": True, "7": True}
# A slow line is read in pieces of so many seconds.
PIECE = 0.002


class Terminal:
    """A pseudo-terminal with a job in it; the job's parent is a session leader in the shell's place.

    It carries `rate` bytes a second to its reader, or as many as are read; `extra` is added to the environment.
    """

    def __init__(
        self, arguments, foreground=True, closes_stderr=False, size=(200, 60), extra=(), folder=None, rate=None
    ):
        self.rate = rate
        self.master, self.slave = os.openpty()
        self.resize(*size)
        os.set_blocking(self.master, False)
        self.before = termios.tcgetattr(self.slave)
        self.seen = b""
        self.events, report = os.pipe()
        self.orders, self.order = os.pipe()
        self.leader = os.fork()
        if self.leader == 0:
            os.close(self.order)
            place = (folder or os.getcwd(), {**ENVIRONMENT, **dict(extra)})
            lead(self.slave, arguments, place, foreground, 2 if closes_stderr else 3, report, self.orders)
        os.close(report)
        os.close(self.orders)
        self.job = int(self.event())
        self.started = time.monotonic()

    def event(self, seconds=60):
        """The next word from the leader: the job's number, then how it stopped or ended."""
        if not select.select([self.events], [], [], seconds)[0]:
            return ""
        return os.read(self.events, 16).decode().strip()

    def pump(self, seconds=0.0):
        """Reads what the terminal shows, for a time."""
        end = time.monotonic() + seconds
        while True:
            left = max(0.0, end - time.monotonic())
            if not select.select([self.master], [], [], left)[0]:
                return
            try:
                data = os.read(self.master, max(1, int(self.rate * PIECE)) if self.rate else 65536)
            except OSError:
                return
            self.take(data)
            if self.rate:
                time.sleep(len(data) / self.rate)
            # What comes faster than it is taken would never end.
            if time.monotonic() > end + (0 if self.rate else 1):
                return

    def take(self, data):
        """What is done with what came."""
        self.seen += data

    def forget(self):
        """Keeps of what was seen the modes alone, and what may be the first half of a sequence."""
        modes = self.modes()
        tail = self.seen[-32:]
        self.seen = b"\x1b=" if modes.pop("keypad", False) else b""
        self.seen += b"".join(f"\x1b[?{name}{'h' if on else 'l'}".encode() for name, on in modes.items())
        self.seen += tail[tail.rfind(b"\x1b") :] if b"\x1b" in tail else b""

    def resize(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def wait(self, what, holds, seconds=60, reads=True):
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError(what)
            self.pump(0.01) if reads else time.sleep(0.01)

    def wait_for_screen(self):
        """Waits for the end of a first frame."""
        self.wait("a screen", lambda: b"\x1b[?2026l" in self.seen)

    def type(self, text):
        os.write(self.master, text)

    def stall(self):
        """Fills the terminal: nobody reads, and the program is asked to draw everything anew."""
        program = self.parts()["program"]
        before, now = -9999, 0
        # The threads' doorbell writes a few bytes as well; a frame has thousands.
        while now - before > 1000:
            for _ in range(6):
                self.type(b"\x0c")
                time.sleep(0.05)
            before, now = now, int(words(f"/proc/{program}/io")[3])
        # To the last byte, so that not even a short farewell fits.
        own = os.open(os.ttyname(self.slave), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            while True:
                os.write(own, b"\0")
        except BlockingIOError:
            os.close(own)

    def parts(self):
        """The job's processes by their part."""
        # In the order in which it starts them.
        children = map(int, words(f"/proc/{self.job}/task/{self.job}/children"))
        return {"supervisor": self.job, **dict(zip(("keeper", "program"), children))}

    def modes(self):
        """The modes that the terminal has after what it was sent, where they differ from a shell's."""
        modes = dict(SANE)
        for match in MODE.finditer(self.seen):
            numbers = match[1].decode().split(";") if match[1] else ["keypad"]
            for number in numbers:
                modes[number] = match[2] == b"h" or match[3] == b"="
        return {name: on for name, on in modes.items() if on != SANE.get(name, False)}

    def is_sane(self):
        self.pump()
        return not self.modes() and termios.tcgetattr(self.slave) == self.before

    def faults(self):
        """What is wrong with the terminal, in words."""
        found = [f"?{name} {'on' if on else 'off'}" for name, on in self.modes().items()]
        if termios.tcgetattr(self.slave) != self.before:
            found.append("line settings")
        return found

    def close(self):
        for process in [self.job, *self.alive(list(self.known))]:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        os.close(self.order)
        os.waitpid(self.leader, 0)
        for descriptor in (self.master, self.slave, self.events):
            os.close(descriptor)

    known = ()

    @staticmethod
    def alive(processes):
        return [process for process in processes if state(process) not in "ZX"]


def lead(slave, arguments, place, foreground, streams, report, orders):
    """The shell's place: starts the job, reports what becomes of it, obeys fg, bg and the end."""
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for number in range(1, signal.NSIG):
        if number not in (signal.SIGKILL, signal.SIGSTOP, 32, 33):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        if foreground:
            os.tcsetpgrp(slave, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        for descriptor in range(3):
            os.dup2(slave, descriptor)
        os.closerange(streams, 256)
        os.chdir(place[0])
        os.execve(PROGRAM, [PROGRAM, *arguments], place[1])
    try:
        os.setpgid(job, job)
    except OSError:
        pass
    os.write(report, f"{job:<16}".encode())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    while True:
        try:
            process, status = os.waitpid(job, os.WNOHANG | os.WUNTRACED)
        except ChildProcessError:
            process = 0
        if process:
            if os.WIFSTOPPED(status):
                os.tcsetpgrp(slave, os.getpgrp())
            name = "S" if os.WIFSTOPPED(status) else "K" if os.WIFSIGNALED(status) else "E"
            number = {"S": os.WSTOPSIG, "K": os.WTERMSIG, "E": os.WEXITSTATUS}[name](status)
            os.write(report, f"{name}{number:<15}".encode())
        ready = select.select([orders, wake], [], [])[0]
        if wake in ready:
            os.read(wake, 64)
        if orders in ready:
            order = os.read(orders, 1)
            if not order:
                os._exit(0)
            if order == b"f":
                os.tcsetpgrp(slave, job)
            os.killpg(job, signal.SIGCONT)


def words(path):
    try:
        with open(path) as file:
            return file.read().split()
    except OSError:
        return ["0"] * 8 if path.endswith("io") else []


def state(process):
    facts = words(f"/proc/{process}/stat")
    return facts[2] if len(facts) > 2 else "X"
