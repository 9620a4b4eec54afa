import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Codes, weights and series: what a run is in other hands.
  @Suite struct ShareTests {
    private static let small = [
      "network.hidden=16,", "network.time_features=8", "optimizer.batch=64", "probe.points=64",
      "probe.levels=3", "sampler.steps=5", "sampler.count=20",
    ]
    private static let code = "sf:" + small.joined(separator: "/")
    private static let settings = small.map { $0.replacing("hidden=16,", with: "hidden=[16]") }

    private func lines(_ arguments: [String], in folder: TemporaryFolder) async throws -> [String] {
      let outcome = try await BuiltProgram.run(arguments, in: folder)
      #expect(outcome.status == 0, "\(outcome.errorText)")
      return outcome.outputLines
    }

    /// Lines without the rate, which is the clock's.
    private func facts(_ lines: [String]) -> [String] {
      lines.map { $0.replacing(/,"steps_per_second":[^,}]*/, with: "") }
    }

    @Test("A code trains as its keys do, and edits act at their steps from a code and from a file")
    func trains() async throws {
      let folder = try TemporaryFolder()
      let plain = try await lines(
        ["train", "--steps", "40", "--every", "20"] + Self.settings.flatMap { ["--set", $0] },
        in: folder)
      let code = try await lines(
        ["train", Self.code, "--steps", "40", "--every", "20"], in: folder)
      #expect(facts(code) == facts(plain) && plain.count == 3)

      let edited = try await lines(
        [
          "train", Self.code + "/@20/optimizer.learning_rate=0.1", "--steps", "40", "--every", "20",
        ],
        in: folder)
      #expect(facts(edited)[1] == facts(plain)[1] && facts(edited)[2] != facts(plain)[2])
      let first = try #require(edited.first?.data(using: .utf8))
      struct First: Decodable { var configuration: String }
      let text = try JSONDecoder().decode(First.self, from: first).configuration
      try folder.write(text, to: "run.yaml")
      #expect(
        facts(try await lines(["train", "run.yaml", "--steps", "40", "--every", "20"], in: folder))
          == facts(edited))
      let refused = try await BuiltProgram.run(
        ["sample", "run.yaml", "--output", "a.csv"], in: folder)
      #expect(refused.status == 2 && refused.errorText.contains("this run has edits"))
    }

    @Test("A code says which file it reads, before it is read")
    func dataFile() async throws {
      let folder = try TemporaryFolder()
      let outcome = try await BuiltProgram.run(
        ["train", "sf:distribution=%7Bkind:%20points%2C%20file:%20no.csv%7D"], in: folder)
      #expect(outcome.status == 2 && outcome.errorLines.count == 2)
      #expect(outcome.errorLines[0] == "scorefield: the code reads the data file no.csv")
      #expect(outcome.errorLines[1].contains("no.csv: No such file"))
    }

    @Test("Weights that were saved give the samples and scores of the run, without training")
    func weights() async throws {
      let folder = try TemporaryFolder()
      try folder.write("a,b\n0,1\n", to: "points.csv")
      _ = try await lines(
        ["train", Self.code, "--steps", "30", "--save-weights", "w.safetensors"], in: folder)
      let from = ["--weights", "w.safetensors"]
      for command in [["score", "--time", "0.1", "--points", "points.csv"], ["sample"]] {
        let trained = try await lines(command + [Self.code, "--steps", "30"], in: folder)
        #expect(try await lines(command + from, in: folder) == trained && trained.count > 1)
      }
      #expect(
        try await lines(["sample", "--set", "sampler.count=3"] + from, in: folder).count == 4)
      for (arguments, message) in [
        (["--steps", "5"], "--weights takes none"), (["my.yaml"], "leave out CONFIG"),
        (["--exact"], "exclude one another"),
        (["--set", "network.hidden=[4]"], "changes what the weights were trained for"),
      ] {
        let refused = try await BuiltProgram.run(["sample"] + from + arguments, in: folder)
        #expect(refused.status == 2 && refused.errorText.contains(message), "\(refused.errorText)")
      }
      let export = try await lines(["export", "w.safetensors", "--python", "model"], in: folder)
      #expect(
        export == [
          "wrote weights.safetensors, scorefield_score.py, example.py, example.ipynb in model"
        ])
      let missing = try await BuiltProgram.run(
        ["export", "points.csv", "--python", "x"], in: folder)
      #expect(missing.status == 2 && missing.errorLines.count == 1)
      #expect(!folder.contents.contains("x"))
    }

    @Test("Series have a line for every report, and the same numbers in every format")
    func series() async throws {
      let folder = try TemporaryFolder()
      let files = ["a.csv", "a.jsonl", "a.tfevents"]
      _ = try await lines(
        ["train", Self.code, "--steps", "40", "--every", "20"]
          + files.flatMap { ["--series", $0] }, in: folder)
      #expect(folder.contents == files)
      let table = String(decoding: try folder.read("a.csv"), as: UTF8.self).split(separator: "\n")
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      #expect(table.count == 3 && table[0].prefix(3) == ["step", "loss", "held_out_loss"])
      #expect(table[0].filter { $0.hasPrefix("l2/") }.count == 3)
      let objects = try String(decoding: folder.read("a.jsonl"), as: UTF8.self).split(
        separator: "\n"
      )
      .map { try JSONDecoder().decode([String: Double?].self, from: Data($0.utf8)) }
      #expect(objects.count == 2)
      for (row, object) in zip(table.dropFirst(), objects) {
        for (name, cell) in zip(table[0], row) { #expect(object[name] == .some(Double(cell))) }
      }
      let refused = try await BuiltProgram.run(
        ["train", Self.code, "--steps", "1", "--series", "a.txt"], in: folder)
      #expect(refused.status == 2 && refused.errorText.contains(".csv, .jsonl or .tfevents"))
    }
  }
}
