import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Files of the screen, and the score of someone else on it.
  @Suite struct ScreenFileTests {
    private static let small = "--no-store --set network.hidden=[8] --set sampler.count=50"

    @Test(
      "A line writes a picture, never over a file unless it is told to, and a recording ends with a signal"
    )
    func writes() async throws {
      try await TmuxSession.with { session in
        try await session.enter("cd '\(session.folder.path)'")
        try await session.open("--steps 20 \(Self.small)")
        try await session.type(":export loss.svg")
        try await session.press("Enter", expecting: "the picture") {
          $0.footer.contains("saved loss.svg")
        }
        let picture = try session.folder.read("loss.svg")
        #expect(String(decoding: picture, as: UTF8.self).hasSuffix("</svg>\n"))
        try session.folder.write("mine", to: "loss.svg")
        try await session.type(":export loss.svg")
        try await session.press("Enter", expecting: "the refusal") {
          $0.footer.contains("loss.svg: is there already; export! replaces it")
        }
        #expect(try session.folder.read("loss.svg") == Array("mine".utf8))
        try await session.type(":record a.cast")
        try await session.press("Enter", expecting: "the recording") { $0.header.contains("REC") }
        try await session.press("2", expecting: "the other pane") { _ in true }
        let program = try await session.processes().program
        kill(program.id, SIGTERM)
        try await session.waitForPrompt()
        let lines = String(decoding: try session.folder.read("a.cast"), as: UTF8.self)
          .split(separator: "\n")
        #expect(lines.count >= 2)
        for line in lines {
          _ = try JSONSerialization.jsonObject(with: Data(line.utf8))
        }
        #expect(session.folder.contents.filter { $0.hasPrefix(".scorefield") }.isEmpty)
      }
    }

    @Test("A score command that ends is a line on the screen, and q leaves as ever")
    func judges() async throws {
      try await TmuxSession.with { session in
        try await session.enter(
          "\(BuiltProgram.path()) \(Self.small) --score-command 'echo gone >&2; exit 3'")
        try await session.wait("the failure") {
          $0.header.contains("judging the score command")
            && $0.footer.contains("the score command ended before its answer: gone")
        }
        try await session.press("q")
        try await session.waitForPrompt()
        try await session.enter("echo status=$?")
        try await session.wait("status 0") { $0.contains("status=0") }
      }
    }

    @Test(
      "A score of someone else goes with nothing that trains, and a table must be there",
      arguments: [
        (["--score", "a.npz", "--steps", "3"], "train nothing"),
        (["--score-command", "true", "--plain"], "train nothing"),
        (["--score", "a.npz", "--score-command", "true"], "exclude one another"),
      ])
    func refused(arguments: [String], message: String) async throws {
      let outcome = try await BuiltProgram.run(["open"] + arguments)
      #expect(outcome.status == 2 && outcome.errorText.contains(message), "\(outcome.errorText)")
    }
  }
}
