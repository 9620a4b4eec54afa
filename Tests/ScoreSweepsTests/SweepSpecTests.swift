import ScoreLab
import Testing

@testable import ScoreSweeps

@Suite struct SweepSpecTests {
  private static let text = """
    sweep: widths
    train: {steps: 40}
    configuration: {network: {hidden: [8]}, training_set: {count: 200}}
    vary:
      optimizer.batch: [8, 16]
      optimizer.learning_rate: {from: 1.0e-3, to: 1.0e-1, scale: log, count: 3}
    seeds: 2
    only: [optimizer.batch * optimizer.learning_rate <= 1]
    """

  private func parse(_ text: String) throws(ConfigurationError) -> SweepSpec {
    try SweepSpec.parse(text: text, file: "s.yaml")
  }

  @Test("A specification reads back from its own YAML as an equal value")
  func roundTrip() throws {
    let spec = try parse(Self.text)
    #expect(try SweepSpec.parse(text: spec.yaml, file: "again") == spec)
    let experiment = try parse(
      """
      sweep: e
      experiment: outlier_score
      configuration: {samples: 100}
      vary: {switch_point: {from: 2, to: 3}}
      draw: sobol
      count: 5
      seeds: [3, 18446744073709551615]
      shard: 2
      """)
    #expect(try SweepSpec.parse(text: experiment.yaml, file: "again") == experiment)
    #expect(experiment.seeds == [3, .max])
  }

  @Test(
    "A grid has every combination, the last key fastest, repeated over seeds, within the condition")
  func grid() throws {
    var runs: [SweepRun] = []
    try parse(Self.text).forEachRun { run, _ in runs.append(run) }
    // 16 * 0.1 is above 1.
    let values = [
      ["8", "0.001"], ["8", "0.01"], ["8", "0.1"], ["16", "0.001"], ["16", "0.01"],
    ]
    #expect(runs.map(\.values) == values.flatMap { [$0, $0] })
    #expect(runs.map(\.run) == Array(0..<10))
    #expect(runs.map(\.point) == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4])
    let first = RunConfiguration.start.seed
    #expect(runs.map(\.seed) == (0..<10).map { first + UInt64($0 % 2) })
  }

  @Test("A run has the values of its point and its seed, and its steps")
  func subject() throws {
    let spec = try parse(
      """
      sweep: a
      train: {steps: 40}
      vary: {steps: [10, 20], network.width: [12]}
      seeds: [5]
      """)
    var found: [(width: Int, steps: Int, seed: UInt64)] = []
    try spec.forEachRun { _, subject in
      guard case .training(let configuration, let steps) = subject else { return }
      found.append((configuration.network.width, steps, configuration.seed))
    }
    #expect(found.map(\.width) == [12, 12])
    #expect(found.map(\.steps) == [10, 20])
    #expect(found.map(\.seed) == [5, 5])
  }

  @Test("Draws stay between their ends, whole for keys of whole numbers, and are the same again")
  func draws() throws {
    for draw in ["random", "sobol"] {
      let spec = try parse(
        """
        sweep: a
        train: {steps: 40}
        vary:
          network.width: {from: 4, to: 64, scale: log}
          optimizer.learning_rate: {from: 1.0e-4, to: 1.0e-1, scale: log}
          probe.delta: [0.1, 0.2]
        draw: \(draw)
        count: 200
        """)
      var values: [[String]] = []
      try spec.forEachRun { run, _ in values.append(run.values) }
      let widths = values.compactMap { Int($0[0]) }
      let rates = values.compactMap { Double($0[1]) }
      #expect(widths.count == 200 && widths.allSatisfy { (4...64).contains($0) })
      #expect(rates.allSatisfy { (1e-4...1e-1).contains($0) })
      #expect(Set(rates).count > 190)
      #expect(Set(values.map { $0[2] }) == ["0.1", "0.2"])
      // Half of a logarithmic draw lies below the geometric mean, 16 and sqrt(1e-5): 100 of 200 with a
      // standard deviation of 7 for independent draws; Sobol's points are nearer.
      #expect(abs(widths.count { $0 <= 16 } - 100) <= 35)
      #expect(abs(rates.count { $0 < 3.162e-3 } - 100) <= (draw == "sobol" ? 3 : 35))
      var again: [[String]] = []
      try spec.forEachRun { run, _ in again.append(run.values) }
      #expect(again == values)
    }
  }

  @Test(
    "What is wrong is said with line, key and what is allowed",
    arguments: [
      ("train: {steps: 1}", "s.yaml: sweep: must be given: a name"),
      ("sweep: a b\ntrain: {steps: 1}", "s.yaml:1: sweep: expected a name"),
      ("sweep: a", "s.yaml: say what is run: train: {steps: 2000}, or experiment: NAME"),
      (
        "sweep: a\ntrain: {steps: 1}\nexperiment: outlier_score",
        "s.yaml:2: train: give train or experiment, not both"
      ),
      ("sweep: a\ntrain: {steps: 0}", "s.yaml:2: train.steps: expected a whole number from 1"),
      (
        "sweep: a\ntrain: {steps: 1}\nvary: {network.width: 8}",
        "s.yaml:3: vary.network.width: expected a list of values, or a range"
      ),
      (
        "sweep: a\ntrain: {steps: 1}\nvary: {network.width: {from: 1, to: 8}}",
        "s.yaml:3: vary.network.width: a grid needs count"
      ),
      (
        "sweep: a\ntrain: {steps: 1}\nvary: {network.width: {from: 0, to: 8, scale: log, count: 2}}",
        "s.yaml:3: vary.network.width.scale: log needs ends above 0"
      ),
      (
        "sweep: a\ntrain: {steps: 1}\nvary: {network.width: [8, 8]}",
        "s.yaml:3: vary.network.width: 8 is there twice; repeat with seeds"
      ),
      (
        "sweep: a\ntrain: {steps: 1}\nvary: {seed: [1, 2]}",
        "s.yaml:3: vary.seed: repeat over seeds with seeds: 3"
      ),
      ("sweep: a\ntrain: {steps: 1}\ndraw: random", "s.yaml:3: draw: random needs count"),
      ("sweep: a\ntrain: {steps: 1}\ncount: 3", "s.yaml:3: count: is for draw: random"),
      ("sweep: a\ntrain: {steps: 1}\nseeds: [1, 1]", "s.yaml:3: seeds: 1 is there twice"),
      (
        "sweep: a\ntrain: {steps: 1}\nonly: [network.width 8]",
        "s.yaml:3: only.1: expected a comparison"
      ),
      (
        "sweep: a\ntrain: {steps: 1}\nonly: [network.widht <= 8]",
        "s.yaml:3: only.1: network.widht is no key"
      ),
      (
        "sweep: a\ntrain: {steps: 1}\nvarry: {}", "s.yaml:3: varry: unknown key, did you mean vary?"
      ),
      (
        "sweep: a\ntrain: {steps: 1}\nseeds: 10000000\nvary: {network.width: [1, 2]}",
        "s.yaml: a sweep has at most 10000000 runs"
      ),
    ])
  func refusals(_ text: String, _ start: String) {
    let error = #expect(throws: ConfigurationError.self) { try parse(text) }
    #expect(
      "\(error.map { "\($0)" } ?? "nothing")".hasPrefix(start), "\(error.map { "\($0)" } ?? "")")
  }

  @Test("Values that do not fit are refused with the run, its values and what is allowed")
  func refusedValue() throws {
    let spec = try parse("sweep: a\ntrain: {steps: 1}\nvary: {network.width: [8, 0]}")
    let error = #expect(throws: ConfigurationError.self) { try spec.forEachRun { _, _ in } }
    #expect(
      error?.description.hasPrefix("a, run 1 (network.width=0): network.width: expected") == true)
  }

  @Test(
    "Conditions compare products of keys and numbers, and names",
    arguments: [
      ("a * b <= 6", true), ("a * b < 6", false), ("6 == a * b", true), ("a != 2", false),
      ("kind == moons", true), ("kind != moons", false), ("a * 2 > b", true), ("b >= 3.5", false),
      ("kind < 3", false), ("missing == 1", false),
    ])
  func conditions(_ text: String, _ holds: Bool) throws {
    let values = ["a": "2", "b": "3", "kind": "moons"]
    #expect(try #require(SweepCondition(text)).holds { values[$0] } == holds)
  }

  @Test(
    "What is no comparison of products is none",
    arguments: ["", "a", "a <=", "<= a", "a * <= b", "a b <= c", "a <= b <= c", "* a <= b"])
  func noCondition(_ text: String) { #expect(SweepCondition(text) == nil) }
}
