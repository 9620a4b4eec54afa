import ScoreLab
import TestSupport
import Testing

extension EndToEnd {
  /// `scorefield migrate`, and the old names of options.
  @Suite struct MigrateTests {
    @Test("Old names are replaced and named; the second time there are none")
    func migrates() async throws {
      let folder = try TemporaryFolder()
      let text = "# Huber\nobjective: {clip: 0.5}  # a length\n"
      _ = try folder.write(text, to: "my.yaml")
      let said = "my.yaml:2: objective.clip is now objective.huber_length"
      let trial = try await BuiltProgram.run(["migrate", "--dry-run", "my.yaml"], in: folder)
      #expect(trial.status == 0 && trial.outputLines == [said], "\(trial.errorText)")
      #expect(try String(decoding: folder.read("my.yaml"), as: UTF8.self) == text)
      let done = try await BuiltProgram.run(["migrate", "my.yaml"], in: folder)
      #expect(done.status == 0 && done.outputLines == [said])
      #expect(
        try String(decoding: folder.read("my.yaml"), as: UTF8.self)
          == "# Huber\nobjective: {huber_length: 0.5}  # a length\n")
      let again = try await BuiltProgram.run(["migrate", "my.yaml"], in: folder)
      #expect(again.status == 0 && again.outputLines == ["my.yaml: nothing to rename"])
      #expect(folder.contents == ["my.yaml"])
    }

    @Test("A file that is wrong beyond its names is left as it is, with one line and status 2")
    func wrong() async throws {
      let folder = try TemporaryFolder()
      let text = "objective: {clip: -1}\n"
      _ = try folder.write(text, to: "my.yaml")
      let outcome = try await BuiltProgram.run(["migrate", "my.yaml"], in: folder)
      #expect(outcome.status == 2 && outcome.output.isEmpty)
      #expect(outcome.errorText.contains("my.yaml:1: objective.huber_length: expected a number"))
      #expect(try String(decoding: folder.read("my.yaml"), as: UTF8.self) == text)
    }

    @Test(
      "An option by its old name is refused with the new one, which a command has",
      arguments: RenamedNames.all.filter { $0.place == .option })
    func option(name: RenamedName) async throws {
      let folder = try TemporaryFolder()
      let old = try await BuiltProgram.run(["sample", "--output", "a.csv", name.old], in: folder)
      #expect(old.status == 2 && old.output.isEmpty)
      #expect(old.errorLines.count == 1)
      #expect(old.errorText.hasPrefix("scorefield: \(name.old) is now \(name.new)."))
      let manual = try await BuiltProgram.run(["help", "sample"])
      #expect(manual.outputText.contains(name.new))
    }
  }
}
