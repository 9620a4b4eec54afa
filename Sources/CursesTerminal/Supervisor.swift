import CTerminalGuard

/// The process above the program, which restores the terminal after what a program cannot survive.
///
/// SIGKILL cannot be handled, so a second process is needed that outlives it. It does nothing but
/// wait, pass signals on, stop when its child is stopped, and end as its child ended.
public enum Supervisor {
  /// Splits the process in two; returns in the child only.
  ///
  /// Call it first in `main`, before any thread exists and only when the screen will be used:
  /// in the child HUP, INT, QUIT, TERM, TSTP, CONT and WINCH are blocked in every thread to come,
  /// because ``CursesTerminal`` reads them as events. Does nothing when standard input or output
  /// is not a terminal, or when called again.
  public static func enter() {
    sf_supervise(CommandLine.unsafeArgv)
  }

  /// Ends the process by a signal, so that the shell sees what ended it.
  public static func die(by signal: Int32) -> Never {
    sf_die_by(signal)
  }
}
