/// Why the screen cannot be used; the description is one line for the user.
public enum TerminalError: Error, Equatable, CustomStringConvertible {
  /// Standard input or output is a file or a pipe.
  case notATerminal
  /// TERM is not set.
  case unnamed
  /// There is no terminfo entry for TERM.
  case unknown(name: String)
  /// The terminal cannot place the cursor, as a line printer or an editor's shell buffer.
  case cannotPlaceCursor(name: String)
  /// Another job has the terminal, and no shell is there to change that.
  case inBackground
  /// The operating system refused.
  case failed(call: String, code: Int32)

  public var description: String {
    switch self {
    case .notATerminal:
      "the screen needs a terminal, but standard input or output is not one"
    case .unnamed:
      "TERM is not set, so the terminal is unknown; try TERM=xterm-256color"
    case .unknown(let name):
      "no terminfo entry for TERM=\(name); try TERM=xterm-256color, or install ncurses-term"
    case .cannotPlaceCursor(let name):
      "the terminal TERM=\(name) cannot place its cursor, so no screen can be drawn on it"
    case .inBackground:
      "the screen needs the terminal, but runs in the background with no shell to bring it back"
    case .failed(let call, let code):
      "cannot use the terminal: \(call) failed with error \(code)"
    }
  }
}
