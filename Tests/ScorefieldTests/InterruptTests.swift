import Glibc
import TestSupport
import Testing

extension EndToEnd {
  /// Ctrl-C while something long is under way.
  @Suite struct InterruptTests {
    /// A run whose steps are short and whose report takes many seconds.
    private static let slowReport = [
      "train", "--threads", "1", "--steps", "100000000", "--set", "network.hidden=[8]", "--set",
      "optimizer.batch=1", "--set", "distribution={kind: digits}", "--set", "probe.levels=8",
      "--set", "probe.points=65536",
    ]

    @Test("A report that takes longer than 2 s is not waited for", arguments: [1, 2])
    func slowReports(signals: Int) async throws {
      let running = try BuiltProgram.start(Self.slowReport)
      let facts = ProcessFacts(id: running.process.id)
      try await waitUntil("interrupts are watched for") { facts.catchesInterrupts }
      try await Task.sleep(for: .milliseconds(200))
      for _ in 0..<signals {
        kill(running.process.id, SIGINT)
        // One that comes before the other is taken would be lost.
        try await Task.sleep(for: .milliseconds(200))
      }
      let outcome = try await running.outcome(within: .seconds(20))
      #expect(outcome.status == 130)
      #expect(outcome.outputLines.count == 2)
      let last = try #require(outcome.outputLines.last)
      #expect(last.hasPrefix("{\"step\":") && last.hasSuffix(",\"interrupted\":true}"))
    }

    @Test("bench and measure end with status 130", arguments: ["bench", "measure"])
    func others(command: String) async throws {
      let folder = try TemporaryFolder()
      let rows = (0..<2000).map { "\($0),\(($0 * 7919) % 2000)\n" }.joined()
      try folder.write("x,y\n" + rows, to: "a.csv")
      let arguments =
        command == "bench"
        ? ["bench", "--only", "step", "--rounds", "1000"]
        : ["measure", "a.csv", "a.csv", "--draws", "9999"]
      let running = try BuiltProgram.start(arguments, in: folder)
      let facts = ProcessFacts(id: running.process.id)
      try await waitUntil("interrupts are watched for") { facts.catchesInterrupts }
      kill(running.process.id, SIGINT)
      let outcome = try await running.outcome()
      #expect(outcome.status == 130 && outcome.errors.isEmpty)
    }
  }
}
