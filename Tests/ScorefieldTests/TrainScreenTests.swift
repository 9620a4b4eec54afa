import Testing

extension EndToEnd {
  /// `scorefield train` on a terminal.
  @Suite struct TrainScreenTests {
    @Test("The progress line is redrawn in place, also on a narrow terminal", arguments: [60, 80])
    func progress(columns: Int) async throws {
      var setting = TmuxSession.Setting()
      setting.columns = columns
      try await TmuxSession.with(setting) { session in
        try await session.enter(
          "clear; \(BuiltProgram.path()) train --steps 10000000 --set network.hidden=[8]")
        let first = try await session.wait("a progress line") { $0.progressLines.count == 1 }
        let later = try await session.wait("a newer one") {
          $0.progressLines != first.progressLines
        }
        #expect(later.progressLines.count == 1, "\(later)")
        try await session.press("C-c")
        let last = try await session.wait("the end") { $0.contains("interrupted at step") }
        #expect(last.progressLines.isEmpty, "\(last)")
        try await session.enter("echo status=$?")
        try await session.wait("status 130") { $0.contains("status=130") }
      }
    }
  }
}

extension Screen {
  fileprivate var progressLines: [String] { lines.filter { $0.contains("steps/s") } }
}
