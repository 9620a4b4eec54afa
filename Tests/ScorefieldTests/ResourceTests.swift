import Glibc
import TestSupport
import Testing

extension EndToEnd {
  /// Less memory than is asked for, and no threads.
  @Suite struct ResourceTests {
    /// Runs the program under limits of the shell.
    private func run(
      _ limits: String, _ arguments: [String], in folder: TemporaryFolder
    ) async throws -> BuiltProgram.Outcome {
      let script = "cd \"$1\" && shift && \(limits) && exec \"$@\""
      return try await BuiltProgram.start(
        "/bin/bash", ["-c", script, "bash", folder.path, BuiltProgram.path()] + arguments,
        environment: ["OPENBLAS_NUM_THREADS": "1"]
      ).outcome()
    }

    @Test(
      "A run that does not fit is refused with what to lower",
      arguments: [
        (["train", "--set", "network.hidden=[4096,4096]"], "lower network.hidden ([4096, 4096])"),
        (
          ["train", "--set", "probe.points=262144", "--set", "probe.levels=64"],
          "lower probe.points (262144) or probe.levels (64)"
        ),
        (
          ["experiment", "relu_erm", "--set", "run.network.hidden=[4096,4096]"],
          "lower network.hidden ([4096, 4096])"
        ),
        (
          ["experiment", "certificate", "--set", "paths=1000000"],
          "lower paths (1000000) or run.sampler.steps"
        ),
      ])
    func refusesWhatDoesNotFit(arguments: [String], advice: String) async throws {
      let folder = try TemporaryFolder()
      let outcome = try await run("ulimit -v 700000", arguments, in: folder)
      #expect(outcome.status == 2, "\(outcome.errorText)")
      #expect(outcome.errorLines.count == 1 && outcome.errorText.contains(advice))
      #expect(outcome.errorText.contains("left of ulimit -v"))
      #expect(folder.contents.isEmpty)
    }

    @Test("Memory that is refused is one line")
    func allocationFailure() async throws {
      let folder = try TemporaryFolder()
      var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (5000000, 10), }"
      header += String(repeating: " ", count: 117 - header.count) + "\n"
      let path = try folder.write("\u{93}", to: "large.npy")
      // Zeros that the disk does not hold, behind a header of 128 bytes.
      let file = try #require(fopen(path, "w"))
      fwrite([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] as [UInt8], 1, 10, file)
      fputs(header, file)
      fclose(file)
      #expect(truncate(path, 128 + 400_000_000) == 0)
      let outcome = try await run(
        "ulimit -v 1000000", ["measure", "large.npy", "large.npy"], in: folder)
      #expect(outcome.status == 1, "\(outcome.errorText)")
      #expect(outcome.errorLines.count == 1)
      #expect(outcome.errorText.hasPrefix("scorefield: out of memory: the system refused "))
    }

    @Test("A thread that cannot start is one line")
    func threadFailure() async throws {
      let outcome = try await run(
        "ulimit -s 3000000 && ulimit -v 2000000", ["train", "--steps", "2"],
        in: try TemporaryFolder())
      #expect(outcome.status == 1, "\(outcome.errorText)")
      #expect(outcome.errorLines.count == 1)
      #expect(outcome.errorText.contains("the system could not start a thread: "))
    }

    @Test("A file of NULs is refused before it is read")
    func zeros() async throws {
      let folder = try TemporaryFolder()
      let path = try folder.write("", to: "zeros.csv")
      #expect(truncate(path, 900_000_000) == 0)
      let outcome = try await run(
        "ulimit -v 700000", ["train", "--data", "zeros.csv"], in: folder)
      #expect(outcome.status == 2)
      #expect(
        outcome.errorText == "scorefield: zeros.csv: not text in UTF-8; expected CSV, npy or IDX\n")
    }
  }
}
