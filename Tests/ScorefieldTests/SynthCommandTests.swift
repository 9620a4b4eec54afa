import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// `scorefield synth`.
  @Suite struct SynthCommandTests {
    private static let small = ["--set", "network.hidden=[16]", "--set", "sampler.steps=20"]

    /// A table of 120 rows with numbers, classes, days, gaps and a name that a terminal would obey.
    private func folder() throws -> TemporaryFolder {
      let folder = try TemporaryFolder()
      var text = "id,amount,Kind,when,\"a\u{1B}[2Jb\"\n"
      for row in 0..<120 {
        let amount = row % 4 == 0 ? "0" : row % 7 == 0 ? "NA" : "\(Double(row % 31) * 0.25)"
        text += "\(row + 1),\(amount),\(["x", "y", "z"][row % 3]),"
        text += "2024-0\(row % 9 + 1)-1\(row % 10),\(row * row % 97)\n"
      }
      try folder.write(text, to: "t.csv")
      return folder
    }

    @Test("Without an output the schema is shown, without escapes, and saved to be read again")
    func schema() async throws {
      let folder = try folder()
      let shown = try await BuiltProgram.run(
        ["synth", "t.csv", "--save-schema", "t.yaml"], in: folder)
      #expect(shown.status == 0, "\(shown.errorText)")
      #expect(shown.outputLines.count == 6)
      #expect(!shown.output.contains(0x1B) && !shown.errorText.contains("\u{1B}"))
      #expect(shown.errorText.contains("column \"id\" numbers the rows; it is ignored"))
      let again = try await BuiltProgram.run(["synth", "t.csv", "--schema", "t.yaml"], in: folder)
      #expect(again.output == shown.output)
    }

    @Test("Rows are valid under the schema, with a report, the same for the same seed")
    func rows() async throws {
      let folder = try folder()
      let make =
        ["synth", "t.csv", "--target", "kind", "--rows", "40", "--steps", "50"] + Self.small
      let first = try await BuiltProgram.run(make + ["--output", "a.csv"], in: folder)
      #expect(first.status == 0, "\(first.errorText)")
      #expect(folder.contents == ["a.csv", "a.csv.report.txt", "t.csv"])
      let lines = try String(decoding: folder.read("a.csv"), as: UTF8.self).split(separator: "\n")
      #expect(lines.count == 41 && lines[0].hasPrefix("amount,Kind,when,"))
      for line in lines.dropFirst() {
        let cells = line.split(separator: ",")
        #expect(cells[0] == "NA" || Double(cells[0]).map { (0...7.5).contains($0) } == true)
        #expect(["x", "y", "z"].contains(cells[1]))
        #expect(cells[2].hasPrefix("2024-0") && cells[2].count == 10)
        #expect(Int(cells[3]).map { (0...96).contains($0) } == true)
      }
      #expect(try folder.read("a.csv.report.txt") == first.output)
      let names = ["network", "real (trained)", "bootstrap", "copula", "told from held-out"]
      for name in names {
        #expect(String(decoding: first.output, as: UTF8.self).contains(name))
      }
      _ = try await BuiltProgram.run(make + ["--output", "b.csv", "--threads", "1"], in: folder)
      #expect(try folder.read("b.csv") == folder.read("a.csv"))
    }

    @Test("The report says how well classes and numbers are learned, and from how many tables")
    func target() async throws {
      let folder = try folder()
      let rows = (0..<100).map {
        "\($0 * 37 % 101),\(Double($0 * 37 % 101) / 8 + Double($0 % 3))\n"
      }
      try folder.write("x,y\n" + rows.joined(), to: "n.csv")
      for (file, target, words) in [
        ("t.csv", "Kind", ["AUC", "logistic", "commonest class", "2 tables of 96 rows"]),
        ("n.csv", "y", ["R^2", "RMSE", "linear", "2 seeds on each.", "Student's t"]),
      ] {
        let outcome = try await BuiltProgram.run(
          ["synth", file, "--target", target, "--repeats", "2", "--steps", "20"]
            + ["--output", "a.csv"] + Self.small, in: folder)
        #expect(outcome.status == 0, "\(outcome.errorText)")
        let report = String(decoding: outcome.output, as: UTF8.self)
        for word in words { #expect(report.contains(word), "\(word)") }
        #expect(report.split(separator: "\n").allSatisfy { $0.count <= 100 })
      }
    }

    @Test("Given values are in all rows, and the report says how it was judged")
    func condition() async throws {
      let folder = try folder()
      let outcome = try await BuiltProgram.run(
        ["synth", "t.csv", "--condition", "kind=y", "--condition", "amount=0.5", "--rows", "20"]
          + ["--steps", "50", "--output", "a.csv"] + Self.small, in: folder)
      #expect(outcome.status == 0, "\(outcome.errorText)")
      let lines = try String(decoding: folder.read("a.csv"), as: UTF8.self).split(separator: "\n")
      #expect(lines.count == 21 && lines.dropFirst().allSatisfy { $0.hasPrefix("0.5,y,2024-0") })
      let report = String(decoding: outcome.output, as: UTF8.self)
      #expect(report.contains("All rows of the file have amount = 0.5, Kind = y, as "))
    }

    @Test("Guided rows have the given value, and the report warns of what they are")
    func guidance() async throws {
      let folder = try folder()
      let make =
        ["synth", "t.csv", "--condition", "kind=y", "--rows", "20", "--steps", "50"] + Self.small
      let plain = try await BuiltProgram.run(make + ["--output", "a.csv"], in: folder)
      #expect(!String(decoding: plain.output, as: UTF8.self).contains("guidance"))
      let outcome = try await BuiltProgram.run(
        make + ["--guidance", "1.5", "--output", "b.csv"], in: folder)
      #expect(outcome.status == 0, "\(outcome.errorText)")
      let lines = try String(decoding: folder.read("b.csv"), as: UTF8.self).split(separator: "\n")
      #expect(lines.count == 21 && lines.dropFirst().allSatisfy { $0.contains(",y,2024-0") })
      #expect(try folder.read("a.csv") != folder.read("b.csv"))
      #expect(
        outcome.errorText.contains("guidance of weight 1.5: the rows are not of the law given"))
    }

    @Test("Gaps are filled with valid values, every other byte stays, and each draw is a file")
    func fill() async throws {
      let folder = try folder()
      let outcome = try await BuiltProgram.run(
        ["synth", "t.csv", "--fill", "--draws", "2", "--steps", "50", "--output", "a.csv"]
          + Self.small, in: folder)
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect(folder.contents == ["a.1.csv", "a.2.csv", "a.csv.report.txt", "t.csv"])
      #expect(try folder.read("a.1.csv") != folder.read("a.2.csv"))
      func lines(_ name: String) throws -> [[Substring]] {
        try String(decoding: folder.read(name), as: UTF8.self).split(separator: "\n")
          .map { $0.split(separator: ",") }
      }
      let before = try lines("t.csv")
      for after in [try lines("a.1.csv"), try lines("a.2.csv")] {
        #expect(after.count == before.count)
        for (old, new) in zip(before, after) where old != new {
          #expect(old[1] == "NA" && Double(new[1]).map { (0...7.5).contains($0) } == true)
          #expect(old[0] == new[0] && old[2...] == new[2...])
        }
        #expect(after.allSatisfy { !$0.contains("NA") })
      }
      let report = String(decoding: outcome.output, as: UTF8.self)
      for name in [
        "13 of 120 rows have gaps, in 1 pattern", "random row", "copula", "MAR; Rubin 1976",
      ] {
        #expect(report.contains(name), "\(report)")
      }
    }

    @Test("A table that changes or vanishes during the run is named", arguments: [0, 1])
    func changes(way: Int) async throws {
      let folder = try folder()
      let running = try BuiltProgram.start(
        ["synth", "t.csv", "--steps", "4000", "--save-schema", "t.yaml", "--output", "a.csv"]
          + Self.small, in: folder)
      // The schema is written once the table is read.
      try await waitUntil("the table is read") { folder.contents.contains("t.yaml") }
      if way == 0 {
        try folder.write("id\n1\n", to: "t.csv")
      } else {
        try FileManager.default.removeItem(atPath: folder.path + "/t.csv")
      }
      let outcome = try await running.outcome()
      #expect(outcome.status == 0, "\(outcome.errorText)")
      let line = "warning: t.csv changed or vanished during the run; the rows are made from what"
      #expect(outcome.errorText.contains(line.dropFirst(9)))
      #expect(String(decoding: try folder.read("a.csv.report.txt"), as: UTF8.self).contains(line))
    }

    @Test("Interrupted, it writes nothing and ends with status 130")
    func interrupt() async throws {
      let folder = try folder()
      let running = try BuiltProgram.start(
        ["synth", "t.csv", "--steps", "10000000", "--output", "a.csv"] + Self.small, in: folder)
      let facts = ProcessFacts(id: running.process.id)
      try await waitUntil("interrupts are watched for") { facts.catchesInterrupts }
      kill(running.process.id, SIGINT)
      #expect(try await running.outcome().status == 130)
      #expect(folder.contents == ["t.csv"])
    }

    @Test("Interrupted while it judges, it writes nothing", arguments: ["judging", "learning"])
    func interruptedJudging(words: String) async throws {
      let folder = try TemporaryFolder()
      let rows = (0..<2500).map { "\($0 * 7919 % 2503),\($0 * 31 % 977),\(["x", "y"][$0 % 2])\n" }
      try folder.write("a,b,c\n" + rows.joined(), to: "t.csv")
      try await TmuxSession.with(TmuxSession.Setting()) { session in
        // Twenty tables and seeds take minutes.
        try await session.enter(
          "clear; \(BuiltProgram.path()) synth \(folder.path)/t.csv --target c --repeats 20 "
            + "--steps 1 --rows 10 --set network.hidden=[8] --set sampler.steps=1 "
            + "--output \(folder.path)/a.csv")
        try await session.wait(words) { $0.contains("\(words) ") }
        try await session.press("C-c")
        try await session.enter("echo status=$?")
        try await session.wait("status 130") { $0.contains("status=130") }
      }
      #expect(folder.contents == ["t.csv"])
    }

    @Test(arguments: [
      (["--dp"], "--dp is refused: training here adds no noise"),
      (["--output", "a.txt"], "must end in .csv"), (["--rows", "5"], "--rows needs --output"),
      (["--output", "t.csv"], "t.csv would be replaced"),
      (["--condition", "Kind=x"], "--condition needs --output"),
      (["--repeats", "0"], "--repeats must be from 1 to 20"),
      (["--repeats", "2", "--output", "a.csv"], "--repeats needs a target"),
      (["--condition", "Kind=w", "--output", "a.csv"], "give one of x, y, z"),
      (
        ["--condition", "Kind=x", "--set", "network.kind=ntk", "--output", "a.csv"],
        "needs a network.kind of mlp or linear"
      ),
      (["--fill"], "--fill needs --output"), (["--draws", "2"], "--draws needs --fill"),
      (["--fill", "--rows", "5", "--output", "a.csv"], "--fill keeps the table's rows"),
      (["--fill", "--repeats", "2", "--output", "a.csv"], "--fill keeps the table's rows"),
      (["--fill", "--draws", "0", "--output", "a.csv"], "--draws must be from 1 to 100"),
      (
        ["--fill", "--set", "objective.levels=bank", "--output", "a.csv"],
        "--fill needs a network.kind of mlp or linear, and no bank"
      ),
      (["--guidance", "1", "--output", "a.csv"], "guidance needs --condition"),
      (
        ["--condition", "Kind=x", "--guidance", "21", "--output", "a.csv"], "sampler.guidance"
      ),
      (["--target", "none"], "no column \"none\""),
      (["--schema", "no.yaml"], "no.yaml: No such file"),
      (["--output", "no/a.csv"], "no/a.csv: No such file"),
      (["--set", "network.kind=magic", "--output", "a.csv"], "network.kind"),
    ])
    func refusesInOneLine(arguments: [String], message: String) async throws {
      let folder = try folder()
      let outcome = try await BuiltProgram.run(["synth", "t.csv"] + arguments, in: folder)
      #expect(outcome.status == 2)
      #expect(outcome.errorLines.last?.contains(message) == true, "\(outcome.errorText)")
      #expect(folder.contents == ["t.csv"])
    }
  }
}
