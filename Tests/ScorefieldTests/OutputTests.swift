import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Standard streams that are full, closed or without a reader.
  @Suite struct OutputTests {
    private static let small = ["--set", "network.hidden=[8]", "--set", "probe.points=64"]

    /// Every command but the workbench, with values that make it quick; POINTS stands for a file, STORE
    /// for a store with a run, w.safetensors for weights.
    private static let commands: [[String]] = [
      ["list"], ["doctor", "--quick"], ["plan"], ["plan", "--json"], ["claims"],
      ["lesson", "list"], ["--help"],
      ["--version"],
      ["truth", "--time", "0.5", "--points", "POINTS"],
      ["score", "--steps", "2", "--time", "0.5", "--points", "POINTS"] + small,
      ["likelihood", "--exact", "--flow-steps", "4", "--points", "POINTS"],
      ["dimension", "--exact", "--count", "100", "--levels", "2"],
      ["measure", "POINTS", "POINTS", "--only", "energy", "--draws", "19"],
      ["export", "w.safetensors", "--python", "model"],
      [
        "judge", "--score-command", "cat >/dev/null", "--time-limit", "0.1", "--set",
        "probe.points=64",
      ],
      ["train", "--steps", "2"] + small, ["train", "--steps", "2", "--json"] + small,
      ["sample", "--distribution", "--count", "10"], ["synth", "POINTS"], ["migrate", "POINTS"],
      ["sweep", "plan", "SWEEP.yaml", "--shard", "1", "--no-pilot"],
      ["runs", "--store", "STORE"], ["replay", "two_moons-1", "--store", "STORE"],
      ["resume", "two_moons-1", "--steps", "2", "--store", "STORE"],
      ["experiment", "outlier_score", "--set", "samples=20", "--set", "repeats=100"],
      ["bench", "--rounds", "1", "--only", "sampling", "--shape", "8,1,16"],
    ]

    /// Runs the program with its streams as a line of bash redirects `"$@"`.
    private func run(
      _ redirection: String, _ arguments: [String], in folder: TemporaryFolder
    ) async throws -> BuiltProgram.Outcome {
      let script = "cd \"$1\"; shift; \(redirection)"
      return try await BuiltProgram.start(
        "/bin/bash", ["-c", script, "bash", folder.path, BuiltProgram.path()] + arguments
      ).outcome()
    }

    private func folder(for arguments: [String]) async throws -> TemporaryFolder {
      let folder = try TemporaryFolder()
      if arguments.contains("STORE") {
        let train = ["train", "--steps", "2", "--store", "STORE"] + Self.small
        #expect(try await BuiltProgram.run(train, in: folder).status == 0)
      }
      if arguments.contains("w.safetensors") {
        let train = ["train", "--steps", "2", "--save-weights", "w.safetensors"] + Self.small
        #expect(try await BuiltProgram.run(train, in: folder).status == 0)
      }
      let rows = (0..<24).map { "\($0 % 5),\($0 % 7)\n" }.joined()
      try folder.write("x,y\n" + rows, to: "POINTS")
      try folder.write("sweep: a\ntrain: {steps: 1}\n", to: "SWEEP.yaml")
      return folder
    }

    @Test("The list of commands here is that of the program")
    func list() async throws {
      let help = try await BuiltProgram.run(["--help"])
      let subcommands = help.outputLines.drop { $0 != "SUBCOMMANDS:" }.dropFirst()
        .prefix { !$0.contains("See ") }.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
        .compactMap { $0.split(separator: " ").first.map(String.init) }
      #expect(
        Set(subcommands)
          == Set(Self.commands.map { $0[0] }.filter { !$0.hasPrefix("-") } + ["open", "demo"]))
    }

    @Test(
      "In plain words there is a line a second without escapes, from train and without a screen",
      arguments: [["train", "--plain", "--steps", "200"], ["--plain", "--steps", "200"]])
    func plain(arguments: [String]) async throws {
      // A terminal gets what a pipe does.
      let terminal = try PseudoTerminal(columns: 80, rows: 24)
      let process = try ChildProcess(
        BuiltProgram.path(), arguments + Self.small,
        environment: ["TERM": "xterm", "PATH": "/usr/bin:/bin", "SCOREFIELD_STORE": "off"],
        streams: .init(input: terminal.path, output: terminal.path, errors: terminal.path))
      var output: [UInt8] = []
      try await waitUntil("the command has ended", every: .milliseconds(5)) {
        output += terminal.read()
        return process.status != nil
      }
      // What a program wrote last reaches the other end of a terminal after its end.
      try await waitUntil("the last line has come", every: .milliseconds(5)) {
        output += terminal.read()
        return String(decoding: output, as: UTF8.self).contains("done: 200 steps\r\n")
      }
      #expect(process.status == 0)
      let text = String(decoding: output, as: UTF8.self)
      #expect(!text.contains("\u{1B}"))
      // The line discipline ends each line with a carriage return as well.
      let lines = text.split(separator: "\r\n")
      #expect(lines.allSatisfy { !$0.contains("\r") })
      let sentences = lines.filter { $0.hasPrefix("step ") }
      #expect(sentences.last?.hasPrefix("step 200, loss ") == true)
      #expect(sentences.last?.contains(", held-out loss ") == true)
      #expect(sentences.last?.contains("worst L2 error") == true)
      #expect(lines.last == "done: 200 steps")
    }

    @Test("The seed of train is that of the configuration, as --set sets it")
    func seed() async throws {
      let common = ["train", "--steps", "2", "--json"] + Self.small
      let first = try await BuiltProgram.run(common + ["--seed", "11"])
      let second = try await BuiltProgram.run(common + ["--set", "seed=11"])
      func losses(_ outcome: BuiltProgram.Outcome) -> [Substring] {
        outcome.outputLines.dropFirst().map { $0.prefix { $0 != "}" }.prefix(60) }
      }
      #expect(first.status == 0 && losses(first).count > 1)
      #expect(losses(first) == losses(second))
      #expect(first.outputLines.first == second.outputLines.first)
    }

    @Test("Output that cannot be written is one line and status 1", arguments: commands)
    func full(arguments: [String]) async throws {
      let folder = try await folder(for: arguments)
      let outcome = try await run("exec \"$@\" >/dev/full", arguments, in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.errorText == "scorefield: standard output: No space left on device\n")
    }

    @Test("A pipe without a reader ends the program quietly by SIGPIPE", arguments: commands)
    func closedPipe(arguments: [String]) async throws {
      let folder = try await folder(for: arguments)
      // The reader has ended before the program starts.
      let outcome = try await run(
        "exec 3> >(:); wait $!; exec \"$@\" >&3 3>&-", arguments, in: folder)
      #expect(outcome.status == 128 + SIGPIPE && outcome.errorText.isEmpty)
    }

    @Test("A closed standard output is reported, and an ignored SIGPIPE is no way to live on")
    func inherited() async throws {
      let folder = try TemporaryFolder()
      let closed = try await run("exec \"$@\" >&-", ["list"], in: folder)
      #expect(closed.status == 1)
      #expect(closed.errorText == "scorefield: standard output: Bad file descriptor\n")
      let ignored = try await run(
        "trap '' PIPE; exec 3> >(:); wait $!; exec \"$@\" >&3 3>&-", ["list"], in: folder)
      #expect(ignored.status == 128 + SIGPIPE && ignored.errorText.isEmpty)
    }

    @Test("What does not fit on the disk any more is cut, and the end is reported")
    func limit() async throws {
      let folder = try TemporaryFolder()
      let whole = try await BuiltProgram.run(["sample", "--distribution", "--count", "5000"])
      #expect(whole.status == 0 && whole.output.count > 100_000)
      let outcome = try await run(
        "ulimit -f 20; exec \"$@\" >out", ["sample", "--distribution", "--count", "5000"],
        in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.errorText == "scorefield: standard output: File too large\n")
      #expect(try folder.read("out") == Array(whole.output.prefix(20 * 1024)))
    }

    @Test(
      "Standard error closed, full or without a reader changes neither status nor result",
      arguments: ["2>&-", "2>/dev/full", "2>&3 3>&-"])
    func withoutErrors(redirection: String) async throws {
      let folder = try TemporaryFolder()
      let arguments =
        ["sample", "--steps", "2", "--count", "20", "--set", "process.horizon=1"] + Self.small
      let whole = try await BuiltProgram.run(arguments)
      #expect(whole.status == 0 && whole.errorText.contains("warning: "))
      let piped = try await run(
        "exec 3> >(:); wait $!; exec \"$@\" \(redirection)", arguments, in: folder)
      #expect(piped.status == 0 && piped.output == whole.output)
      let filed = try await run(
        "exec 3> >(:); wait $!; exec \"$@\" \(redirection)", arguments + ["--output", "a.csv"],
        in: folder)
      #expect(filed.status == 0 && filed.output.isEmpty)
      #expect(try folder.read("a.csv") == whole.output)
    }
  }
}
