import CTerminalGuard

/// The processes that restore the terminal after what a program cannot survive.
///
/// SIGKILL cannot be handled, so a second process is needed that outlives it. It does nothing but
/// wait, pass signals on, stop when its child is stopped, and end as its child ended. A third one,
/// in a session of its own, waits for the end of both, because a signal to the group ends both.
public enum Supervisor {
  /// Splits the process; returns in the program only.
  ///
  /// Call it first in `main`, before any thread exists and only when the screen will be used:
  /// in the child HUP, INT, QUIT, TERM, TSTP, CONT and WINCH are blocked in every thread to come,
  /// because ``CursesTerminal`` reads them as events. Until it does, those that end or stop a
  /// program act as ever. In the background it stops until it is brought to the front. Does nothing
  /// when standard input or output is not a terminal, or when called again.
  ///
  /// - Throws: In the background, when nobody could bring it to the front.
  public static func enter() throws(TerminalError) {
    guard sf_supervise(CommandLine.unsafeArgv) == 0 else { throw .inBackground }
  }

  /// Ends the process by a signal, so that the shell sees what ended it.
  public static func die(by signal: Int32) -> Never {
    sf_die_by(signal)
  }
}
