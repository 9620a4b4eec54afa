import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Runs that are kept by one program and looked at by the next.
  @Suite struct RunsCommandTests {
    private static let small = [
      "--set", "network.hidden=[8]", "--set", "probe.points=64", "--set", "probe.levels=2",
    ]

    private func train(
      _ steps: Int, in folder: TemporaryFolder, _ more: [String] = []
    ) async throws -> BuiltProgram.Outcome {
      try await BuiltProgram.run(
        ["train", "--steps", "\(steps)", "--store", "store"] + Self.small + more, in: folder)
    }

    private func runs(
      _ arguments: [String], in folder: TemporaryFolder
    ) async throws -> BuiltProgram.Outcome {
      try await BuiltProgram.run(["runs"] + arguments + ["--store", "store"], in: folder)
    }

    private func digest(_ name: String, in folder: TemporaryFolder) async throws -> String {
      let shown = try await runs(["show", name, "--json"], in: folder)
      let line = try #require(shown.outputLines.first)
      return String(line.components(separatedBy: "\"digest\":\"")[1].prefix(16))
    }

    @Test("A run that is resumed ends with the bits of one that never stopped, on 1 and 2 threads")
    func resumes() async throws {
      let folder = try TemporaryFolder()
      for (steps, threads) in [(100, "1"), (60, "2")] {
        #expect(try await train(steps, in: folder, ["--threads", threads]).status == 0)
      }
      let more = try await BuiltProgram.run(
        ["resume", "two_moons-2", "--steps", "40", "--threads", "1", "--store", "store"],
        in: folder)
      #expect(more.status == 0 && more.errorText.isEmpty, "\(more.errorText)")
      #expect(more.outputLines.last?.hasPrefix("{\"step\":100,") == true)
      let digests = [
        try await digest("two_moons-1", in: folder), try await digest("two_moons-2", in: folder),
      ]
      #expect(digests[0] == digests[1])
      for name in ["two_moons-1", "two_moons-2"] {
        let again = try await BuiltProgram.run(["replay", name, "--store", "store"], in: folder)
        #expect(again.status == 0, "\(again.errorText)")
        #expect(again.outputText == "\(name): the same bits at step 100, digest \(digests[0])\n")
      }
    }

    @Test("Runs are listed, filtered, sorted, named, tagged, noted, compared and deleted")
    func manages() async throws {
      let folder = try TemporaryFolder()
      #expect(try await train(20, in: folder).status == 0)
      #expect(
        try await train(40, in: folder, ["--set", "optimizer.learning_rate=0.01"]).status == 0)
      let list = try await runs(["--sort", "steps", "--json"], in: folder)
      #expect(list.outputLines.count == 2)
      #expect(list.outputLines.first?.contains("\"name\":\"two_moons-2\"") == true)
      #expect(try await runs(["rename", "two_moons-2", "fast"], in: folder).status == 0)
      #expect(try await runs(["tag", "fast", "tried", "good"], in: folder).status == 0)
      #expect(try await runs(["tag", "fast", "tried", "--remove"], in: folder).status == 0)
      #expect(try await runs(["note", "fast", "a note, with words"], in: folder).status == 0)
      let filtered = try await runs(["list", "--filter", "GOOD words"], in: folder)
      #expect(filtered.outputLines.count == 3 && filtered.outputText.contains(" fast "))
      #expect(filtered.outputText.contains("1 of 2 runs in "))
      let diff = try await runs(["diff", "two_moons-1", "fast"], in: folder)
      #expect(diff.outputText.contains("optimizer.learning_rate"))
      #expect(diff.outputLines.count == 2, "\(diff.outputText)")
      let missing = try await runs(["show", "fats"], in: folder)
      #expect(missing.status == 2 && missing.errorText.contains("did you mean fast?"))
      let taken = try await runs(["rename", "two_moons-1", "fast"], in: folder)
      #expect(taken.status == 2 && taken.errorText.contains("another run is called fast"))
      let unasked = try await runs(["delete", "fast"], in: folder)
      #expect(unasked.status == 2 && unasked.errorText.contains("--yes"))
      #expect(try await runs(["delete", "fast", "--yes"], in: folder).status == 0)
      #expect(try await runs(["list", "--json"], in: folder).outputLines.count == 1)
      let clean = try await runs(["clean", "--budget", "0"], in: folder)
      #expect(clean.outputText.contains("0 strays; 0 checkpoints take"))
      // Without a checkpoint the run is trained again from its log.
      let more = try await BuiltProgram.run(
        ["resume", "two_moons-1", "--steps", "5", "--store", "store"], in: folder)
      #expect(more.status == 0 && more.outputLines.last?.hasPrefix("{\"step\":25,") == true)
    }

    @Test("A run goes to another store as a file, and its weights to Python by its name")
    func handsOn() async throws {
      let folder = try TemporaryFolder()
      #expect(try await train(40, in: folder).status == 0)
      let written = try await runs(["export", "two_moons-1", "--json"], in: folder)
      #expect(written.outputText.contains("\"file\":\"two_moons-1.run.safetensors\""))
      let name = "two_moons-1.run.safetensors"
      let imported = try await BuiltProgram.run(
        ["runs", "import", name, "--store", "other"], in: folder)
      #expect(imported.outputText == "\(name) is kept as two_moons-1\n", "\(imported.errorText)")
      let again = try await BuiltProgram.run(
        ["runs", "import", name, "--json", "--store", "other"], in: folder)
      #expect(again.outputText.hasPrefix("{\"known\":\"two_moons-1\""))
      let replayed = try await BuiltProgram.run(
        ["replay", "two_moons-1", "--store", "other"], in: folder)
      #expect(replayed.status == 0 && replayed.outputText.contains("the same bits at step 40"))
      let python = try await BuiltProgram.run(
        ["export", "two_moons-1", "--python", "model", "--store", "other"], in: folder)
      #expect(python.status == 0, "\(python.errorText)")
      #expect(folder.contentsOf("model").contains("weights.safetensors"))
      try folder.write("{}", to: "bad.safetensors")
      let bad = try await runs(["import", "bad.safetensors"], in: folder)
      #expect(bad.status == 2 && bad.errorLines.count == 1, "\(bad.errorText)")
      let deleted = try await runs(["delete", "two_moons-1", "--yes", "--json"], in: folder)
      #expect(deleted.outputText.hasPrefix("{\"deleted\":\"two_moons-1\""))
      let clean = try await runs(["clean", "--json"], in: folder)
      #expect(clean.outputText.hasPrefix("{\"freed\":0,\"strays\":0,\"deleted\":0,"))
    }

    @Test("On a disk without room the run is trained, and of each file not kept there is one line")
    func fullDisk() async throws {
      let folder = try TemporaryFolder()
      for (blocks, words) in [(8, "the run is not kept"), (120, "is tried again")] {
        // The output goes through a pipe, since it is a file with the same limit otherwise.
        let script = "(ulimit -f \(blocks); exec \"$@\") | cat; exit ${PIPESTATUS[0]}"
        let place = "\(folder.path)/\(blocks)"
        let outcome = try await BuiltProgram.start(
          "/bin/bash",
          ["-c", script, "bash", BuiltProgram.path(), "train", "--steps", "300", "--store", place]
            + ["--set", "network.hidden=[64, 64]"]
        ).outcome()
        #expect(outcome.status == 0 && outcome.outputLines.count > 1)
        // The database and the checkpoint: which of them meets the limit first is a matter of time.
        #expect((1...2).contains(outcome.errorLines.count), "\(outcome.errorText)")
        #expect(outcome.errorLines.allSatisfy { $0.contains(words) }, "\(outcome.errorText)")
      }
    }

    @Test("On a terminal, without a word behind it, the page of the runs opens")
    func page() async throws {
      let folder = try TemporaryFolder()
      for _ in 0..<2 { #expect(try await train(30, in: folder).status == 0) }
      let start = try "\(BuiltProgram.path()) runs --store \(folder.path)/store"
      try await TmuxSession.with { session in
        try await session.enter(start)
        try await session.wait("the runs") { $0.contains("two_moons-2") && $0.contains("2 runs") }
        try await session.type("D")
        try await session.press("Down", "Enter")
        try await session.wait("one run less") { $0.contains(" 1 run ") }
        try await session.type("u")
        try await session.wait("the run again") { $0.contains("2 runs") }
        try await session.type("D")
        try await session.press("Down", "Enter")
        try await session.wait("one run less") { $0.contains(" 1 run ") }
        try await session.type("q")
        try await session.wait("the end") { $0.contains(TmuxSession.prompt) }
      }
      let left = try await runs(["list", "--json"], in: folder)
      #expect(left.outputLines.count == 1 && left.outputText.contains("two_moons-1"))
    }

    @Test("A store that cannot be is one line, and the run is trained all the same")
    func faults() async throws {
      let folder = try TemporaryFolder()
      try folder.write("no folder", to: "file")
      for (store, words) in [
        ("file", "this is a file, not a folder"), ("/dev/null/x", "/dev/null"),
      ] {
        let outcome = try await BuiltProgram.run(
          ["train", "--steps", "2", "--store", store] + Self.small, in: folder)
        #expect(outcome.status == 0 && outcome.outputLines.count > 1)
        #expect(outcome.errorLines.count == 1, "\(outcome.errorText)")
        #expect(outcome.errorText.contains("warning: the run is not kept: "))
        #expect(outcome.errorText.contains(words))
      }
      let homeless = try await BuiltProgram.start(
        "/usr/bin/env",
        ["-u", "SCOREFIELD_STORE", BuiltProgram.path(), "train", "--steps", "2"]
          + Self.small
      ).outcome()
      #expect(homeless.status == 0 && homeless.errorLines.count == 1)
      #expect(homeless.errorText.contains("no home folder to keep the run in"))
      let none = try await runs(["list"], in: folder)
      #expect(none.status == 2 && none.errorText.contains("no run is kept in store"))
      let usage = try await BuiltProgram.run(["runs", "--store", "off"])
      #expect(usage.status == 2 && usage.errorText.contains("the store is off"))
      #expect(folder.contents == ["file"])
    }

    @Test("A run that is killed is there up to its last save, whole, and goes on from it")
    func killed() async throws {
      let folder = try TemporaryFolder()
      for attempt in 1...3 {
        let process = try BuiltProgram.start(
          ["train", "--steps", "100000000", "--every", "100000000", "--store", "store"]
            + Self.small,
          in: folder)
        try await waitUntil("a checkpoint is kept") {
          folder.contentsOf("store/checkpoints").contains { $0.hasSuffix(".safetensors") }
        }
        kill(process.process.id, SIGKILL)
        #expect(try await process.outcome().status == 128 + SIGKILL)
        let list = try await runs(["list", "--json"], in: folder)
        #expect(list.status == 0 && list.outputLines.count == 1, "attempt \(attempt)")
        let name = "two_moons-1"
        let again = try await BuiltProgram.run(["replay", name, "--store", "store"], in: folder)
        #expect(again.status == 0, "\(again.errorText)")
        let more = try await BuiltProgram.run(
          ["resume", name, "--steps", "1", "--store", "store"], in: folder)
        #expect(more.status == 0, "\(more.errorText)")
        #expect(try await runs(["delete", name, "--yes"], in: folder).status == 0)
        #expect(
          folder.contentsOf("store/checkpoints").isEmpty,
          "\(folder.contentsOf("store/checkpoints"))")
      }
      #expect(folder.contentsOf("store").contains("runs.sqlite"))
    }
  }
}

extension TemporaryFolder {
  /// The names of the files in a folder of this one, sorted.
  fileprivate func contentsOf(_ name: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(name)")) ?? []).sorted()
  }
}
