import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// `scorefield experiment`.
  @Suite struct ExperimentCommandTests {
    private static let small = [
      "experiment", "outlier_score", "--set", "samples=50", "--set", "repeats=100",
    ]

    @Test("A run writes its folder and says each verdict; the same run gives the same bits")
    func writes() async throws {
      let folder = try TemporaryFolder()
      let first = try await BuiltProgram.run(Self.small + ["--output", "a"], in: folder)
      #expect(first.status == 0, "\(first.errorText)")
      let checks = try String(decoding: folder.read("a/checks.csv"), as: UTF8.self)
      let passed = checks.split(separator: "\n").count { $0.contains(",passed,") }
      #expect(passed > 3 && first.outputLines.count { $0.hasPrefix("  passed: ") } == passed)
      let again = try await BuiltProgram.run(
        ["experiment", "a/configuration.yaml", "--threads", "1", "--output", "b"], in: folder)
      #expect(again.status == 0, "\(again.errorText)")
      for file in ["configuration.yaml", "gaps.csv", "checks.csv", "scores.png"] {
        #expect(try folder.read("a/\(file)") == folder.read("b/\(file)"))
      }
      _ = try await BuiltProgram.run(Self.small + ["--seed", "8", "--output", "c"], in: folder)
      #expect(try folder.read("a/gaps.csv") != folder.read("c/gaps.csv"))
    }

    @Test("An experiment without its data file says where to get it, and writes nothing")
    func dataFile() async throws {
      let folder = try TemporaryFolder()
      for (settings, start) in [
        ([], "scorefield: credit_default needs its file: get "),
        (["--set", "file=no.csv"], "scorefield: no.csv: no such file; get "),
      ] {
        let outcome = try await BuiltProgram.run(
          ["experiment", "credit_default"] + settings, in: folder)
        #expect(outcome.status == 2 && outcome.errorLines.count == 1)
        #expect(outcome.errorText.hasPrefix(start) && outcome.errorText.contains("--set file=PATH"))
        #expect(folder.contents == [])
      }
    }

    @Test("The last line is the verdict, and --require-held is status 1 for a claim not tested")
    func verdict() async throws {
      let folder = try TemporaryFolder()
      let plain = try await BuiltProgram.run(Self.small + ["--output", "a"], in: folder)
      #expect(plain.outputLines.last?.hasPrefix("The claim ") == true)
      let table = try String(decoding: folder.read("a/checks.csv"), as: UTF8.self)
      let answer = try #require(table.split(separator: "\n").last).split(separator: ",")
      #expect(answer.first == "verdict")
      let strict = try await BuiltProgram.run(
        Self.small + ["--require-held", "--output", "a"], in: folder)
      #expect(strict.status == (answer[2] == "held" ? 0 : 1))
    }

    @Test(
      "Wrong usage is one line with status 2, and leaves no folder",
      arguments: [
        (["no_such"], "no experiment is called \"no_such\""),
        (["outlier_score", "--set", "slop=3"], "slop: unknown key, did you mean slope?"),
        (["outlier_score", "--set", "delta=0.9"], "delta: expected a number from"),
        (["outlier_score", "--set", "separation=2"], "must be below the separation"),
        (["outlier_score", "--set", "run.seed=3"], "trains and samples no run"),
        (["missing.yaml"], "missing.yaml"),
        (["hard_pair", "--units", "3-1"], "such as 1-4,7"),
        ([], "name an experiment"),
      ])
    func refuses(arguments: [String], message: String) async throws {
      let folder = try TemporaryFolder()
      let outcome = try await BuiltProgram.run(["experiment"] + arguments, in: folder)
      #expect(outcome.status == 2)
      #expect(outcome.errorLines.count == 1 && outcome.errorText.contains(message))
      #expect(folder.contents.isEmpty)
    }

    @Test("Units worked on by number and collected give the report of one run, in any order")
    func units() async throws {
      let folder = try TemporaryFolder()
      let name = ["experiment", "hard_pair", "--set", "samples=100", "--set", "repeats=500"]
      _ = try await BuiltProgram.run(name + ["--output", "whole"], in: folder)
      let list = try await BuiltProgram.run(name + ["--list-units", "--output", "s"], in: folder)
      #expect(list.status == 0 && list.outputLines.first == "unit,length,needs,finished")
      #expect(list.outputLines.dropFirst().allSatisfy { $0.hasSuffix(",false") })
      #expect(folder.contents == ["whole"])
      let count = list.outputLines.count - 1
      let early = try await BuiltProgram.run(name + ["--collect", "--output", "s"], in: folder)
      #expect(early.status == 1 && early.errorText.contains("--units 1-\(count)"))
      #expect(folder.contents == ["whole"])
      for units in ["2-\(count)", "1"] {
        let part = try await BuiltProgram.run(
          name + ["--units", units, "--output", "s"], in: folder)
        #expect(part.status == 0, "\(part.errorText)")
      }
      let last = try await BuiltProgram.run(name + ["--collect", "--output", "s"], in: folder)
      #expect(last.status == 0 && last.outputLines.last?.hasPrefix("The claim ") == true)
      #expect(try folder.read("s/checks.csv") == folder.read("whole/checks.csv"))
      let unknown = try await BuiltProgram.run(
        name + ["--units", "\(count + 1)", "--output", "t"], in: folder)
      #expect(unknown.status == 2 && unknown.errorText.contains("the units are 1 to \(count)"))
      #expect(folder.contents == ["s", "whole"])
    }

    @Test("A folder with another configuration is refused and left as it is")
    func otherConfiguration() async throws {
      let folder = try TemporaryFolder()
      _ = try await BuiltProgram.run(Self.small + ["--output", "a"], in: folder)
      let report = try folder.read("a/report.md")
      let other = try await BuiltProgram.run(
        Self.small + ["--seed", "9", "--output", "a"], in: folder)
      #expect(other.status == 2 && other.errorText.contains("another configuration"))
      #expect(try folder.read("a/report.md") == report)
    }
  }
}
