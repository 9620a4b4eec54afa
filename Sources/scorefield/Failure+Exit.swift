import ArgumentParser
import CommandLineTool
import CursesTerminal
import Glibc
import OutsideText
import ScoreCore
import ScoreLab
import ScoreSweeps
import ScoreTables

/// How errors leave the program: one line on standard error, and a status that scripts can use.
///
/// 0 done, 1 failed, 2 wrong usage or configuration (nothing was written), 130 interrupted.
extension Failure {
  static func exit(with error: any Error) -> Never {
    switch error {
    case let failed as Failed: leave(failed.message, status: 1)
    case let usage as Usage: leave(usage.message + " (see scorefield --help)", status: 2)
    case is Interrupted: leave(ExitCode(130))
    case let code as ExitCode: leave(code)
    case let error as ConfigurationError: leave("\(error)", status: 2)
    case let error as OwnScoreError: leave("\(error)", status: 1)
    case let error as DataFileError: leave("\(error)", status: 2)
    case let error as SweepError: leave("\(error)", status: error.isUnfit ? 2 : 1)
    case let failed as Stopped: leave(failed.message, status: failed.status)
    case let error as TableError: leave("\(error)", status: 2)
    case let error as FileError: leave("\(error)", status: 2)
    case let error as ParameterError: leave("\(error)", status: 2)
    case let error as MemoryError: leave("\(error)", status: 2)
    case let error as ThreadError: leave("\(error)", status: 1)
    case let error as MetricError: leave("\(error)", status: 2)
    case let error as TerminalError: leave("\(error)", status: 2)
    default: exitAsParser(error)
    }
  }

  /// The parser's own errors: help and version are no errors, everything else is wrong usage.
  private static func exitAsParser(_ error: any Error) -> Never {
    let status = Scorefield.exitCode(for: error)
    let text = Scorefield.fullMessage(for: error)
    if status == .success {
      do throws(Failed) {
        try StandardOutput.print(text)
        try StandardOutput.finish()
      } catch {
        leave(error.message, status: 1)
      }
      Glibc.exit(0)
    }
    // The parser's message has its usage below; one line and where to find the rest will do.
    let lines = Scorefield.message(for: error).split(separator: "\n").map(String.init)
    var message = lines.first ?? text
    if message.hasSuffix(":") {
      // What is allowed follows as a list, a line each.
      let items = lines.dropFirst().prefix { $0.hasPrefix("  - ") }.map { String($0.dropFirst(4)) }
      message += " " + items.joined(separator: ", ")
    }
    leave(message + " (see scorefield --help)", status: 2)
  }

  private static func leave(_ message: String, status: Int32) -> Never {
    // What was printed before goes out; if that fails too, the first error is the one to report.
    try? StandardOutput.finish()
    warn(message)
    fflush(nil)
    // Not `exit`: threads may be inside a matrix product, whose library it would take apart.
    _exit(status)
  }

  private static func leave(_ code: ExitCode) -> Never {
    do throws(Failed) {
      try StandardOutput.finish()
    } catch {
      warn(error.message)
    }
    Glibc.exit(code.rawValue)
  }

  private static func warn(_ message: String) {
    // The parser quotes arguments as they are, and a terminal would obey what is in them.
    printError("scorefield: \(SafeText.sanitized(message, limit: 1000))\n")
  }
}
