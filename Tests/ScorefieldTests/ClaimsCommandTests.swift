import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// `scorefield claims`.
  @Suite struct ClaimsCommandTests {
    private static let page = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "docs/claims.md")

    @Test("The page of claims has the rows that the command prints, a verdict for each")
    func page() async throws {
      let folder = try TemporaryFolder()
      let outcome = try await BuiltProgram.run(["claims"], in: folder)
      #expect(outcome.status == 0, "\(outcome.errorText)")
      let page = try String(decoding: Data(contentsOf: Self.page), as: UTF8.self)
        .split(separator: "\n").map(String.init)
      let claims = outcome.outputLines.filter { $0.hasPrefix("| ") }
      #expect(claims.count > 10)
      for line in claims { #expect(page.contains(line)) }
      // Heads and rules apart, the page has a row of claims and one of verdicts for each.
      let rows = page.filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") }
      #expect(rows.count == 2 * (claims.count - 1))
    }

    @Test("--run measures, writes verdicts and digests, and makes no finished report again")
    func run() async throws {
      let folder = try TemporaryFolder()
      let arguments = ["claims", "--run", "hard_pair", "--seeds", "3-4", "--output", "out"]
      let first = try await BuiltProgram.run(arguments, in: folder)
      #expect(first.status == 0, "\(first.errorText)")
      let digests = try folder.read("out/digests.csv")
      #expect(String(decoding: digests, as: UTF8.self).split(separator: "\n").count == 3)
      let report = try folder.read("out/hard_pair-3/report.md")
      #expect(String(decoding: report, as: UTF8.self).contains("with scorefield 0.1.0"))
      try FileManager.default.removeItem(atPath: folder.path + "/out/hard_pair-3/units")
      let again = try await BuiltProgram.run(arguments + ["--json"], in: folder)
      #expect(again.status == 0 && again.outputLines.count == 1)
      #expect(try folder.read("out/digests.csv") == digests)
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/out/hard_pair-3/units"))
    }

    @Test("An experiment that is not there is refused with those that are")
    func refusal() async throws {
      let folder = try TemporaryFolder()
      let outcome = try await BuiltProgram.run(["claims", "--run", "no_such"], in: folder)
      #expect(outcome.status == 2 && outcome.errorText.contains("there are hard_pair"))
      #expect(folder.contents.isEmpty)
    }
  }
}
