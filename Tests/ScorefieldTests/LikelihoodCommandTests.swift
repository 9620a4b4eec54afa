import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// `scorefield likelihood` and `scorefield dimension`.
  @Suite struct LikelihoodCommandTests {
    private static let small = ["--set", "network.hidden=[16]", "--steps", "30"]

    /// The numbers of each line but the first.
    private func numbers(_ outcome: BuiltProgram.Outcome) throws -> [[Double]] {
      #expect(outcome.status == 0, "\(outcome.errorText)")
      return try outcome.outputLines.dropFirst().map { line in
        try line.split(separator: ",").map { try #require(Double($0)) }
      }
    }

    @Test(
      "Of a Gaussian's exact score it is the prior carried along, and exact is the noisy distribution"
    )
    func gaussian() async throws {
      let folder = try TemporaryFolder()
      try folder.write("x\n2\n3\n3.7\n-1\n", to: "points.csv")
      let outcome = try await BuiltProgram.run(
        [
          "likelihood", "--exact", "--points", "points.csv", "--set",
          "distribution={kind: gaussian_mixture, components: [{mean: [3], deviation: 0.5}]}",
        ], in: folder)
      #expect(outcome.outputLines.first == "x1,log_density,step_error,exact")
      let rows = try numbers(outcome)
      #expect(rows.map { $0[0] } == [2, 3, 3.7, -1])
      // The Ornstein-Uhlenbeck process from 0.001 to 5: N(3 e^-t, 1 - 0.75 e^-2t) at time t. The
      // flow keeps the standardised point and ends in N(0, 1).
      func distribution(_ t: Double) -> (mean: Double, deviation: Double) {
        (3 * exp(-t), (1 - 0.75 * exp(-2 * t)).squareRoot())
      }
      func logNormal(_ u: Double) -> Double { -u * u / 2 - log(2 * Double.pi) / 2 }
      let (stop, end) = (distribution(0.001), distribution(5))
      for row in rows {
        let u = (row[0] - stop.mean) / stop.deviation
        let carried = logNormal(end.mean + end.deviation * u) + log(end.deviation / stop.deviation)
        #expect(abs(row[3] - (logNormal(u) - log(stop.deviation))) < 1e-9, "\(row)")
        // The steps leave 1e-6 where the density is high; the error grows with the log density.
        let tolerance = 1e-6 * max(1, u * u)
        #expect(abs(row[1] - carried) < tolerance && row[2] < tolerance, "\(row), not \(carried)")
      }
    }

    @Test("Densities are per unit of one's own data")
    func units() async throws {
      let folder = try TemporaryFolder()
      try folder.write("height,weight\n100,1\n300,2\n200,5\n", to: "data.csv")
      try folder.write("height,weight\n1e5,1000\n3e5,2000\n2e5,5000\n", to: "milli.csv")
      var columns: [[Double]] = []
      for file in ["data.csv", "milli.csv"] {
        let rows = try numbers(
          await BuiltProgram.run(
            ["likelihood", "--exact", "--data", file, "--points", file, "--flow-steps", "40"],
            in: folder))
        columns += [rows.map { $0[2] }, rows.map { $0[4] }]
      }
      for (first, second) in [(columns[0], columns[2]), (columns[1], columns[3])] {
        for (a, b) in zip(first, second) { #expect(abs(a - b - 2 * log(1000)) < 1e-8) }
      }
    }

    @Test("A trained score has another density than the exact one, the same for the same seed")
    func trained() async throws {
      let folder = try TemporaryFolder()
      try folder.write("x,y\n0,0\n1,-0.5\n", to: "points.csv")
      func densities(_ arguments: [String]) async throws -> [Double] {
        try numbers(
          await BuiltProgram.run(
            ["likelihood", "--points", "points.csv", "--flow-steps", "20"] + arguments, in: folder)
        ).map { $0[2] }
      }
      let learned = try await densities(Self.small)
      #expect(try await densities(Self.small + ["--threads", "1"]) == learned)
      #expect(try await densities(Self.small + ["--seed", "8"]) != learned)
      #expect(try await densities(Self.small + ["--current"]) != learned)
      #expect(try await densities(["--exact"]) != learned)
    }

    @Test("The dimension of a subspace is the sum of the data's shares of the variance")
    func dimension() async throws {
      let outcome = try await BuiltProgram.run([
        "dimension", "--exact", "--set", "distribution.kind=linear_subspace",
      ])
      #expect(outcome.outputLines.first == "time,alpha,sigma,dimension,standard_error,low,high")
      let rows = try numbers(outcome)
      #expect(rows.count == 12)
      #expect(abs(rows[0][0] - 0.001) < 1e-12 && abs(rows[11][0] - 5) < 1e-9)
      for row in rows {
        #expect(
          abs(row[1] - exp(-row[0])) < 1e-12 && abs(row[1] * row[1] + row[2] * row[2] - 1) < 1e-12)
        // Two directions of variance 1 of eight: d - sigma^2 (6 / sigma^2 + 2) = 2 - 2 sigma^2, and
        // sigma^2 ||s||^2 has the variance 2 (6 + 2 sigma^4).
        let exact = 2 - 2 * row[2] * row[2]
        let error = (2 * (6 + 2 * pow(row[2], 4)) / 4096).squareRoot()
        #expect(abs(row[3] - exact) < 4.5 * error, "\(row)")
        #expect(abs(row[4] / error - 1) < 0.1, "\(row)")
        #expect(abs(row[3] - row[5] - 1.96 * row[4]) < 1e-3 * row[4])
        #expect(abs(row[6] - row[3] - 1.96 * row[4]) < 1e-3 * row[4])
      }
      let learned = try numbers(
        await BuiltProgram.run(["dimension", "--levels", "3", "--count", "500"] + Self.small))
      #expect(learned.count == 3)
    }

    @Test(arguments: [
      (["likelihood", "--points", "none.csv"], "none.csv"),
      (["likelihood", "--points", "line.csv"], "the points have 1 column,"),
      (["likelihood", "--points", "line.csv", "--flow-steps", "5"], "--flow-steps must be"),
      (["likelihood", "--points", "line.csv", "--exact", "--steps", "5"], "--exact takes none"),
      (["likelihood"], "--points"),
      (
        [
          "likelihood", "--points", "line.csv", "--set",
          "distribution={kind: linear_subspace, dimension: 65}",
        ], "up to 64 coordinates; this distribution has 65"
      ),
      (["dimension", "--count", "99"], "--count must be"),
      (["dimension", "--levels", "1"], "--levels must be"),
      (["dimension", "--threads", "0"], "--threads must be"),
      (["dimension", "missing.yaml"], "missing.yaml"),
    ])
    func refuses(arguments: [String], message: String) async throws {
      let folder = try TemporaryFolder()
      try folder.write("x\n1\n2\n", to: "line.csv")
      let outcome = try await BuiltProgram.run(arguments, in: folder)
      #expect(outcome.status == 2)
      #expect(outcome.output.isEmpty && outcome.errorLines.count == 1, "\(outcome.errorText)")
      #expect(outcome.errorText.contains(message), "\(outcome.errorText)")
    }

    @Test("Interrupted, both end with status 130", arguments: ["likelihood", "dimension"])
    func interrupts(command: String) async throws {
      let folder = try TemporaryFolder()
      try folder.write("x,y\n1,2\n", to: "points.csv")
      let running = try BuiltProgram.start(
        [command, "--steps", "100000000"]
          + (command == "likelihood" ? ["--points", "points.csv"] : []), in: folder)
      let facts = ProcessFacts(id: running.process.id)
      try await waitUntil("interrupts are watched for") { facts.catchesInterrupts }
      kill(running.process.id, SIGINT)
      let outcome = try await running.outcome()
      #expect(outcome.status == 130 && outcome.output.isEmpty)
    }
  }
}
