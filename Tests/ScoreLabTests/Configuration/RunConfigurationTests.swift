import ScoreCore
import Testing

@testable import ScoreLab

@Suite struct RunConfigurationTests {
  private func parse(_ text: String) throws -> RunConfiguration {
    try RunConfiguration.parse(text: text, file: "run.yaml", catalog: TestCatalog.all)
  }

  @Test(
    "A text without keys gives the defaults", arguments: ["", "# nothing\n", "---\n", "{}", "~"])
  func emptyIsDefault(text: String) throws {
    #expect(try parse(text) == RunConfiguration())
  }

  @Test("Every key is read into its own field")
  func readsEveryKey() throws {
    let read = try parse(
      """
      seed: 18446744073709551615
      distribution: {kind: test_plain, width: 2, count: 1e0, centred: true, label: "5"}
      training_set: {count: unlimited}
      process: {kind: ornstein_uhlenbeck, horizon: 6, stop: 1e-3}
      network: {kind: mlp, hidden: [16, 1e+02], activation: silu, time_features: 8}
      objective: {target: noise, weighting: constant, levels: uniform_time, noise: fresh}
      optimizer: {kind: adam, learning_rate: .5, batch: 1e+03, average: 0}
      sampler: {kind: probability_flow_heun, grid: uniform, steps: 7, count: 9}
      probe: {delta: 0.1, levels: 4, points: 64}
      """)
    var expected = RunConfiguration()
    expected.seed = .max
    expected.distribution = DistributionConfiguration(
      kind: "test_plain",
      parameters: [
        "width": .number(2), "count": .number(1), "centred": .flag(true), "label": .text("5"),
      ])
    expected.trainingSet.count = .unlimited
    expected.process.horizon = 6
    expected.network.hidden = [16, 100]
    expected.network.timeFeatures = 8
    expected.objective.levels = .uniformTime
    expected.optimizer.learningRate = 0.5
    expected.optimizer.batch = 1000
    expected.optimizer.average = 0
    expected.sampler.kind = "probability_flow_heun"
    expected.sampler.grid = "uniform"
    expected.sampler.steps = 7
    expected.sampler.count = 9
    expected.probe.delta = 0.1
    expected.probe.levels = 4
    expected.probe.points = 64
    #expect(read == expected)
  }

  @Test("A section may be empty, and block style and CRLF make no difference")
  func layoutDoesNotMatter() throws {
    let block = "\u{FEFF}network:\r\noptimizer:\r\n  batch: 64\r\n"
    #expect(try parse(block) == parse("optimizer: {batch: 64}"))
  }

  @Test("Defaults of the distribution are filled in, and given values kept")
  func distributionIsComplete() throws {
    let read = try parse("distribution: {kind: test_plain, count: 4}").distribution
    #expect(read.parameters["width"] == .number(1.5))
    #expect(read.parameters["count"] == .number(4))
    #expect(read.parameters.count == 4)
  }

  @Test("Data of a distribution is not read while the configuration is")
  func dataIsNotRead() throws {
    let read = try parse("distribution: {kind: test_table, file: no/such.csv, columns: [y, 2]}")
    #expect(read.distribution.parameters["columns"] == .list([.text("y"), .number(2)]))
    #expect(throws: DataFileError.self) {
      try read.distribution.distribution(reading: DataFile(), from: TestCatalog.all)
    }
  }

  @Test("The YAML of random valid configurations reads back as the same value")
  func yamlRoundTrip() throws {
    var stream = RandomStream(seed: 3, purpose: .test)
    for _ in 0..<300 {
      let configuration = RunConfiguration.random(using: &stream)
      let yaml = configuration.yaml
      #expect(try parse(yaml) == configuration, "\(yaml)")
    }
  }

  @Test("The default configuration is written as the documentation shows it")
  func defaultText() {
    var configuration = RunConfiguration()
    configuration.distribution = DistributionConfiguration(
      kind: "two_moons", parameters: ["noise": .number(0.08)])
    #expect(
      configuration.yaml == """
        seed: 7
        distribution: {kind: two_moons, noise: 0.08}
        training_set: {count: 2000}
        process: {kind: ornstein_uhlenbeck, horizon: 5, stop: 0.001}
        network: {kind: mlp, hidden: [128, 128, 128], activation: silu, time_features: 32}
        objective: {target: noise, weighting: constant, levels: uniform_log_snr, noise: fresh}
        optimizer: {kind: adam, learning_rate: 0.001, batch: 256, average: 0.999}
        sampler: {kind: exponential_integrator, grid: exponential_decay, steps: 100, count: 2000}
        probe: {delta: 0.05, levels: 12, points: 4096}

        """)
  }

  @Test(
    "What can change live does not ask for a restart",
    arguments: [
      "optimizer.learning_rate=0.5", "optimizer.batch=3", "optimizer.average=0.5",
      "sampler.kind=euler_maruyama", "sampler.grid=uniform", "sampler.steps=3", "sampler.count=3",
      "probe.delta=0.1",
    ])
  func liveKeys(assignment: String) throws {
    let changed = try RunConfiguration().setting([assignment])
    #expect(changed != RunConfiguration())
    #expect(!changed.requiresRestart(comparedTo: RunConfiguration()))
  }

  @Test(
    "Everything else asks for a restart",
    arguments: [
      "seed=8", "distribution.kind=test_plain", "training_set.count=unlimited",
      "process.horizon=4", "process.stop=0.1", "network.hidden=[3]", "network.time_features=4",
      "objective.levels=uniform_time", "probe.levels=3", "probe.points=64",
    ])
  func restartKeys(assignment: String) throws {
    let changed = try RunConfiguration().setting([assignment], catalog: TestCatalog.all)
    #expect(changed.requiresRestart(comparedTo: RunConfiguration()))
  }

  @Test("Settings build on the configuration, and the last one counts")
  func settings() throws {
    var configuration = RunConfiguration()
    configuration.optimizer.learningRate = 0.25
    let changed = try configuration.setting(
      [
        "optimizer.batch=5", "optimizer.batch=1e+01", "distribution.width=3",
        "distribution.kind=test_plain", "network={hidden: [4, 5]}", "network.time_features=6",
      ], catalog: TestCatalog.all)
    #expect(changed.optimizer.learningRate == 0.25)
    #expect(changed.optimizer.batch == 10)
    #expect(changed.distribution.parameters["width"] == .number(3))
    #expect(changed.network.hidden == [4, 5])
    #expect(changed.network.timeFeatures == 6)
  }
}

extension RunConfiguration {
  /// A valid configuration with every field drawn at random, odd texts included.
  static func random(using stream: inout RandomStream) -> RunConfiguration {
    var result = RunConfiguration()
    result.seed = stream.next()
    result.trainingSet.count =
      stream.integer(below: 2) == 0 ? .unlimited : .fixed(2 + stream.integer(below: 9_999_999))
    result.process.horizon = 0.5 + 19.5 * stream.uniform()
    result.process.stop = 1e-6 + 0.49 * stream.uniform()
    let depth = 1 + stream.integer(below: 8)
    result.network.hidden = (0..<depth).map { _ in 1 + stream.integer(below: 4096) }
    result.network.timeFeatures = 2 * (1 + stream.integer(below: 128))
    result.objective.levels = stream.integer(below: 2) == 0 ? .uniformTime : .uniformLogSNR
    result.optimizer.learningRate = 1e-8 + 99 * stream.uniform() * stream.uniform()
    result.optimizer.batch = 1 + stream.integer(below: 65536)
    result.optimizer.average = 0.999999 * stream.uniform()
    result.sampler.kind = SamplerCatalog.all[stream.integer(below: SamplerCatalog.all.count)].name
    let grids = TimeGridCatalog.all.map(\.name).filter { $0 != "given" }
    result.sampler.grid = grids[stream.integer(below: grids.count)]
    result.sampler.steps = 1 + stream.integer(below: 10_000)
    result.sampler.count = 1 + stream.integer(below: 1_000_000)
    result.probe.delta = 1e-4 + 0.49 * stream.uniform()
    result.probe.levels = 2 + stream.integer(below: 63)
    result.probe.points = 64 + stream.integer(below: 262_081)
    let label = (0..<stream.integer(below: 8)).map { _ in
      oddPieces[stream.integer(below: oddPieces.count)]
    }
    result.distribution = DistributionConfiguration(
      kind: "test_plain",
      parameters: [
        "width": .number(10 * stream.uniform()),
        "count": .number(Double(1 + stream.integer(below: 9))),
        "centred": .flag(stream.integer(below: 2) == 0), "label": .text(label.joined()),
      ])
    return result
  }

  // No byte order mark: the YAML library drops one at the start of a text.
  private static let oddPieces = [
    "a", "true", "null", "1e5", " ", "\"", "'", "\\", "\n", "\t", "\u{1B}[2J", "\u{0}", "#", ": ",
    "é", "漢字", "\u{202E}", "\u{85}", "\u{1F600}", "-", "{", "]", "&x", "*y", "~", "%", "/", ".",
    "\u{2028}",
  ]
}
