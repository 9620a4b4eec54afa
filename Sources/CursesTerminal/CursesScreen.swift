import CNcurses
import CTerminalGuard
import Glibc
import TermPlot

/// The ncurses half of the terminal: cells in, bytes out.
///
/// ncurses writes to a file in memory. So each frame is one piece that is queued and written
/// without waiting, where ncurses alone would write at every cursor move and block.
@MainActor final class CursesScreen {
  /// Enters the screen: alternate screen, keypad, bracketed paste, mouse, hidden cursor.
  let claimBytes: [UInt8]
  /// Leaves it, from the middle of anything.
  let restoreBytes: [UInt8]

  /// What the terminal sends for keys in forms of its own.
  let keySequences: KeySequences

  private let memory: Int32
  private let window: UnsafeMutablePointer<WINDOW>
  private let capabilities: TerminalCapabilities
  private let hideCursor: [UInt8]
  private let showCursor: [UInt8]
  private var isCursorShown = false
  private var painter: RowPainter
  /// What the window holds; rows equal to it are not filled again.
  private var previous = Canvas(size: Size(columns: 0, rows: 0))

  init(
    capabilities: TerminalCapabilities, input: Int32, usesMouse: Bool
  ) throws(TerminalError) {
    self.capabilities = capabilities
    memory = sf_memory_file()
    guard memory >= 0, let output = fdopen(memory, "w"), let input = fdopen(input, "r") else {
      throw .failed(call: "memfd_create", code: errno)
    }
    // The size is given by ``resize(to:)``; LINES and COLUMNS may hold what ncurses cannot take.
    unsetenv("LINES")
    unsetenv("COLUMNS")
    guard newterm(capabilities.entryName, output, input) != nil, let window = newwin(0, 0, 0, 0)
    else { throw .failed(call: "newterm", code: errno) }
    self.window = window
    // Waiting input must not make ncurses leave a frame half drawn.
    typeahead(-1)
    if capabilities.colorTier != .mono {
      start_color()
      use_default_colors()
    }
    painter = RowPainter(capabilities: capabilities)
    // ncurses holds its first bytes back until then. They enter the screen, which is done
    // elsewhere, and limit scrolling to the rows it assumes, which nobody would undo at the end.
    doupdate()
    OutputQueue.empty(memory)
    keySequences = KeySequences(string: CursesScreen.string)
    let mouse =
      usesMouse && !CursesScreen.string("kmous").isEmpty ? CursesScreen.enableMouse : []

    (hideCursor, showCursor) = (CursesScreen.string("civis"), CursesScreen.string("cnorm"))
    // The attributes first: ncurses takes them for those of its beginning.
    claimBytes =
      CursesScreen.plain(hasColor: capabilities.colorTier != .mono)
      + CursesScreen.string("smcup") + CursesScreen.string("smkx") + CursesScreen.enablePaste
      + mouse + hideCursor
    restoreBytes = CursesScreen.farewell(
      hasColor: capabilities.colorTier != .mono, hasMouse: !mouse.isEmpty)
  }

  /// Draws a canvas; queues nothing when the screen shows it already.
  ///
  /// - Parameters:
  ///   - canvas: What to show; it comes back with the content of an earlier frame, so that no
  ///     frame needs a canvas of its own.
  ///   - theme: The colours in force.
  ///   - fromScratch: Whether to clear first, for a screen whose content is unknown.
  ///   - queue: Where the bytes go.
  func draw(
    _ canvas: inout Canvas, theme: Theme, fromScratch: Bool, into queue: inout OutputQueue
  ) {
    let isResized = previous.size != canvas.size
    if isResized { previous = Canvas(size: canvas.size) }
    let isRecolored = painter.adopt(theme)
    let isKnown = !fromScratch && !isRecolored && !isResized
    painter.paint(canvas, over: isKnown ? previous : nil, in: window)
    let cursor = canvas.cursor
    swap(&canvas, &previous)
    if fromScratch { clearok(window, true) }
    leaveok(window, cursor == nil)
    if let cursor { wmove(window, Int32(cursor.y), Int32(cursor.x)) }
    wnoutrefresh(window)
    doupdate()

    let count = Int(lseek(memory, 0, SEEK_CUR))
    let showsCursor = cursor != nil
    guard count > 0 || showsCursor != isCursorShown || fromScratch else { return }
    queue.append(CursesScreen.beginFrame)
    if isCursorShown || fromScratch { queue.append(hideCursor) }
    queue.appendAll(of: memory, count: count)
    if showsCursor { queue.append(showCursor) }
    queue.append(CursesScreen.endFrame)
    isCursorShown = showsCursor
  }

  /// Takes the size of the terminal.
  func resize(to size: Size) {
    let (rows, columns) = (Int32(max(1, size.rows)), Int32(max(1, size.columns)))
    resizeterm(rows, columns)
    wresize(window, rows, columns)
    painter.resize(columns: Int(columns))
  }

  /// Synchronized output: terminals that know it show the frame at once, others ignore it.
  private static let beginFrame = Array("\u{1B}[?2026h".utf8)
  private static let endFrame = Array("\u{1B}[?2026l".utf8)

  /// Bracketed paste: pasted text comes between two marks, and none of it is taken for keys.
  private static let enablePaste = Array("\u{1B}[?2004h".utf8)
  private static let disablePaste = Array("\u{1B}[?2004l".utf8)

  /// Presses, moves with a button held and the wheel, with coordinates of any size from terminals that
  /// can; one that does not know of moves keeps to presses.
  private static let enableMouse = Array("\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h".utf8)
  private static let disableMouse = Array("\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l".utf8)

  /// Takes attributes and colours back.
  private static func plain(hasColor: Bool) -> [UInt8] {
    string("sgr0") + (hasColor ? string("op") : [])
  }

  private static func farewell(hasColor: Bool, hasMouse: Bool) -> [UInt8] {
    // CAN ends a control sequence that was cut off.
    var bytes: [UInt8] = [0x18] + endFrame + disablePaste
    if hasMouse { bytes += disableMouse }
    bytes += plain(hasColor: hasColor) + string("rmkx") + string("cnorm")
    let leave = string("rmcup")
    return bytes + (leave.isEmpty ? string("clear") : leave)
  }

  /// A string of the terminfo entry, without its padding; empty when there is none.
  private static func string(_ name: String) -> [UInt8] {
    guard let text = tigetstr(name), Int(bitPattern: text) != -1 else { return [] }
    var bytes: [UInt8] = []
    var isPadding = false
    for byte in String(cString: text).utf8 {
      if byte == UInt8(ascii: "<"), bytes.last == UInt8(ascii: "$") {
        isPadding = true
        bytes.removeLast()
      }
      if !isPadding { bytes.append(byte) }
      if byte == UInt8(ascii: ">") { isPadding = false }
    }
    return bytes
  }
}
