import OutsideText
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
      training_set: {count: 50}
      process: {kind: ornstein_uhlenbeck, horizon: 6, stop: 1e-3}
      network: {kind: random_features, hidden: [16, 1e+02], width: 12, outer_weights: trained,
        activation: relu, residual: true, time_embedding: time, time_features: 8,
        position_features: 3, input_radius: 1.5}
      objective: {target: edm, data_deviation: 2, weighting: min_snr, snr_cap: 3, levels: fixed,
        level_time: 0.2, stratified: false, noise: fixed, huber_length: 1.5}
      optimizer: {kind: adamw, beta1: 0.8, beta2: 0.9, weight_decay: 0.1, learning_rate: .5,
        schedule: cosine, decay_steps: 1e3, last_rate: 0.1, warmup: 10, batch: 1e+03,
        clip_norm: 2, average_profile: power, average: 0, average_exponent: 3}
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
    expected.trainingSet.count = .fixed(50)
    expected.process.kind.parameters["horizon"] = .number(6)
    expected.network.kind = .randomFeatures
    expected.network.hidden = [16, 100]
    expected.network.width = 12
    expected.network.outerWeights = .trained
    expected.network.inputRadius = 1.5
    expected.network.activation = .relu
    expected.network.residual = true
    expected.network.timeEmbedding = .time
    expected.network.timeFeatures = 8
    expected.network.positionFeatures = 3
    expected.objective = Self.expectedObjective
    expected.optimizer = Self.expectedOptimizer
    expected.sampler.kind = CatalogChoice("probability_flow_heun", of: SamplerCatalog.all)
    expected.sampler.grid = CatalogChoice("uniform", of: TimeGridCatalog.all)
    expected.sampler.steps = 7
    expected.sampler.count = 9
    expected.probe.delta = 0.1
    expected.probe.levels = 4
    expected.probe.points = 64
    #expect(read == expected)
  }

  private static var expectedObjective: ObjectiveConfiguration {
    var objective = ObjectiveConfiguration()
    objective.target = CatalogChoice(
      "edm", of: TrainingTargetCatalog.all, ["data_deviation": .number(2)])
    objective.weighting = CatalogChoice(
      "min_snr", of: LevelWeightingCatalog.all, ["snr_cap": .number(3)])
    objective.levels = CatalogChoice(
      "fixed", of: LevelDrawCatalog.all, ["level_time": .number(0.2)])
    objective.stratified = false
    objective.noise = .fixed
    objective.huberLength = 1.5
    return objective
  }

  private static var expectedOptimizer: OptimizerConfiguration {
    var optimizer = OptimizerConfiguration()
    optimizer.kind = CatalogChoice(
      "adamw", of: OptimizerCatalog.all,
      ["beta1": .number(0.8), "beta2": .number(0.9), "weight_decay": .number(0.1)])
    optimizer.learningRate = 0.5
    optimizer.schedule = CatalogChoice(
      "cosine", of: RateScheduleCatalog.all,
      ["decay_steps": .number(1000), "last_rate": .number(0.1)])
    optimizer.warmup = 10
    optimizer.batch = 1000
    optimizer.clipNorm = 2
    optimizer.averageProfile = .power
    optimizer.average = 0
    optimizer.averageExponent = 3
    return optimizer
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
    let network =
      "network: {kind: mlp, hidden: [128, 128, 128], width: 1024, outer_weights: fixed, "
      + "activation: silu, residual: false, time_embedding: log_snr, time_features: 32, "
      + "position_features: 0, input_radius: 0, condition: none, label_dropout: 0.1}"
    let objective =
      "objective: {target: noise, weighting: constant, levels: uniform_log_snr, "
      + "stratified: true, noise: fresh, huber_length: 0}"
    let optimizer =
      "optimizer: {kind: adam, beta1: 0.9, beta2: 0.999, learning_rate: 0.001, "
      + "schedule: constant, warmup: 0, batch: 256, clip_norm: 0, constraint: none, "
      + "average_profile: exponential, average: 0.999, average_exponent: 6.94}"
    let sampler =
      "sampler: {kind: exponential_integrator, grid: exponential_decay, steps: 100, count: 2000, "
      + "class: -1, guidance: 0}"
    #expect(
      configuration.yaml == """
        seed: 7
        distribution: {kind: two_moons, noise: 0.08}
        training_set: {count: 2000}
        process: {kind: ornstein_uhlenbeck, horizon: 5, stop: 0.001}
        \(network)
        \(objective)
        \(optimizer)
        \(sampler)
        probe: {delta: 0.05, levels: 12, points: 4096}

        """)
  }

  @Test(
    "What can change live does not ask for a restart",
    arguments: [
      "optimizer.learning_rate=0.5", "optimizer.batch=3", "optimizer.average=0.5",
      "sampler.kind=euler_maruyama", "sampler.grid=uniform", "sampler.steps=3", "sampler.count=3",
      "probe.delta=0.1", "optimizer.schedule=cosine", "optimizer.warmup=5",
      "optimizer.clip_norm=1", "optimizer.constraint=ball", "optimizer.average_profile=power",
      "optimizer.average_exponent=2",
      "optimizer={schedule: cosine, decay_steps: 3}",
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
      "objective.levels=uniform_time", "probe.levels=3", "probe.points=64", "network.kind=linear",
      "network.activation=tanh", "network.residual=true", "network.time_embedding=plain",
      "network.position_features=2", "network.kind=ntk", "network.width=9",
      "network.outer_weights=trained", "network.input_radius=3", "objective.target=velocity",
      "objective.weighting=p2",
      "objective.stratified=false", "objective.noise=fixed", "objective.huber_length=1",
      "optimizer.kind=sgd", "optimizer.beta1=0.5",
    ])
  func restartKeys(assignment: String) throws {
    let changed = try RunConfiguration().setting([assignment], catalog: TestCatalog.all)
    #expect(changed.requiresRestart(comparedTo: RunConfiguration()))
  }

  @Test("Another member starts from its defaults, but keeps what was changed and still fits")
  func carriesOver() throws {
    let changed = try RunConfiguration().setting(["optimizer.beta1=0.5"])
    let adamW = try changed.setting(["optimizer.kind=adamw"]).optimizer.kind
    #expect(
      adamW == CatalogChoice("adamw", of: OptimizerCatalog.all, ["beta1": .number(0.5)]))
    let sgd = try changed.setting(["optimizer.kind=sgd"])
    #expect(sgd.optimizer.kind == CatalogChoice("sgd", of: OptimizerCatalog.all))
    #expect(try sgd.setting(["optimizer.kind=adam"]) == RunConfiguration())
  }

  @Test("What a member keeps must fit the other's range and its combinations")
  func carriesOverWhatFits() throws {
    func chosen(_ text: String, from: CatalogChoice) throws -> CatalogChoice {
      var choice = from
      let root = try #require(try YAMLNode.compose(text, file: "f"))
      var reader = try ConfigurationReader(root, context: .init(file: "f", distributions: []))
      try reader.readMember("kind", of: TestMembers.all, into: &choice)
      try reader.finish()
      return choice
    }
    func choice(_ name: String, _ low: Double, _ high: Double) -> CatalogChoice {
      CatalogChoice(
        name: name, parameters: ["low": .number(low), "high": .number(high)])
    }
    let wide = choice("wide", 1, 9)
    // 1 is the default of wide, so it is not kept; 9 is beyond the range of narrow.
    #expect(try chosen("kind: narrow", from: wide) == choice("narrow", 0, 4))
    #expect(try chosen("kind: narrow", from: choice("wide", 2, 3)) == choice("narrow", 2, 3))
    #expect(try chosen("kind: wide", from: wide) == wide)
    // 3.5 fits alone, but not next to the given 2.
    #expect(
      try chosen("{kind: narrow, high: 2}", from: choice("wide", 3.5, 5))
        == choice("narrow", 0, 2))
    #expect(throws: ConfigurationError.self) {
      try chosen("{kind: narrow, low: 3, high: 2}", from: wide)
    }
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
