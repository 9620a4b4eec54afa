/// Why a command ends before its end.
package enum Failure {
  /// An error that is not the caller's input: status 1.
  package struct Failed: Error {
    package var message: String

    package init(message: String) { self.message = message }
  }

  /// Arguments that do not go together: status 2.
  package struct Usage: Error, CustomStringConvertible {
    package var message: String

    package init(_ message: String) { self.message = message }

    /// What the parser says behind an argument that it could not read.
    package var description: String { message }
  }

  /// The end of one process of many, with a status that says whether to start it again.
  package struct Stopped: Error {
    package var message: String
    package var status: Int32
  }

  /// The end that Ctrl-C asked for: status 130.
  package struct Interrupted: Error {
    package init() {}
  }
}

/// Writes to standard error; if nobody can read that, the work goes on.
package func printError(_ text: String) {
  StandardStream.errors.show(text)
}

/// Says on standard error what to know before trusting a result.
package func printWarnings(_ warnings: [String]) {
  for warning in warnings { printError("scorefield: warning: \(warning)\n") }
}
