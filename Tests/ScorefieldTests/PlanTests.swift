import Foundation
import Testing

extension EndToEnd {
  @Suite struct PlanTests {
    @Test func printsEveryNumberWithItsLabelInAPipe() async throws {
      let outcome = try await BuiltProgram.run(["plan", "--set", "d=64", "--set", "eps=0.05"])
      #expect(outcome.status == 0 && outcome.errorText.isEmpty)
      #expect(outcome.outputLines.first == "name,value,log10,label,quantity,formula,source")
      let rows = outcome.outputLines.dropFirst()
      #expect(rows.count == 20 && rows.allSatisfy { $0.contains("order, constant unknown") })
      #expect(rows.contains { $0.hasPrefix("samples_theorem_1_2,") && $0.contains("eps^-3") })
    }

    @Test func printsJSONLines() async throws {
      let outcome = try await BuiltProgram.run(["plan", "--json", "--set", "depth=2000"])
      #expect(outcome.status == 0)
      for line in outcome.outputLines {
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        #expect(object?["label"] as? String == "order, constant unknown")
        #expect(object?["log10"] is Double)
      }
      // What float64 cannot hold is no number; its logarithm is.
      #expect(outcome.outputText.contains("\"name\":\"samples_block\",\"value\":null"))
    }

    @Test(arguments: [["--set", "eps=7"], ["--set", "nope=1"], ["--csv", "--json"]])
    func refusesInOneLine(arguments: [String]) async throws {
      let outcome = try await BuiltProgram.run(["plan"] + arguments)
      #expect(outcome.status == 2 && outcome.output.isEmpty && outcome.errorLines.count == 1)
    }

    @Test func opensThePageAndIsStillWhilePaused() async throws {
      try await TmuxSession.with(TmuxSession.Setting()) { session in
        try await session.enter("\(BuiltProgram.path()) --plan --paused --set network.hidden=[16]")
        try await session.wait("the page") { $0.header.contains("order, constant unknown") }
        try await session.waitUntilQuiet()
        try await session.press("l", expecting: "the next dimension") {
          $0.contains("d           5")
        }
        try await session.press("p", expecting: "the live run") { $0.header.contains("paused") }
      }
    }
  }
}
