import ScoreCore

@testable import ScoreLab

extension RunConfiguration {
  /// A valid configuration with every field drawn at random, odd texts included.
  static func random(using stream: inout RandomStream) -> RunConfiguration {
    var result = RunConfiguration()
    result.seed = stream.next()
    result.trainingSet.count =
      stream.integer(below: 2) == 0 ? .unlimited : .fixed(2 + stream.integer(below: 9_999_999))
    result.process.kind = .random(of: ProcessCatalog.all, using: &stream)
    result.network = .random(using: &stream)
    result.objective = .random(using: &stream)
    result.optimizer = .random(using: &stream)
    result.sampler.kind = .random(of: SamplerCatalog.all, using: &stream)
    result.sampler.grid = .random(of: TimeGridCatalog.all, using: &stream)
    result.sampler.steps = 1 + stream.integer(below: 10_000)
    result.sampler.count = 1 + stream.integer(below: 1_000_000)
    result.probe.delta = 1e-4 + 0.49 * stream.uniform()
    result.probe.levels = 2 + stream.integer(below: 63)
    result.probe.points = 64 + stream.integer(below: 262_081)
    result.distribution = .random(using: &stream)
    result.mendContradictions()
    return result
  }

  /// Some sections cannot be drawn without regard to the others.
  private mutating func mendContradictions() {
    if optimizer.make().rule.usesWholeTrainingSet || objective.noise != .fresh {
      trainingSet.count = .fixed(9)
    }
    if let time = objective.levels.number("level_time") {
      let process = process.make()
      objective.levels.parameters["level_time"] = .number(
        min(max(time, process.stop), process.horizon))
    }
    if let draw = objective.make().levels as? LogNormalSigma,
      draw.mass(inRangeOf: process.make()) < 1e-5
    {
      let range = process.make().logSNRRange
      let middle = -(range.lowerBound + range.upperBound) / 4
      objective.levels.parameters["sigma_mean"] = .number(min(max(middle, -3), 3))
      objective.levels.parameters["sigma_deviation"] = .number(10)
    }
    if sampler.grid.parameters["times"] != nil {
      let process = process.make()
      sampler.grid.parameters["times"] = .list([.number((process.stop + process.horizon) / 2)])
    }
  }
}

extension CatalogChoice {
  /// Any member with any parameters it takes.
  static func random(
    of catalog: [any CatalogItem], using stream: inout RandomStream
  ) -> CatalogChoice {
    let item = catalog[stream.integer(below: catalog.count)]
    // Most draws fit; a member of which none does would fail here by never ending.
    while true {
      var given: [String: ParameterValue] = [:]
      for parameter in item.parameters {
        given[parameter.name] = .random(parameter.kind, using: &stream)
      }
      if (try? item.check(given)) != nil { return CatalogChoice(item.name, of: catalog, given) }
    }
  }
}

extension ParameterValue {
  /// Any value of a kind; the only structured ones outside the distribution are lists of numbers.
  static func random(
    _ kind: ValueKind, using stream: inout RandomStream
  ) -> ParameterValue {
    switch kind {
    case .number(_, let range):
      .number(range.lowerBound + (range.upperBound - range.lowerBound) * stream.uniform())
    case .integer(_, let range, _):
      .number(Double(range.lowerBound + stream.integer(below: range.count)))
    case .flag: .flag(stream.integer(below: 2) == 0)
    case .text: .text(.odd(using: &stream))
    case .choice(_, let names): .text(names[stream.integer(below: names.count)])
    case .structured: .list([.number(0.5)])
    case .seed, .integers, .size, .map: preconditionFailure("No member has such a parameter.")
    }
  }
}

extension NetworkConfiguration {
  fileprivate static func random(using stream: inout RandomStream) -> NetworkConfiguration {
    var result = NetworkConfiguration()
    let depth = 1 + stream.integer(below: 8)
    result.kind = .random(using: &stream)
    result.hidden = (0..<depth).map { _ in 1 + stream.integer(below: 4096) }
    result.width = 1 + stream.integer(below: 16384)
    result.outerWeights = .random(using: &stream)
    result.activation = .random(using: &stream)
    result.residual = stream.integer(below: 2) == 0
    result.timeEmbedding = .random(using: &stream)
    result.timeFeatures = 2 * (1 + stream.integer(below: 128))
    result.positionFeatures = stream.integer(below: 9)
    let hasRadius = stream.integer(below: 2) != 0 && result.kind != .conservative
    result.inputRadius = hasRadius ? 1e6 * stream.uniform() : 0
    return result
  }
}

extension ObjectiveConfiguration {
  fileprivate static func random(using stream: inout RandomStream) -> ObjectiveConfiguration {
    var result = ObjectiveConfiguration()
    result.target = .random(of: TrainingTargetCatalog.all, using: &stream)
    result.weighting = .random(of: LevelWeightingCatalog.all, using: &stream)
    result.levels = .random(of: LevelDrawCatalog.all, using: &stream)
    result.stratified = stream.integer(below: 2) == 0
    result.noise = .random(using: &stream)
    result.huberLength = stream.integer(below: 2) == 0 ? 0 : 1e9 * stream.uniform()
    return result
  }
}

extension OptimizerConfiguration {
  fileprivate static func random(using stream: inout RandomStream) -> OptimizerConfiguration {
    var result = OptimizerConfiguration()
    result.kind = .random(of: OptimizerCatalog.all, using: &stream)
    result.learningRate = 1e-8 + 99 * stream.uniform() * stream.uniform()
    result.schedule = .random(of: RateScheduleCatalog.all, using: &stream)
    result.warmup = stream.integer(below: 1_000_001)
    result.batch = 1 + stream.integer(below: 65536)
    result.clipNorm = stream.integer(below: 2) == 0 ? 0 : 1e9 * stream.uniform()
    result.constraint = .random(of: WeightConstraintCatalog.all, using: &stream)
    result.averageProfile = .random(using: &stream)
    result.average = 0.999999 * stream.uniform()
    result.averageExponent = 100 * stream.uniform()
    return result
  }
}

extension DistributionConfiguration {
  fileprivate static func random(using stream: inout RandomStream) -> DistributionConfiguration {
    DistributionConfiguration(
      kind: "test_plain",
      parameters: [
        "width": .number(10 * stream.uniform()),
        "count": .number(Double(1 + stream.integer(below: 9))),
        "centred": .flag(stream.integer(below: 2) == 0), "label": .text(.odd(using: &stream)),
      ])
  }
}

extension RawRepresentable where Self: CaseIterable, RawValue == String {
  fileprivate static func random(using stream: inout RandomStream) -> Self {
    let all = Array(allCases)
    return all[stream.integer(below: all.count)]
  }
}

extension String {
  /// Up to seven odd pieces of text.
  static func odd(using stream: inout RandomStream) -> String {
    (0..<stream.integer(below: 8)).map { _ in
      oddPieces[stream.integer(below: oddPieces.count)]
    }.joined()
  }

  // No byte order mark: the YAML library drops one at the start of a text.
  private static let oddPieces = [
    "a", "true", "null", "1e5", " ", "\"", "'", "\\", "\n", "\t", "\u{1B}[2J", "\u{0}", "#", ": ",
    "é", "漢字", "\u{202E}", "\u{85}", "\u{1F600}", "-", "{", "]", "&x", "*y", "~", "%", "/", ".",
    "\u{2028}",
  ]
}
