import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// `scorefield train --export` and `scorefield score`.
  @Suite struct ExportTests {
    private static let small = ["--set", "network.hidden=[8]", "--steps", "20"]

    @Test("train --export writes the arrays and the configuration, and the same bytes again")
    func export() async throws {
      let folder = try TemporaryFolder()
      for name in ["a.npz", "b.npz"] {
        let outcome = try await BuiltProgram.run(
          ["train", "--export", name, "--export-steps", "1,20"] + Self.small, in: folder)
        #expect(outcome.status == 0, "\(outcome.errorText)")
      }
      #expect(folder.contents == ["a.npz", "a.npz.yaml", "b.npz", "b.npz.yaml"])
      let bytes = try folder.read("a.npz")
      #expect(try folder.read("b.npz") == bytes)
      #expect(Array(bytes.prefix(4)) == [0x50, 0x4B, 3, 4])
      let text = String(decoding: try folder.read("a.npz.yaml"), as: UTF8.self)
      #expect(text.hasPrefix("# scorefield 0.1.0 train --export, 20 training steps\nseed: "))
    }

    @Test(
      "What cannot be exported is refused before training",
      arguments: [
        (["--export", "a.csv"], "must end in .npz"), (["--export-steps", "1"], "needs --export"),
        (["--export", "a.npz", "--export-steps", "0"], "numbers from 1 to --steps"),
        (["--export", "a.npz", "--export-steps", "21"], "numbers from 1 to --steps"),
        (["--export", "a.npz", "--export-steps", "1,x"], "numbers from 1 to --steps"),
        (["--export", "no/a.npz"], "no/a.npz: No such file or directory"),
      ])
    func refused(arguments: [String], message: String) async throws {
      let folder = try TemporaryFolder()
      let outcome = try await BuiltProgram.run(
        ["train"] + Self.small + arguments, in: folder)
      #expect(outcome.status == 2 && outcome.output.isEmpty && folder.contents.isEmpty)
      #expect(outcome.errorLines.count == 1 && outcome.errorText.contains(message))
    }

    @Test("score prints the learned score at points and times, in the units of the axes")
    func score() async throws {
      let folder = try TemporaryFolder()
      _ = try folder.write("a,b\n2,60\n4,80\n", to: "points.csv")
      func score(_ arguments: [String]) async throws -> [String] {
        let outcome = try await BuiltProgram.run(
          ["score", "--points", "points.csv", "--set", "distribution.kind=old_faithful"]
            + Self.small + arguments, in: folder)
        #expect(outcome.status == 0, "\(outcome.errorText)")
        return outcome.outputLines
      }
      let lines = try await score(["--time", "0.1", "--time", "5"])
      #expect(
        lines.first
          == "time,eruptions (min),waiting (min),score_eruptions (min),score_waiting (min)")
      #expect(lines.count == 5 && lines[1].hasPrefix("0.1,2.0,60.0,"))
      #expect(lines[4].hasPrefix("5.0,4.0,80.0,"))
      #expect(try await score(["--time", "5"]).last == lines[4])
      #expect(try await score(["--time", "5", "--current"]).last != lines[4])
    }

    @Test(
      "score refuses what it cannot do in one line",
      arguments: [
        (["--time", "0"], "take --time above 0"), (["--time", "9"], "from 0 to the horizon"),
        ([], "--time"), (["--time", "1", "--set", "distribution.kind=pair"], "has 1 coordinate."),
      ])
    func refusedScore(arguments: [String], message: String) async throws {
      let folder = try TemporaryFolder()
      _ = try folder.write("a,b\n2,60\n", to: "points.csv")
      let outcome = try await BuiltProgram.run(
        ["score", "--points", "points.csv"] + Self.small + arguments, in: folder)
      #expect(outcome.status == 2 && outcome.output.isEmpty)
      #expect(outcome.errorLines.count == 1 && outcome.errorText.contains(message))
    }
  }
}
