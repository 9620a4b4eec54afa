import CTerminalGuard
import Glibc
import TermPlot

/// The line to the terminal: its descriptor, its settings and its size.
@MainActor final class TerminalLine {
  /// An open of the program's own, non-blocking.
  let descriptor: Int32
  /// The settings to go back to.
  private var cooked = termios()

  init() throws(TerminalError) {
    guard isatty(STDIN_FILENO) != 0, isatty(STDOUT_FILENO) != 0 else { throw .notATerminal }
    descriptor = sf_open_terminal()
    guard descriptor >= 0 else { throw .failed(call: "open", code: errno) }
    guard tcgetattr(descriptor, &cooked) == 0 else {
      throw .failed(call: "tcgetattr", code: errno)
    }
  }

  /// The size in cells; 80x24 on a line that does not know it.
  var size: Size {
    var (columns, rows): (Int32, Int32) = (80, 24)
    sf_terminal_size(descriptor, &columns, &rows)
    return TerminalLine.drawable(columns: Int(columns), rows: Int(rows))
  }

  /// The part of a terminal that is drawn on: from its upper left corner, at most 1,000 columns and
  /// 500 rows.
  ///
  /// A size is a claim that anybody can make: the line takes up to 65,535 either way, which overflows
  /// ncurses' 16 bits and would ask for gigabytes of cells.
  static func drawable(columns: Int, rows: Int) -> Size {
    Size(columns: min(max(1, columns), 1000), rows: min(max(1, rows), 500))
  }

  /// Switches to raw input, and has `restoreBytes` written whatever ends the process.
  func claim(restoreBytes: [UInt8]) {
    restoreBytes.withUnsafeBufferPointer {
      sf_guard_claim(descriptor, &cooked, $0.baseAddress, $0.count)
    }
  }

  /// Whether nobody else has restored the terminal since it was claimed.
  var isHeld: Bool { sf_guard_is_armed() != 0 }

  /// Leaves the screen and goes back to the settings from before; does nothing when not claimed.
  func release() { sf_guard_restore() }

  /// Stops the process group until the shell brings it back to the foreground.
  ///
  /// - Returns: False when it was continued only to end.
  func suspend() -> Bool { sf_suspend(descriptor) != 0 }

  /// Stops the process group in the background, until the shell brings it to the foreground.
  ///
  /// - Returns: False when it was continued only to end.
  func awaitTurn() -> Bool { sf_await_turn(descriptor) != 0 }
}
