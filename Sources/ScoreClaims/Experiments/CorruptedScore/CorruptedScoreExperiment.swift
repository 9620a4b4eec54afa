import ScoreCore
import ScoreLab

/// A score that is badly wrong on a small event at every step harms few samples, though L2 says
/// that it may harm all.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Lemma 1.3 and Lemma 4.1.
struct CorruptedScoreExperiment: ClaimExperiment {
  static let claim = Claim(
    "corrupted_score", title: "Corrupted score",
    summary: "a score that is badly wrong on a small event harms few samples; L2 says all",
    statement:
      "A score that is wrong by any amount on an event of mass delta / N at each of N steps "
      + "costs at most about delta in total variation, where the L2 bound says nothing.",
    source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma 1.3, Theorem B.7 and Lemma 4.1", .derived,
    caveats: [
      "The paper's bounds hide constants and logarithms; those here have explicit constants and "
        + "are derived, not quoted.",
      "A point counts as hit if it differs from the one that the exact score makes of the same "
        + "noise. The share of hit points bounds the total variation between the two samples; "
        + "the histogram sees bins only.",
      "On the pair the path-wise certificate is far above eta: while the parts are a few "
        + "deviations apart, many paths of the bulk gather small errors, and Pinsker's square "
        + "root makes them count. It is still below the L2 route and the union bound.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .number("kick", "K, the size of the error on the region", \.kick, in: 0.001...1_000_000),
    .structured(
      "deltas", "ascending list; steps times the region's mass ([0.02, 0.05, 0.1, 0.2])"
    ) { (values, value) throws(ParameterError) in values.deltas = try Self.deltas(value) },
    .number("eta", "weight of the far part of the pair", \.eta, in: 1e-4...0.5),
    .number("separation", "R, the distance of its far part", \.separation, in: 1...1000),
    .integer("pair_steps", "steps of the pair's sampler", \.pairSteps, in: 10...2000),
    .integer(
      "pair_count", "points sampled with the pair's scores", \.pairCount, in: 1000...1_000_000),
  ]

  /// K, the size of the error on the region.
  var kick = 1000.0
  /// N times the mass of the region at each step, what the union bound gives; ascending.
  var deltas = [0.02, 0.05, 0.1, 0.2]
  /// The pair whose wrong candidate is followed.
  var eta = 0.01
  var separation = 10.0
  var pairSteps = 200
  var pairCount = 50_000

  var standardRun: RunConfiguration? { Self.standard }

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

  func makePlan(_ setup: ExperimentSetup) throws -> CorruptedScorePlan {
    try ReversePathSetup.requireExponentialIntegrator(setup)
    let paths = try ReversePathSetup(setup)
    // Those of the exact score, of each corruption and of the scores next to them; once kept, once
    // put together.
    try MemoryEstimate([paths.memory(ofSamples: 2 * (deltas.count + 4))]).check()
    return CorruptedScorePlan(
      values: self, paths: paths, isStandard: Self.isStandard(setup.run))
  }

  var pair: LowerBoundPair { LowerBoundPair(eta: eta, separation: separation) }

  private static func deltas(_ value: ParameterValue) throws(ParameterError) -> [Double] {
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
