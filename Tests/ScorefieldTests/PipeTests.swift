import Foundation
import TestSupport
import Testing

extension EndToEnd {
  @Suite struct PipeTests {
    private static let small = ["--set", "network.hidden=[16]", "--set", "probe.points=512"]

    private func train(_ arguments: [String]) async throws -> [[String: Any]] {
      let outcome = try await BuiltProgram.run(["train"] + PipeTests.small + arguments)
      #expect(outcome.status == 0, "\(outcome.errorText)")
      return try outcome.outputLines.map { line in
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
        return try #require(object as? [String: Any])
      }
    }

    @Test func printsOneJSONObjectALine() async throws {
      let lines = try await train(["--steps", "200", "--every", "100"])
      #expect(lines.count == 3)
      #expect((lines[0]["configuration"] as? String)?.contains("seed: 7") == true)
      #expect(lines.dropFirst().map { $0["step"] as? Int } == [100, 200])
      for line in lines.dropFirst() {
        let l2 = try #require(line["l2"] as? [Double])
        let quantiles = try #require(line["d_delta"] as? [Double])
        let delta = try #require(line["delta"] as? Double)
        #expect(l2.count == 12 && quantiles.count == 12)
        for (l2, quantile) in zip(l2, quantiles) {
          // Rounding of the sum of squares is the only slack Markov's inequality needs here.
          #expect(quantile <= l2 / delta.squareRoot() * (1 + 1e-12))
        }
        // 512 points are above 10 / 0.05 and below 10 / 0.01.
        let low = try #require(line["d_delta_low"] as? [Double])
        let high = try #require(line["d_delta_high"] as? [Double])
        for k in quantiles.indices { #expect(low[k] < quantiles[k] && quantiles[k] < high[k]) }
        #expect(line["d_delta_standing"] as? String == "few points")
        #expect((line["d_0.01"] as? [Any])?.allSatisfy { $0 is NSNull } == true)
        #expect(line["d_0.01_standing"] as? String == "unknown")
        #expect(line["d_0.01_points_needed"] as? Int == 1000 && line["points"] as? Int == 512)
        let floor = try #require(line["floor"] as? Double)
        #expect(try #require(line["held_out_loss"] as? Double) >= floor)
        #expect(line["exact_score_loss"] as? Double == floor)
        #expect(try #require(line["held_out_error"] as? Double) > 0)
      }
    }

    @Test("Huber's loss has no floor but the exact score's")
    func huberLoss() async throws {
      let arguments = ["--steps", "100", "--every", "100"]
      let squared = try #require(try await train(arguments).last)
      let clipped = try #require(
        try await train(arguments + ["--set", "objective.huber_length=0.3"]).last)
      #expect(clipped["floor"] is NSNull && clipped["floor_error"] is NSNull)
      for key in ["exact_score_loss", "held_out_loss", "loss"] {
        let (a, b) = (clipped[key] as? Double, squared[key] as? Double)
        #expect(try #require(a) < 0.6 * #require(b), "\(key)")
      }
    }

    @Test("Warnings go to standard error and into the first line, also in a pipe")
    func warns() async throws {
      let outcome = try await BuiltProgram.run(
        ["train", "--steps", "2"] + PipeTests.small + [
          "--set", "objective.levels=fixed", "--set", "process.horizon=1",
        ])
      #expect(outcome.status == 0 && outcome.errorLines.count == 2, "\(outcome.errorText)")
      let first = try JSONSerialization.jsonObject(with: Data(outcome.outputLines[0].utf8))
      let warnings = try #require((first as? [String: Any])?["warnings"] as? [String])
      #expect(outcome.errorLines == warnings.map { "scorefield: warning: \($0)" })
      #expect(warnings[0].contains("trained at time 0.1 alone"))
    }

    @Test("--kl adds a line with the divergence of the flow next to that of the exact score")
    func measuresTheFlow() async throws {
      let mixture =
        "distribution={kind: gaussian_mixture, components: [{mean: [0.5], deviation: 0.8}]}"
      let lines = try await train(["--set", mixture, "--steps", "20", "--every", "20", "--kl"])
      let last = try #require(lines.last)
      #expect(lines.count == 3 && last["step"] as? Int == 20)
      let (kl, error) = (last["kl"] as? Double, last["kl_error"] as? Double)
      #expect(try #require(kl) > 0 && #require(error) > 0)
      // The noisy distribution at the horizon is within 3e-5 nats of the prior.
      #expect(abs(try #require(last["kl_exact"] as? Double)) < 1e-2)
      #expect(last["kl_points"] as? Int == 1000 && last["kl_steps"] as? Int == 100)
      let wide = try await BuiltProgram.run(
        ["train", "--kl", "--set", "distribution.kind=digits"])
      #expect(wide.status == 2 && wide.errorText.contains("up to 8 coordinates"))
    }

    @Test("--parts adds a line with what the error is made of, and how far the minimisers were")
    func measuresTheParts() async throws {
      let linear = [
        "--set", "network.kind=random_features", "--set", "network.hidden=[20]", "--set",
        "training_set.count=50", "--steps", "20", "--every", "20", "--parts",
      ]
      let last = try #require(try await train(linear).last)
      #expect(last["step"] as? Int == 20)
      #expect(last["s_a"] as? String == "exact" && last["s_b"] as? String == "exact")
      let names = ["whole", "approximation", "statistical", "optimisation"]
      let columns = try names.map { try #require(last["\($0)_l2"] as? [Double]) }
      let levels = try #require(last["time"] as? [Double]).count
      for level in 0..<levels {
        let parts = columns.dropFirst().map { $0[level] }
        // The triangle inequality; no part is what rounding leaves.
        #expect(columns[0][level] <= parts.reduce(0, +))
        #expect(parts.allSatisfy { $0 > 1e-6 })
      }
      let low = try #require(last["statistical_l2_low"] as? [Double])
      #expect(zip(low, columns[2]).allSatisfy { $0 <= $1 })
      let delta = try #require(last["delta"] as? Double)
      // Printed and read again, one product may round another way.
      let share = try #require(last["sum_share"] as? Double)
      #expect(abs(share - 3 * delta) <= 1e-12)
      let stopped = try #require(try await train(linear + ["--parts-seconds", "0"]).last)
      #expect(stopped["s_a"] as? String == "collecting" && stopped["approximation_l2"] == nil)
      let huber = try #require(
        try await train(linear + ["--set", "objective.huber_length=1"]).last)
      #expect(huber["s_a"] as? String == "missing")
      #expect((huber["s_a_why"] as? String)?.contains("huber_length") == true)
      let alone = try await BuiltProgram.run(["train", "--parts-seconds", "1"])
      #expect(alone.status == 2 && alone.errorText.contains("needs --parts"))
    }

    @Test("--bound adds a line with the terms of the bound, which are at least what is measured")
    func measuresTheBound() async throws {
      let lines = try await train(["--steps", "20", "--every", "20", "--bound"])
      let last = try #require(lines.last)
      let terms = try ["bound_score", "bound_steps", "bound_start"].map {
        try #require(last[$0] as? Double)
      }
      let sum = try #require(last["bound"] as? Double)
      let limit = try #require(last["bound_limit"] as? Double)
      let variation = try #require(last["tv"] as? Double)
      #expect(abs(terms.reduce(0, +) - sum) < 1e-12)
      #expect(sum <= limit && variation <= limit)
      #expect((last["time"] as? [Double])?.count == last["sampler_steps"] as? Int)
      let other = try await train(
        ["--steps", "2", "--every", "2", "--bound", "--set", "sampler.kind=probability_flow_heun"])
      #expect((other.last?["bound_missing"] as? String)?.contains("exponential") == true)
    }

    @Test func givesTheSameBitsForAnyNumberOfThreads() async throws {
      var reports: [String] = []
      for threads in ["1", "2"] {
        let lines = try await train(["--steps", "60", "--every", "30", "--threads", threads])
        reports.append(
          lines.map { line in
            var line = line
            line["steps_per_second"] = nil
            return "\(line.sorted { $0.key < $1.key })"
          }.joined())
      }
      #expect(reports[0] == reports[1])
    }

    @Test func endsWithStatus130WhenInterrupted() async throws {
      let running = try BuiltProgram.start(["train"] + PipeTests.small + ["--steps", "10000000"])
      try await waitUntil("the first line") { running.outputSoFar.contains("configuration") }
      // Interrupts are watched for right after that line; a step later they surely are.
      try await Task.sleep(for: .milliseconds(300))
      kill(running.process.id, SIGINT)
      let outcome = try await running.outcome()
      #expect(outcome.status == 130)
      #expect(outcome.outputLines.last?.contains("\"step\":") == true)
    }

    @Test func reportsADivergenceWithoutANaN() async throws {
      let outcome = try await BuiltProgram.run(
        ["train", "--steps", "300", "--set", "optimizer.learning_rate=10"])
      #expect(outcome.status == 1)
      #expect(outcome.errorLines.count == 1)
      #expect(outcome.errorText.contains("diverged at step"))
      #expect(!(outcome.outputText + outcome.errorText).lowercased().contains("nan"))
    }

    @Test func tellsTheTruthAboutAGaussian() async throws {
      let folder = try TemporaryFolder()
      let points = try folder.write("x\n0.5\n-2\n", to: "points.csv")
      let outcome = try await BuiltProgram.run([
        "truth", "--time", "0.5", "--points", points, "--set",
        "distribution={kind: gaussian_mixture, components: [{mean: [1], deviation: 0.5}]}",
      ])
      #expect(outcome.status == 0, "\(outcome.errorText)")
      let rows = outcome.outputLines.dropFirst().map { $0.split(separator: ",").map(String.init) }
      let mean = exp(-0.5)
      let variance = 0.25 * exp(-1) + 1 - exp(-1)
      for (row, x) in zip(rows, [0.5, -2]) {
        let logDensity =
          -0.5 * (x - mean) * (x - mean) / variance - 0.5 * log(2 * Double.pi * variance)
        // Both sides are a handful of float64 operations.
        #expect(abs(try #require(Double(row[1])) - logDensity) < 1e-12)
        #expect(abs(try #require(Double(row[2])) + (x - mean) / variance) < 1e-12)
      }
      #expect(rows.count == 2)
    }

    @Test(arguments: [
      (["list"], "two_moons"), (["list", "samplers"], "exponential_integrator"),
      (["list", "keys"], "Everywhere"), (["list", "configuration"], "optimizer.learning_rate"),
      (["doctor", "--quick"], "OpenBLAS"), (["--help"], "train"), (["--version"], "0.1.0"),
    ])
    func describesItself(arguments: [String], word: String) async throws {
      let outcome = try await BuiltProgram.run(arguments)
      #expect(outcome.status == 0)
      #expect(outcome.outputText.contains(word))
      #expect(outcome.errorText.isEmpty)
    }
  }
}
