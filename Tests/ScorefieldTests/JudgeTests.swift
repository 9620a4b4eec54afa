import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// `scorefield judge`.
  @Suite struct JudgeTests {
    private static let normal = [
      "--set", "distribution={kind: gaussian_mixture, components: [{mean: [0, 0], deviation: 1}]}",
      "--set", "probe.points=256", "--set", "probe.levels=3", "--set", "sampler.steps=100",
      "--set", "sampler.count=100",
    ]

    private func judge(
      _ arguments: [String], in folder: TemporaryFolder
    ) async throws -> BuiltProgram.Outcome {
      try await BuiltProgram.run(["judge"] + Self.normal + arguments, in: folder)
    }

    private static let hasPython = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

    @Test(
      "The exact score from a program has no error, and the zero score what the exact one says",
      .enabled(if: hasPython, "python3 is not there"))
    func exact() async throws {
      let folder = try TemporaryFolder()
      // The score of the standard normal distribution is -x, so the bits of each number change sign.
      try folder.write(
        """
        import struct, sys
        read, write = sys.stdin.buffer.read, sys.stdout.buffer.write
        while head := read(8):
            data = read(struct.unpack("<Q", head)[0])
            n = len(data) // 8 - 5
            write(struct.pack(f"<Q{n}d", 8 * n, *(-u for u in struct.unpack_from(f"<{n}d", data, 40))))
            sys.stdout.buffer.flush()
        """, to: "score.py")
      let outcome = try await judge(["--score-command", "/usr/bin/python3 score.py"], in: folder)
      #expect(outcome.status == 0, "\(outcome.errorText)")
      let rows = outcome.outputLines.map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      #expect(rows[0] == ["quantity", "time", "score", "low", "high", "zero", "normal", "exact"])
      #expect(
        rows.dropFirst().map { $0[0] } == [
          "l2", "d_delta", "l2", "d_delta", "l2", "d_delta", "excess", "energy",
          "sliced_wasserstein2",
        ])
      for row in rows.dropFirst() where row[0] == "l2" {
        let (own, zero) = (try #require(Double(row[2])), try #require(Double(row[5])))
        #expect(own < 1e-12 && zero > 0.01 && row[7] == "0")
      }
      // Samples of equal scores from equal noise.
      for row in rows where row[0] == "energy" {
        let (own, exact) = (try #require(Double(row[2])), try #require(Double(row[7])))
        #expect(abs(own - exact) < 1e-9)
      }
    }

    @Test(
      "What is wrong is one line and a status",
      arguments: [
        ([], "give --score FILE.npz or --score-command CMD", 2),
        (["--score", "a.npz", "--score-command", "cat"], "exclude one another", 2),
        (["--score", "no.npz"], "no.npz: No such file or directory", 2),
        (["--score-command", "cat", "--time-limit", "0"], "--time-limit must be", 2),
        (["--score-command", "cat", "--only", "enrgy"], "did you mean energy?", 2),
        (["--score-command", "true"], "ended before its answer", 1),
        (["--score-command", "sleep 60", "--time-limit", "0.2"], "no answer within 0.2 s", 1),
      ])
    func refused(arguments: [String], message: String, status: Int32) async throws {
      let folder = try TemporaryFolder()
      let outcome = try await judge(arguments, in: folder)
      #expect(outcome.status == status && outcome.errorLines.count == 1)
      #expect(outcome.errorText.contains(message), "\(outcome.errorText)")
    }
  }
}
