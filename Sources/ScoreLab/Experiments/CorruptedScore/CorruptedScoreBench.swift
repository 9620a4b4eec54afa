public import ScoreCore

/// A score that is badly wrong on a small event at every step harms few samples, though L2 says
/// that it may harm all.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Lemma 1.3 and Lemma 4.1.
public struct CorruptedScoreBench: Experiment {
  /// K, the size of the error on the region.
  public var kick: Double
  /// N times the mass of the region at each step, what the union bound gives; ascending.
  public var deltas: [Double]
  /// The pair whose wrong candidate is followed.
  public var pair: LowerBoundPair
  public var pairSteps: Int
  public var pairCount: Int

  public var standardRun: RunConfiguration? { Self.standard }

  /// N(0, 1) from T = 3 in 50 equal steps.
  static let standard: RunConfiguration = {
    var run = RunConfiguration()
    run.distribution = .line([(1, 0, 1)])
    run.process.kind = CatalogChoice(
      "ornstein_uhlenbeck", of: ProcessCatalog.all, ["horizon": .number(3), "stop": .number(0.001)])
    run.sampler.grid = CatalogChoice("uniform", of: TimeGridCatalog.all)
    run.sampler.steps = 50
    run.sampler.count = 100_000
    return run
  }()

  /// Whether the chance of a hit is that of the standard run, which was found by quadrature.
  static func isStandard(_ run: RunConfiguration) -> Bool {
    run.distribution == standard.distribution && run.process.kind == standard.process.kind
      && run.sampler.grid == standard.sampler.grid && run.sampler.steps == standard.sampler.steps
  }

  public func makeRun(_ setup: ExperimentSetup) throws -> any ExperimentRun {
    try ReversePathSetup.requireExponentialIntegrator(setup)
    let paths = try ReversePathSetup(setup)
    // Those of the exact score, of each corruption and of the scores next to them.
    try MemoryEstimate([paths.memory(ofSamples: deltas.count + 4)]).check()
    return CorruptedScoreRun(
      bench: self, paths: paths, isStandard: Self.isStandard(setup.run))
  }
}

extension CatalogEntry where Member == any Experiment {
  static var corruptedScore: Self {
    Self(
      name: "corrupted_score",
      summary: "a score that is badly wrong on a small event harms few samples; L2 says all",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Lemmas 1.3 and 4.1",
      parameters: [
        ParameterDescription(
          "kick", "K, the size of the error on the region",
          .number(default: 1000, range: 0.001...1_000_000)),
        ParameterDescription(
          "deltas", "ascending list; steps times the region's mass ([0.02, 0.05, 0.1, 0.2])",
          .structured),
        ParameterDescription(
          "eta", "weight of the far part of the pair", .number(default: 0.01, range: 1e-4...0.5)),
        ParameterDescription(
          "separation", "R, the distance of its far part",
          .number(default: 10, range: 1...1000)),
        ParameterDescription(
          "pair_steps", "steps of the pair's sampler", .integer(default: 200, range: 10...2000)),
        ParameterDescription(
          "pair_count", "points sampled with the pair's scores",
          .integer(default: 50_000, range: 1000...1_000_000)),
      ]
    ) { (values) throws(ParameterError) in
      CorruptedScoreBench(
        kick: values.number("kick"), deltas: try deltas(values),
        pair: LowerBoundPair(
          eta: values.number("eta"), separation: values.number("separation")),
        pairSteps: values.integer("pair_steps"), pairCount: values.integer("pair_count"))
    }
  }

  private static func deltas(_ values: CatalogParameters) throws(ParameterError) -> [Double] {
    guard let value = values.values["deltas"] else { return [0.02, 0.05, 0.1, 0.2] }
    guard case .list(let items) = value, (1...8).contains(items.count) else {
      throw ParameterError(
        path: ["deltas"], message: "expected a list of 1 to 8 numbers, found \(value.found)")
    }
    var deltas: [Double] = []
    for (index, item) in items.enumerated() {
      guard case .number(let delta) = item, delta >= 1e-5, delta <= 0.9,
        delta > deltas.last ?? 0
      else {
        throw ParameterError(
          path: ["deltas", "\(index + 1)"],
          message: "expected a number from 1e-5 to 0.9 above the one before, found \(item.found)")
      }
      deltas.append(delta)
    }
    return deltas
  }
}
