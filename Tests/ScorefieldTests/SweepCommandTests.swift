import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Sweeps as their users start them: processes that are killed, stopped and handed to a stand-in for Slurm.
  @Suite struct SweepCommandTests {
    private static let specification = """
      sweep: small
      train: {steps: 60}
      configuration: {network: {hidden: [8]}, optimizer: {batch: 16}, probe: {points: 200, levels: 2}}
      vary: {training_set.count: [20, 40, 80]}
      seeds: 4
      shard: 1
      """

    private let folder: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder()
      try folder.write(Self.specification, to: "s.yaml")
    }

    private func sweep(_ arguments: String..., path: String? = nil) async throws
      -> BuiltProgram.Outcome
    {
      try await BuiltProgram.run(
        ["sweep"] + arguments, environment: path.map { ["PATH": $0] } ?? [:], in: folder)
    }

    @Test("A sweep that is killed, stopped and run by GNU parallel or by hand has one digest")
    func faults() async throws {
      let whole = try await sweep("run", "s.yaml")
      #expect(whole.status == 0, "\(whole.errorText)")
      let digest = try #require(whole.outputLines.last)
      #expect(digest.hasPrefix("digest ") && digest.utf8.count == 7 + 64)
      #expect(whole.outputLines.first == "12 rows in small.sweep/merged/RESULTS.jsonl")

      _ = try await sweep("plan", "s.yaml", "--out", "b", "--no-pilot")
      for signal in [SIGKILL, SIGINT, SIGKILL] {
        let run = try BuiltProgram.start(["sweep", "run", "b", "--jobs", "1"], in: folder)
        let done = folder.shards("b")
        try await waitUntil("another shard is done", every: .milliseconds(2)) {
          folder.shards("b") > done || run.process.status != nil
        }
        kill(run.process.id, signal)
        let outcome = try await run.outcome()
        #expect(outcome.status == (signal == SIGINT ? 130 : 128 + SIGKILL))
      }
      #expect(folder.shards("b") < 12)
      #expect(try await sweep("merge", "b").status == 1)
      let status = try await sweep("status", "b", "--json").outputText
      #expect(status.contains("\"shards\":12,\"done\":\(folder.shards("b")),"))
      #expect(try await sweep("run", "b").outputLines.last == digest)

      _ = try await sweep("plan", "s.yaml", "--out", "c", "--no-pilot")
      for shard in (0..<12).reversed() {
        #expect(try await sweep("work", "c", "\(shard)").status == 0)
      }
      #expect(try await sweep("merge", "c").outputLines.last == digest)
    }

    @Test("A sweep goes on from another working folder, with data files named as they were")
    func elsewhere() async throws {
      try folder.write("x,y\n1,2\n2,3\n4,5\n0,1\n", to: "p.csv")
      try folder.write(
        """
        sweep: data
        train: {steps: 3}
        configuration: {distribution: {kind: points, file: p.csv}, network: {hidden: [4]}, probe: {points: 200}}
        """, to: "d.yaml")
      let digest = try await sweep("d.yaml").outputLines.last
      try FileManager.default.removeItem(atPath: "\(folder.path)/data.sweep/shards/00/00000.jsonl")
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/below", withIntermediateDirectories: false)
      let place = folder.path
      let outcome = try await BuiltProgram.start(
        "/usr/bin/env", ["-C", "\(place)/below", BuiltProgram.path(), "sweep", "../data.sweep"]
      ).outcome()
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect(digest != nil && outcome.outputLines.last == digest)
    }

    @Test("A second run in a folder is refused with the first one's process")
    func locks() async throws {
      _ = try await sweep("plan", "s.yaml", "--no-pilot")
      let first = try BuiltProgram.start(
        ["sweep", "run", "small.sweep", "--jobs", "1"], in: folder)
      try await waitUntil("the first has begun", every: .milliseconds(2)) {
        folder.shards("small.sweep") > 0
      }
      let second = try await sweep("run", "small.sweep")
      #expect(
        second.status == 2 && second.errorText.contains("in use by process \(first.process.id)"))
      #expect(try await first.outcome().status == 0)
    }

    @Test("What is wrong is one line with the status that says so, and nothing is written")
    func refusals() async throws {
      try folder.write("sweep: a\ntrain: {steps: 1}\nvary: {network.hiden: [1]}\n", to: "bad.yaml")
      let before = folder.contents
      let cases: [([String], Int32, String)] = [
        (["run", "bad.yaml"], 2, "a, run 0 (network.hiden=1): network.hiden: unknown key"),
        (["run", "missing.yaml"], 2, "missing.yaml: No such file or directory"),
        (["status", "nowhere"], 2, "nowhere: no sweep is here"),
        (["run", "s.yaml", "--jobs", "0"], 2, "--jobs must be from 1 to 1024."),
        (["run", "s.yaml", "--sshlogin", "m"], 2, "--sshlogin needs --engine parallel."),
        (["work", "nowhere"], 2, "give a shard, or --list FILE with --entry K."),
        (["export", "nowhere", "t.csv"], 2, "nowhere: no sweep is here"),
      ]
      for (arguments, status, text) in cases {
        let outcome = try await BuiltProgram.run(["sweep"] + arguments, in: folder)
        #expect(outcome.status == status, "\(arguments)")
        #expect(outcome.errorText.hasPrefix("scorefield: \(text)"), "\(outcome.errorText)")
        #expect(outcome.errorLines.count == 1)
      }
      #expect(folder.contents == before)
    }

    @Test("A folder of another specification is refused, and one of an older program too")
    func misfits() async throws {
      _ = try await sweep("plan", "s.yaml", "--no-pilot")
      try folder.write(
        Self.specification.replacing("seeds: 4", with: "seeds: 5"), to: "s.yaml")
      let other = try await sweep("run", "s.yaml")
      #expect(other.status == 2 && other.errorText.contains("of another specification"))
      for command in ["status", "merge", "retry", "clean", "cancel"] {
        let outcome = try await sweep(command, "s.yaml")
        #expect(outcome.status == 2 && outcome.errorText.contains("of another specification"))
      }
      let file = "small.sweep/sweep.json"
      let text = String(decoding: try folder.read(file), as: UTF8.self)
      try folder.write(
        text.replacing("\"program\":\"scorefield", with: "\"program\":\"old"), to: file)
      let old = try await sweep("run", "small.sweep")
      #expect(old.status == 2 && old.errorLines.count == 1)
      let work = try await sweep("work", "small.sweep", "0")
      #expect(work.status == 65 && work.errorText.contains("was made by old"))
    }

    @Test("Submitting hands arrays and a merge to Slurm, and a second time only what is missing")
    func submission() async throws {
      let slurm = try TemporaryFolder()
      for (name, body) in [
        ("sbatch", "echo \"$*\" >> '\(slurm.path)/calls'; wc -l < '\(slurm.path)/calls'"),
        ("squeue", "cat '\(slurm.path)/state' 2>/dev/null || exit 0"),
        ("scancel", "echo \"$*\" >> '\(slurm.path)/cancelled'"),
        ("scontrol", "echo MaxArraySize = 5"),
      ] {
        chmod(try slurm.write("#!/bin/sh\n\(body)\n", to: name), 0o755)
      }
      let path = "\(slurm.path):/usr/bin:/bin"
      let first = try await sweep(
        "submit", "s.yaml", "--partition", "short", "--time", "30", "--sbatch=--account=theory",
        path: path)
      #expect(first.status == 0, "\(first.errorText)")
      #expect(
        first.outputLines == ["job 1: 5 shards", "job 2: 5 shards", "job 3: 2 shards", "merge 4"])
      let calls = String(decoding: try slurm.read("calls"), as: UTF8.self).split(separator: "\n")
      #expect(calls[0].contains("--array=0-4") && calls[2].contains("--array=0-1"))
      #expect(calls.allSatisfy { $0.contains("--partition=short --time=30 --account=theory") })
      #expect(calls[3].contains("--dependency=afterany:1:2:3"))
      // As an element of the array would.
      let list = try #require(calls[1].split(separator: " ").last.map(String.init))
      #expect(try await sweep("work", "small.sweep", "--list", list, "--entry", "0").status == 0)
      try slurm.write("0 PENDING\n1 PENDING\n", to: "state")
      let second = try await sweep("submit", "small.sweep", path: path)
      // Two elements of each array are left; shard 5 is done.
      #expect(second.outputLines.last == "merge 7", "\(second.outputText)\(second.errorText)")
      let cancelled = try await sweep("cancel", "small.sweep", path: path)
      #expect(cancelled.outputText == "5 jobs cancelled; finished shards stay\n")
      let without = try await sweep("submit", "small.sweep", path: "/nowhere")
      #expect(
        without.status == 1 && without.errorText.contains("needs a machine with Slurm's commands"))
    }

    @Test("Results leave as CSV, npy and a report with figures")
    func export() async throws {
      #expect(try await sweep("s.yaml").status == 0)
      #expect(try await sweep("export", "small.sweep", "t.csv").outputText == "12 rows in t.csv\n")
      let table = String(decoding: try folder.read("t.csv"), as: UTF8.self).split(separator: "\n")
      #expect(table.count == 13)
      #expect(
        table[0].hasPrefix("run,point,seed,training_set.count,steps,diverged,loss,held_out_loss,"))
      #expect(table[12].hasPrefix("11,2,10,80,60,0,"))
      #expect(try await sweep("export", "small.sweep", "t.npy").status == 0)
      #expect(try folder.read("t.npy").starts(with: [0x93] + Array("NUMPY".utf8)))
      let report = try await sweep("export", "small.sweep", "r", "--metric", "excess")
      #expect(report.outputText == "Report: r/report.md\n")
      let text = String(decoding: try folder.read("r/report.md"), as: UTF8.self)
      #expect(text.contains("## Power laws of excess in training_set.count"))
      #expect(try folder.read("r/along_training_set_count.png").count > 5000)
      let wrong = try await sweep("export", "small.sweep", "q", "--metric", "loss,")
      #expect(wrong.status == 2 && wrong.errorText.contains("--metric loss,: there are steps, "))
    }
  }
}

extension TemporaryFolder {
  /// How many shards of a small sweep are there.
  fileprivate func shards(_ name: String) -> Int {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(name)/shards/00")) ?? []
    return names.count { $0.hasSuffix(".jsonl") && !$0.hasPrefix(".") }
  }
}
