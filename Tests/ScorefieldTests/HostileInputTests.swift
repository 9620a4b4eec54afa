import TestSupport
import Testing

extension EndToEnd {
  /// Input that would do harm if a terminal obeyed it.
  @Suite struct HostileInputTests {
    private static let hostile = "\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m\u{202E}name"

    @Test(arguments: [
      ["train", "--steps", "2", "--set", "network.hidden=[8]", "--set", "probe.points=64"],
      ["train", "--json", "--steps", "1", "--columns", "x"],
      ["truth", "--time", "0.5", "--points", "data.csv"],
    ])
    func sequencesInColumnNamesAreNeverPrinted(arguments: [String]) async throws {
      let folder = try TemporaryFolder()
      try folder.write("\(HostileInputTests.hostile),y\n1,2\n2,3\n4,4\n", to: "data.csv")
      let outcome = try await BuiltProgram.run(
        arguments + ["--data", "data.csv"], in: folder)
      expectHarmless(outcome)
    }

    @Test func sequencesInArgumentsAndFilesAreNeverPrinted() async throws {
      let folder = try TemporaryFolder()
      try folder.write("\"\\e]0;owned\\a\": 1\n", to: "key.yaml")
      try folder.write("sampler: {kind: \"\\e[2J\"}\n", to: "value.yaml")
      let hostile = HostileInputTests.hostile
      for arguments in [
        ["train", "key.yaml"], ["train", "value.yaml"], ["train", hostile],
        ["train", "--\(hostile)"],
        ["train", "--set", hostile], ["train", "--set", "sampler.kind=\(hostile)"],
        ["train", "--data", hostile], ["list", hostile], [hostile], ["--theme", hostile],
      ] {
        let outcome = try await BuiltProgram.run(arguments, in: folder)
        expectHarmless(outcome)
        #expect(outcome.status == 2, "\(arguments): \(outcome.errorText)")
        #expect(outcome.errorLines.count == 1, "\(arguments): \(outcome.errorText)")
      }
    }

    @Test func sequencesInThemesAndTheEnvironmentAreNeverPrinted() async throws {
      let folder = try TemporaryFolder()
      let hostile = HostileInputTests.hostile.replacing("/", with: "")
      let colors = (0..<16).map { "base0\(String($0, radix: 16, uppercase: true)): \"0000ff\"\n" }
      try folder.write(
        "name: \"\\e[2J\\x9bName\"\n" + colors.joined(), to: "good.yaml")
      try folder.write("name: [", to: hostile + ".yaml")
      let environment = ["SCOREFIELD_THEMES": folder.path, "HOME": hostile, "TERM": hostile]
      for arguments in [["list", "themes"], ["doctor", "--quick"], ["--theme", "none"]] {
        let outcome = try await BuiltProgram.run(arguments, environment: environment)
        expectHarmless(outcome)
      }
      let themes = try await BuiltProgram.run(["list", "themes"], environment: environment)
      #expect(themes.outputText.contains("?[2J?Name  (dark)"))
      #expect(themes.outputText.contains("not loaded: "))
    }

    @Test func jsonEscapesWhatATerminalWouldObey() async throws {
      let folder = try TemporaryFolder()
      try folder.write("x,y\n1,2\n2,3\n4,5\n", to: "\u{9B}2J\u{202E}.csv")
      let outcome = try await BuiltProgram.run(
        [
          "train", "--steps", "1", "--set", "network.hidden=[8]", "--set", "probe.points=64",
          "--data", "\u{9B}2J\u{202E}.csv",
        ], in: folder)
      #expect(outcome.status == 0, "\(outcome.errorText)")
      expectHarmless(outcome)
    }

    private func expectHarmless(_ outcome: BuiltProgram.Outcome) {
      for scalar in (outcome.outputText + outcome.errorText).unicodeScalars {
        let category = scalar.properties.generalCategory
        #expect(
          scalar == "\n" || (category != .control && category != .format),
          "U+\(String(scalar.value, radix: 16)) in \(outcome.errorText.debugDescription)")
      }
    }
  }
}
