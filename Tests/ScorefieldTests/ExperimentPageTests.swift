import TestSupport
import Testing

extension EndToEnd {
  @Suite struct ExperimentPageTests {
    @Test func opensOnAnExperimentRunsItAndGoesBackToTraining() async throws {
      try await TmuxSession.with(TmuxSession.Setting()) { session in
        try await session.enter(
          "\(BuiltProgram.path()) --experiment outlier_score --set network.hidden=[16]")
        try await session.wait("the end of the experiment") { $0.header.contains("finished") }
        // Training waits and the experiment is over: not a byte is written.
        try await session.waitUntilQuiet()
        try await session.press("]", expecting: "the second figure") {
          $0.contains("trade_off 2/")
        }
        try await session.press("e", expecting: "training") { $0.header.contains("training") }
        try await session.press("e", expecting: "the report as it was left") {
          $0.header.contains("finished") && $0.contains("trade_off 2/")
        }
      }
    }

    @Test func namesTheExperimentsWhenOneIsUnknown() async throws {
      let outcome = try await BuiltProgram.run(
        ["open", "--experiment", "nope"], in: try TemporaryFolder())
      #expect(outcome.status == 2 && outcome.errorLines.count == 1)
      #expect(
        outcome.errorText.contains(
          "no experiment is called \"nope\"; there are hard_pair, outlier_score"))
    }
  }
}
