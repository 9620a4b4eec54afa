import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// `scorefield measure`, with samples made by arithmetic so that every run is the same.
  @Suite struct MeasureTests {
    private static let twoParts = """
      distribution: {kind: gaussian_mixture, components: [
        {weight: 1, mean: [-3, 0], deviation: 0.5}, {weight: 1, mean: [3, 0], deviation: 0.5}]}
      """

    /// Fresh points of the two parts, from a fixed generator and Box and Muller's transform.
    private static func sample(_ count: Int, seed: UInt64, shift: Double = 0) -> String {
      // SplitMix64.
      var state = seed << 32
      func uniform() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return (Double((z ^ (z >> 31)) >> 11) + 0.5) * 0x1p-53
      }
      let rows = (0..<count).map { _ in
        let centre = uniform() < 0.5 ? -3.0 : 3
        let radius = (-2 * log(uniform())).squareRoot() / 2
        let angle = 2 * Double.pi * uniform()
        return "\(centre + shift + radius * cos(angle)),\(radius * sin(angle))"
      }
      return "x,y\n" + rows.joined(separator: "\n") + "\n"
    }

    /// The folder with a distribution, a good sample, another one and a shifted one.
    private static func folder() throws -> TemporaryFolder {
      let folder = try TemporaryFolder()
      try folder.write(twoParts, to: "distribution.yaml")
      try folder.write(sample(300, seed: 1), to: "good.csv")
      try folder.write(sample(200, seed: 2), to: "other.csv")
      try folder.write(sample(300, seed: 3, shift: 1), to: "shifted.csv")
      return folder
    }

    private func rows(_ outcome: BuiltProgram.Outcome) throws -> [String: [String]] {
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect(outcome.errorText.isEmpty)
      #expect(
        outcome.outputLines.first
          == "metric,value,null_mean,null_low,null_high,null_draws,p_value,points,verdict,note")
      return Dictionary(
        uniqueKeysWithValues: outcome.outputLines.dropFirst().map { line in
          let cells = line.split(
            separator: ",", maxSplits: 9, omittingEmptySubsequences: false
          ).map(String.init)
          return (cells[0], cells)
        })
    }

    @Test(
      "One's own data can be the reference distribution, as in a configuration of the kind points")
    func ownData() async throws {
      let folder = try Self.folder()
      try folder.write(
        "distribution: {kind: points, file: other.csv, columns: [x, y]}\n", to: "points.yaml")
      let options = ["--only", "energy,mmd", "--draws", "19"]
      let data = try await BuiltProgram.run(
        ["measure", "good.csv", "--data", "other.csv", "--columns", "x,y"] + options, in: folder)
      let file = try await BuiltProgram.run(
        ["measure", "good.csv", "points.yaml"] + options, in: folder)
      #expect(try rows(data).count == 2)
      #expect(data.outputText == file.outputText)
      let neither = try await BuiltProgram.run(["measure", "good.csv"], in: folder)
      #expect(neither.status == 2 && neither.errorText.contains("--data FILE"))
    }

    @Test("In a pipe it is CSV with every metric of the catalog, for a distribution and for a file")
    func printsCSV() async throws {
      let folder = try Self.folder()
      for (reference, expected) in [("distribution.yaml", 14), ("other.csv", 12)] {
        let table = try rows(
          await BuiltProgram.run(["measure", "good.csv", reference, "--draws", "39"], in: folder))
        #expect(table.count == 17)
        let measured = table.values.filter { $0[8] != "left out" }
        #expect(measured.count == expected, "\(table.keys.sorted())")
        for cells in measured {
          let numbers = try cells[1...6].map { try #require(Double($0)) }
          #expect(numbers.allSatisfy(\.isFinite) && numbers[2] <= numbers[3])
          #expect(numbers[4] == 39 && numbers[5] > 0 && numbers[5] <= 1)
          #expect(["below the null", "within the null", "above the null"].contains(cells[8]))
        }
        #expect(table["wasserstein1"]?[9].contains("line") == true)
      }
    }

    @Test("A shifted sample is above the null where a fresh one is within")
    func tellsThemApart() async throws {
      let folder = try Self.folder()
      let names = ["mmd", "energy", "sliced_wasserstein2", "kl_neighbors", "likelihood_gap"]
      for (file, verdict) in [("good.csv", "within the null"), ("shifted.csv", "above the null")] {
        let table = try rows(
          await BuiltProgram.run(
            ["measure", file, "distribution.yaml", "--only", names.joined(separator: ", ")],
            in: folder))
        #expect(table.keys.sorted() == names.sorted())
        for cells in table.values { #expect(cells[8] == verdict, "\(cells)") }
      }
    }

    @Test("The seed decides the null and nothing else does")
    func isReproducible() async throws {
      let folder = try Self.folder()
      func text(_ seed: String) async throws -> String {
        try await BuiltProgram.run(
          ["measure", "good.csv", "distribution.yaml", "--only", "mmd,frechet", "--seed", seed],
          in: folder
        ).outputText
      }
      let first = try await text("3")
      #expect(try await text("3") == first)
      #expect(try await text("4") != first)
    }

    @Test("Distances to one's own data are in their units")
    func usesTheUnitsOfTheData() async throws {
      let folder = try TemporaryFolder()
      // Hundreds of metres about 5 km: 101 points 10 apart.
      let heights = (0..<101).map { "\(5000 + 10 * $0)" }
      try folder.write("height\n" + heights.joined(separator: "\n") + "\n", to: "data.csv")
      try folder.write(
        "distribution: {kind: points, file: data.csv, bandwidth: 0.01}\n", to: "distribution.yaml")
      let moved = (0..<101).map { "\(5100 + 10 * $0)" }
      try folder.write("height\n" + moved.joined(separator: "\n") + "\n", to: "moved.csv")
      let table = try rows(
        await BuiltProgram.run(
          ["measure", "moved.csv", "distribution.yaml", "--only", "wasserstein1"], in: folder))
      let value = try #require(table["wasserstein1"].flatMap { Double($0[1]) })
      // The smoothing is 0.01 of a deviation of 290.
      #expect(abs(value - 100) < 1)
    }

    @Test("At a time the reference is the noisy distribution")
    func comparesWithTheNoisyDistribution() async throws {
      let folder = try TemporaryFolder()
      try folder.write(
        "distribution: {kind: gaussian_mixture, components: [{mean: [4], deviation: 0.1}]}\n",
        to: "distribution.yaml")
      // Equally spaced quantiles of N(4 e^-1, 0.01 e^-2 + 1 - e^-2), by the logistic's likeness.
      let deviation = (0.01 * exp(-2) + 1 - exp(-2)).squareRoot()
      let mean: Double = 4 * exp(-1.0)
      let scale = deviation / 1.702
      let values: [Double] = (1..<200).map { k in
        let odds = Double(k) / Double(200 - k)
        return mean + scale * log(odds)
      }
      try folder.write(values.map { "\($0)" }.joined(separator: "\n"), to: "noisy.csv")
      for (arguments, isClose) in [([String](), false), (["--time", "1"], true)] {
        let table = try rows(
          await BuiltProgram.run(
            ["measure", "noisy.csv", "distribution.yaml", "--only", "wasserstein1"] + arguments,
            in: folder))
        let value = try #require(table["wasserstein1"].flatMap { Double($0[1]) })
        #expect((value < 0.05) == isClose, "\(value)")
      }
    }

    @Test("Parameters of metrics can be set, against a distribution and against a file")
    func setsParameters() async throws {
      let folder = try Self.folder()
      for reference in ["distribution.yaml", "other.csv"] {
        let table = try rows(
          await BuiltProgram.run(
            [
              "measure", "good.csv", reference, "--only", "mmd,total_variation", "--set",
              "mmd.length=0.5", "--set", "total_variation.cells=3",
            ], in: folder))
        #expect(table["mmd"]?[9] == "length 0.5")
        #expect(table["total_variation"]?[9].contains("9 bins") == true)
      }
      // Both kinds of key at once.
      let table = try rows(
        await BuiltProgram.run(
          [
            "measure", "good.csv", "distribution.yaml", "--only", "mmd", "--set", "mmd.length=0.5",
            "--set",
            "distribution={kind: two_moons}",
          ], in: folder))
      #expect(table["mmd"]?[8] == "above the null" && table["mmd"]?[9] == "length 0.5")
    }

    @Test("Copies of the training points are found")
    func findsCopies() async throws {
      let folder = try Self.folder()
      for (training, verdict) in [("good.csv", "above the null"), ("other.csv", "within the null")]
      {
        let table = try rows(
          await BuiltProgram.run(
            [
              "measure", "good.csv", "distribution.yaml", "--training", training, "--only",
              "memorization",
            ],
            in: folder))
        #expect(table["memorization"]?[8] == verdict)
      }
    }

    @Test("On a terminal it is a table with one line a metric and what the words mean")
    func printsATable() async throws {
      try await TmuxSession.with(.init(columns: 100, rows: 40)) { session in
        try session.folder.write(Self.twoParts, to: "distribution.yaml")
        try session.folder.write(Self.sample(300, seed: 1), to: "good.csv")
        try await session.enter("clear; \(BuiltProgram.path()) measure good.csv distribution.yaml")
        let screen = try await session.wait("the table") { $0.contains("not the same as perfect") }
        #expect(screen.contains("left out") && screen.contains("2 of 2 parts found"))
        #expect(!screen.contains("measuring"))
        let header = try #require(screen.lines.first { $0.hasPrefix("metric") })
        let column = try #require(header.range(of: "verdict")).lowerBound
        let rows = screen.lines.filter { $0.contains(" the null") && !$0.contains("Within") }
        #expect(rows.count == 14)
        for row in rows {
          #expect(
            ["below", "within", "above "].contains { row[column...].hasPrefix($0) }, "\(row)")
        }
      }
    }

    @Test(
      "What cannot be measured is one line and status 2",
      arguments: [
        (["good.csv"], "give a REFERENCE, or --data FILE"),
        (["none.csv", "distribution.yaml"], "none.csv"),
        (["good.csv", "none.yaml"], "none.yaml"), (["good.csv", "wrong.yaml"], "wrong.yaml:1"),
        (["line.csv", "distribution.yaml"], "1 coordinate, the reference 2 coordinates"),
        (["few.csv", "distribution.yaml"], "at least 20 points"),
        (["nan.csv", "distribution.yaml"], "nan.csv:3"),
        (["good.csv", "distribution.yaml", "--only", "mmd,fid"], "no metric is called \"fid\""),
        (
          ["good.csv", "distribution.yaml", "--only", "wasserstein1"],
          "wasserstein1: exact on the line"
        ),
        (["good.csv", "distribution.yaml", "--only", ","], "--only"),
        (["good.csv", "distribution.yaml", "--draws", "5"], "--draws must be"),
        (["good.csv", "distribution.yaml", "--delta", "0.7"], "--delta must be"),
        (["good.csv", "distribution.yaml", "--time", "99"], "--time must be"),
        (["good.csv", "other.csv", "--time", "1"], "need a configuration"),
        (
          ["good.csv", "distribution.yaml", "--training", "line.csv"],
          "training points 1 coordinate"
        ),
        (["good.csv", "distribution.yaml", "--columns", "x,z"], "no column \"z\""),
        (
          ["good.csv", "other.csv", "--set", "mmd.length=-1"],
          "mmd.length: expected a number from 0 to"
        ),
        (["good.csv", "distribution.yaml", "--set", "mmd.width=1"], "mmd.width: unknown key"),
        (
          ["good.csv", "distribution.yaml", "--only", "energy", "--set", "mmd.length=1"],
          "--set mmd sets a metric that --only leaves out"
        ),
      ])
    func refuses(arguments: [String], message: String) async throws {
      let folder = try Self.folder()
      try folder.write("distribution: {kind: none}\n", to: "wrong.yaml")
      try folder.write("x\n" + (0..<30).map { "\($0)\n" }.joined(), to: "line.csv")
      try folder.write(Self.sample(19, seed: 1), to: "few.csv")
      try folder.write("x,y\n1,2\nnan,3\n", to: "nan.csv")
      let outcome = try await BuiltProgram.run(["measure"] + arguments, in: folder)
      #expect(outcome.status == 2)
      #expect(outcome.errorLines.count == 1, "\(outcome.errorText)")
      #expect(outcome.errorText.hasPrefix("scorefield: "))
      #expect(outcome.errorText.contains(message), "\(outcome.errorText)")
      #expect(outcome.output.isEmpty, "\(outcome.outputText)")
    }

    @Test func helpHasAnExample() async throws {
      let outcome = try await BuiltProgram.run(["measure", "--help"])
      #expect(outcome.status == 0)
      #expect(outcome.outputText.contains("Example: scorefield measure samples.csv"))
      let list = try await BuiltProgram.run(["list", "metrics"])
      #expect(list.outputText.contains("mode_coverage"))
    }
  }
}
