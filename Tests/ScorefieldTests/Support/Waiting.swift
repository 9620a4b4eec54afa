/// A condition that did not come true in time.
struct TimedOut: Error, CustomStringConvertible {
  var condition: String
  /// What was there instead.
  var evidence = ""

  var description: String {
    "not within the deadline: \(condition)" + (evidence.isEmpty ? "" : "\n\(evidence)")
  }
}

/// How long is waited for what comes at once on a free machine: a test fails for what hangs, not for
/// what other programs do.
let patience = Duration.seconds(120)

/// Looks again and again until a condition holds.
func waitUntil(
  _ condition: String, within deadline: Duration = patience,
  every interval: Duration = .milliseconds(50), holds: () throws -> Bool
) async throws {
  let end = ContinuousClock.now + deadline
  while try !holds() {
    guard ContinuousClock.now < end else { throw TimedOut(condition: condition) }
    try await Task.sleep(for: interval)
  }
}
