import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// The commands of README.md, run one after the other where it says.
  @Suite struct ReadmeTests {
    /// A command of the page and how the test makes it short.
    struct Line {
      var words: [String]
      var isInExamples: Bool

      /// The arguments, with few steps where the page has many.
      var arguments: [String] {
        var words = words
        if let place = words.firstIndex(of: "--steps") { words.removeSubrange(place...place + 1) }
        switch words.first {
        // A step more is a measurement more.
        case "train": return words + ["--steps", "1"]
        case "sample": return words + ["--steps", "20", "--count", "200"]
        case "score", "likelihood", "dimension": return words + ["--steps", "20"]
        case "measure": return words + ["--draws", "19"]
        case "bench": return words + ["--rounds", "1", "--shape", "16,1,64", "--only", "step"]
        case "doctor": return words + ["--quick"]
        case "experiment": return words + ["--set", "samples=50", "--set", "repeats=100"]
        case "truth", "migrate", "export", "plan", "lesson", "list", "claims", "--help":
          return words
        default:
          // The workbench, without its screen.
          return words.filter { $0 != "--plain" } + ["--plain", "--steps", "1"]
        }
      }
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()

    static func lines() throws -> [Line] {
      let page = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
      var lines: [Line] = []
      var isInExamples = false
      for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("```") { isInExamples = false }
        if line.hasPrefix("cd docs/examples;") { isInExamples = true }
        guard line.hasPrefix("script/run") || line.hasPrefix("$run ") else { continue }
        let command = line.prefix { $0 != "#" }.split(separator: " ").map(String.init)
        lines.append(Line(words: Array(command.dropFirst()), isInExamples: isInExamples))
      }
      return lines
    }

    @Test("Every command of the page does what it says, with its example files")
    func commands() async throws {
      let lines = try Self.lines()
      #expect(lines.count >= 30)
      let folder = try TemporaryFolder()
      let examples = Self.root.appendingPathComponent("docs/examples")
      let copy = URL(fileURLWithPath: folder.path).appendingPathComponent("docs/examples")
      try FileManager.default.createDirectory(
        at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: examples, to: copy)
      for line in lines {
        let place = line.isInExamples ? copy.path : folder.path
        let outcome = try await BuiltProgram.start(
          "/usr/bin/env", ["-C", place, BuiltProgram.path()] + line.arguments
        ).outcome()
        #expect(outcome.status == 0, "\(line.words): \(outcome.errorText)")
        #expect(
          !outcome.output.isEmpty || line.words.contains("--output"), "\(line.words) says nothing")
      }
    }

    @Test("The manual page has every command, and each line of it is fit for the formatter")
    func manualPage() async throws {
      let script = Self.root.appendingPathComponent("script/man-page").path
      let page = try await BuiltProgram.start("/bin/bash", [script, BuiltProgram.path()]).outcome()
      #expect(page.status == 0, "\(page.errorText)")
      let help = try await BuiltProgram.run(["--help"])
      let names = help.outputLines.drop { $0 != "SUBCOMMANDS:" }.dropFirst().filter {
        $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.contains("See ")
      }.compactMap { $0.split(separator: " ").first }
      #expect(names.count > 12)
      for name in names {
        #expect(page.outputLines.contains(".SH SCOREFIELD \(name.uppercased())"), "\(name)")
      }
      let requests: Set = [".TH", ".SH", ".nf", ".fi"]
      for line in page.outputLines where line.hasPrefix(".") {
        #expect(requests.contains(String(line.prefix(3))), "\(line)")
      }
    }

    @Test("An installation has the program, themes, the manual page and completions")
    func install() async throws {
      let folder = try TemporaryFolder()
      let script = Self.root.appendingPathComponent("script/install").path
      let outcome = try await BuiltProgram.start(
        "/bin/bash", [script, folder.path],
        environment: ["SCOREFIELD_PROGRAM": BuiltProgram.path()]
      ).outcome()
      #expect(outcome.status == 0, "\(outcome.errorText)")
      let share = "share/"
      for (file, text) in [
        ("scorefield/themes/scorefield-dark.yaml", "base00"), ("man/man1/scorefield.1", ".TH"),
        ("bash-completion/completions/scorefield", "train"),
        ("zsh/site-functions/_scorefield", "train"),
        ("fish/vendor_completions.d/scorefield.fish", "train"),
      ] {
        #expect(
          String(decoding: try folder.read(share + file), as: UTF8.self).contains(text), "\(file)")
      }
      let installed = try await BuiltProgram.start("\(folder.path)/bin/scorefield", ["--version"])
        .outcome()
      #expect(installed.status == 0)
    }
  }
}
