import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// `scorefield sample`.
  @Suite struct SampleCommandTests {
    private static let small = [
      "sample", "--count", "60", "--set", "network.hidden=[16]", "--set", "sampler.steps=20",
    ]
    private static let gaussian =
      "distribution={kind: gaussian_mixture, components: [{mean: [3], deviation: 0.5}]}"

    private func run(
      _ arguments: [String], in folder: TemporaryFolder? = nil
    ) async throws -> BuiltProgram.Outcome {
      let outcome = try await BuiltProgram.run(Self.small + arguments, in: folder)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errorText)")
      return outcome
    }

    @Test("A pipe gets the CSV that a file would hold, with the names of the axes")
    func pipe() async throws {
      let folder = try TemporaryFolder()
      let distribution = ["--exact", "--set", "distribution.kind=old_faithful"]
      let piped = try await run(distribution)
      let filed = try await run(distribution + ["--output", "a.csv"], in: folder)
      #expect(filed.output.isEmpty)
      #expect(try folder.read("a.csv") == piped.output)
      #expect(folder.contents == ["a.csv", "a.csv.yaml"])
      #expect(piped.outputLines.count == 61)
      #expect(piped.outputLines.first == "eruptions (min),waiting (min)")
      for line in piped.outputLines.dropFirst() {
        // Minutes of eruption and of waiting, far from the sampler's own units.
        let numbers = line.split(separator: ",").compactMap { Double($0) }
        #expect(numbers.count == 2 && (0...8).contains(numbers[0]))
        #expect((20...120).contains(numbers[1]))
      }
    }

    @Test("The configuration next to the sample gives the same sample again")
    func reproduces() async throws {
      let folder = try TemporaryFolder()
      let training = ["--steps", "30"]
      _ = try await run(training + ["--seed", "11", "--output", "a.csv"], in: folder)
      let text = String(decoding: try folder.read("a.csv.yaml"), as: UTF8.self)
      #expect(text.hasPrefix("# scorefield 0.1.0 sample --average, 30 training steps\nseed: 11\n"))
      let again = try await BuiltProgram.run(["sample", "a.csv.yaml"] + training, in: folder)
      #expect(again.status == 0)
      #expect(again.output == (try folder.read("a.csv")))
    }

    @Test("An npy file holds the numbers of the CSV, bit for bit, whatever the threads")
    func npy() async throws {
      let folder = try TemporaryFolder()
      let training = ["--steps", "30", "--threads"]
      let csv = try await run(training + ["1"])
      _ = try await run(training + ["2", "--output", "a.npy"], in: folder)
      let bytes = try folder.read("a.npy").dropFirst(128)
      let stored = stride(from: bytes.startIndex, to: bytes.endIndex, by: 8).map { start in
        bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      }
      let shown = csv.outputLines.dropFirst().flatMap { $0.split(separator: ",") }
        .compactMap { Double($0)?.bitPattern }
      #expect(stored.count == 120)
      #expect(stored == shown)
    }

    @Test("A last column says the class of each sample, by the value of its label in CSV")
    func classes() async throws {
      let folder = try TemporaryFolder()
      // Rows of class 3 lie left of 0, those of class 7 right of it.
      let rows = (0..<20).map { "\($0 < 10 ? -5 : 5).\($0 % 10),\($0 % 3),\($0 < 10 ? 3 : 7)" }
      try folder.write((["x,y,kind"] + rows).joined(separator: "\n"), to: "p.csv")
      let labelled = [
        "--exact", "--set", "distribution={kind: points, file: p.csv, label: kind}", "--set",
        "network.condition=class",
      ]
      let csv = try await run(labelled, in: folder)
      #expect(csv.outputLines.first == "x,y,class")
      let cells = csv.outputLines.dropFirst().map { $0.split(separator: ",").map { Double($0) } }
      #expect(cells.count == 60 && Set(cells.map { $0[2] }) == [3, 7])
      for cell in cells { #expect((try #require(cell[0]) < 0) == (cell[2] == 3)) }
      _ = try await run(labelled + ["--output", "a.npy"], in: folder)
      let header = String(decoding: try folder.read("a.npy").prefix(128), as: UTF8.self)
      #expect(header.contains("(60, 3)"))
      // Rows of the distribution itself are of no class.
      let law = try await run(["--distribution"] + labelled.dropFirst(), in: folder)
      #expect(law.outputLines.first == "x,y")
    }

    @Test("What is sampled can be chosen, and each choice is another sample")
    func sources() async throws {
      var outputs: Set<[UInt8]> = []
      for source in ["--average", "--current", "--exact", "--distribution"] {
        let training = source == "--average" || source == "--current" ? ["--steps", "30"] : []
        outputs.insert(try await run([source] + training).output)
      }
      #expect(outputs.count == 4)
    }

    @Test(
      "The exact score and the distribution itself give the distribution",
      arguments: ["--exact", "--distribution"])
    func exact(source: String) async throws {
      let outcome = try await BuiltProgram.run([
        "sample", source, "--count", "10000", "--set", Self.gaussian, "--set", "sampler.steps=200",
      ])
      let values = outcome.outputLines.dropFirst().compactMap { Double($0) }
      #expect(values.count == 10_000)
      let mean = values.reduce(0, +) / 10_000
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 10_000
      // Five standard errors, 0.5 / 100 each; the start misses e^-5 of the mean, 0.02.
      #expect(abs(mean - 3) < 0.025 + 0.02)
      // Five standard errors, sqrt(2 / 10000) each; the sampler's steps add 3 %.
      #expect(abs(variance / 0.25 - 1) < 0.07 + 0.03)
    }

    @Test(
      "Interrupted, it writes nothing and ends with status 130",
      arguments: [["--steps", "100000000"], ["--exact", "--set", "sampler.steps=10000"]])
    func interrupts(arguments: [String]) async throws {
      let folder = try TemporaryFolder()
      let running = try BuiltProgram.start(
        ["sample", "--count", "200000"] + arguments + ["--output", "a.csv"], in: folder)
      let facts = ProcessFacts(id: running.process.id)
      try await waitUntil("interrupts are watched for") { facts.catchesInterrupts }
      kill(running.process.id, SIGINT)
      let outcome = try await running.outcome()
      #expect(outcome.status == 130)
      #expect(outcome.output.isEmpty && outcome.errorText.allSatisfy { $0 != "\r" })
      #expect(folder.contents.isEmpty)
    }

    @Test("A divergence is one line, and nothing is written")
    func diverges() async throws {
      let folder = try TemporaryFolder()
      let outcome = try await BuiltProgram.run(
        Self.small + [
          "--steps", "300", "--set", "optimizer.learning_rate=10", "--output", "a.csv",
        ], in: folder)
      #expect(outcome.status == 1, "\(outcome.errorText)")
      #expect(outcome.errorLines.last?.contains("diverged at step") == true)
      #expect(folder.contents.isEmpty)
    }

    // Steps that would take hours: what is wrong must be found before the first.
    @Test(arguments: [
      (["--output", "no/a.csv"], "no/a.csv: No such file or directory"),
      (["--output", "a.txt"], "must end in .csv or .npy"),
      (["--output", "taken.csv"], "this is a folder"),
      (["--count", "-5"], "--count must be from 1 to 1000000"),
      (["--count", "0"], "--count must be from 1 to 1000000"),
      (["--count", "1000001"], "--count must be from 1 to 1000000"),
      (["--seed", "-1"], "--seed"), (["--threads", "0"], "--threads must be"),
      (["--exact"], "--exact takes none"), (["--exact", "--distribution"], "--distribution"),
      (["--set", "sampler.kind=magic"], "sampler.kind"), (["missing.yaml"], "missing.yaml"),
      (["--data", "data.csv", "--output", "data.csv"], "would replace the data"),
    ])
    func refusesInOneLine(arguments: [String], message: String) async throws {
      let folder = try TemporaryFolder()
      try folder.write("x,y\n1,2\n3,4\n5,7\n", to: "data.csv")
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/taken.csv", withIntermediateDirectories: false)
      let outcome = try await BuiltProgram.run(
        ["sample", "--steps", "100000000"] + arguments, in: folder)
      #expect(outcome.status == 2)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errorLines.count == 1, "\(outcome.errorText)")
      #expect(outcome.errorText.hasPrefix("scorefield: "))
      #expect(outcome.errorText.contains(message), "\(outcome.errorText)")
      #expect(folder.contents == ["data.csv", "taken.csv"])
    }

    @Test("On a terminal it asks for a file instead of filling the screen")
    func terminal() async throws {
      let terminal = try PseudoTerminal(columns: 120, rows: 24)
      let folder = try TemporaryFolder()
      let errors = try folder.write("", to: "errors")
      let process = try ChildProcess(
        BuiltProgram.path(), Self.small + ["--exact"], environment: [:],
        streams: .init(output: terminal.path, errors: errors))
      try await waitUntil("the end") { process.status != nil }
      #expect(process.status == 2)
      let text = String(decoding: try folder.read("errors"), as: UTF8.self)
      #expect(text.contains("give --output FILE.csv or FILE.npy"))
      #expect(terminal.waitingBytes == 0)
    }

    @Test("On a terminal training shows its progress and the end says what was written")
    func progress() async throws {
      let terminal = try PseudoTerminal(columns: 120, rows: 24)
      let folder = try TemporaryFolder()
      let process = try ChildProcess(
        BuiltProgram.path(),
        Self.small + ["--steps", "40000", "--output", "\(folder.path)/a.csv"], environment: [:],
        streams: .init(output: terminal.path, errors: terminal.path))
      var text = ""
      try await waitUntil("the end") {
        text += String(decoding: terminal.read(), as: UTF8.self)
        return process.status != nil
      }
      text += String(decoding: terminal.read(), as: UTF8.self)
      #expect(process.status == 0)
      #expect(text.contains("steps/s  ETA ") && text.contains("/40000"), "\(text)")
      #expect(text.contains("wrote \(folder.path)/a.csv and "), "\(text)")
    }
  }
}
