package import ScoreCore
import ScoreTheory

/// The scores that the losses of a run's class are least at: s^a of the loss over the distribution and
/// s^b of the loss that the run descends, with its training set and its noise.
///
/// They depend on the configuration alone, so they are found once, s^a first. Both are of the loss
/// itself: what weight decay or a constraint keeps a run from counts as its own.
///
/// Source: Gaur et al. 2025 (arXiv:2505.18344).
package struct MinimisersMeasurement: Measurement {
  package typealias Value = Minimisers
  package static let name = "minimisers"
  package static let isTakenUnasked = false
  package static let dependencies: [MeasurementDependency] = []

  /// Levels that stand for those of a draw with a density.
  static let strata = 64
  /// Rows of the losses where they are draws: a class of few weights can have more.
  private static let drawnRows = (linear: 32_768, network: 4096)
  /// The most features, weights and training points: the Gram matrix has 32 MB then, and the history of
  /// L-BFGS as much.
  private static let limits = (features: 2000, weights: 200_000, points: 100_000)
  /// Points with a level each that make a piece of the rows.
  private static let pieceRows = 64

  private let subject: MeasurementSubject
  private var searches: (population: MinimiserSearch?, empirical: MinimiserSearch?)
  package private(set) var reading = Reading<Minimisers>()

  package init(of subject: MeasurementSubject) { self.subject = subject }

  package var unitCost: Double { searchUnderWay?.nextUnitPoints ?? 0 }

  /// What the next unit of work is of, s^a first; nil where both are found or missing.
  private var searchUnderWay: MinimiserSearch? {
    [searches.population, searches.empirical].lazy.compactMap { $0 }.first { !Self.isOver($0) }
  }

  /// The scores as far as they are found.
  package var population: (any ScoreFunction)? { searches.population?.score }
  package var empirical: (any ScoreFunction)? { searches.empirical?.score }

  package mutating func begin(_ input: MeasurementInput) {
    searches = (nil, nil)
    if let obstacle = obstacle(input.score()) {
      reading.value = Minimisers(population: .missing(obstacle), empirical: .missing(obstacle))
      return
    }
    let start = NetworkScore(
      architecture: architecture,
      parameters: architecture.initialParameters(seed: subject.configuration.seed),
      target: subject.objective.target, process: subject.process)
    searches.population = search(from: start, subject.distribution)
    var empirical = Minimisers.Side.missing(.freshPoints)
    if let points = subject.trainingPoints {
      if points.count > Self.limits.points {
        empirical = .missing(.tooMany("points (training_set.count)", limit: Self.limits.points))
      } else {
        searches.empirical = search(from: start, ofPoints: points)
        empirical = .known(.collecting(0))
      }
    }
    // Something to show at once, so that nothing waits for it as for a first picture.
    reading.value = Minimisers(population: .known(.collecting(0)), empirical: empirical)
  }

  package mutating func step() -> Bool {
    let isPopulationOver = searches.population.map(Self.isOver) ?? true
    if !isPopulationOver {
      _ = searches.population?.step()
    } else if searches.empirical.map(Self.isOver) == false {
      _ = searches.empirical?.step()
    }
    if let side = searches.population?.standing { reading.value?.population = .known(side) }
    if let side = searches.empirical?.standing { reading.value?.empirical = .known(side) }
    reading.value?.revision += 1
    return (searches.population.map(Self.isOver) ?? true)
      && (searches.empirical.map(Self.isOver) ?? true)
  }

  private static func isOver(_ search: MinimiserSearch) -> Bool {
    switch search.standing {
    case .collecting: false
    case .exact, .unsolvable: true
    case .descent(_, _, _, let ending): ending != nil
    }
  }

  private var architecture: any Architecture {
    subject.configuration.network.architecture(dimension: subject.distribution.dimension)
  }

  /// Why neither minimiser can be had; nil where both can.
  private func obstacle(_ score: any ScoreFunction) -> Minimisers.Obstacle? {
    guard score is NetworkScore else { return .judged }
    if subject.configuration.network.condition == .label { return .conditional }
    if subject.objective.isHuber { return .huber }
    if subject.objective.levels.networks > 1 { return .bank }
    if subject.objective.target.predictionRadius.isFinite { return .projected }
    let (network, limits) = (architecture, Self.limits)
    if MinimiserSearch.isLinear(network) {
      let features = (network.parameterCount - network.trainedOffset) / network.dimension
      return features > limits.features
        ? .tooMany("random features (network.hidden)", limit: limits.features) : nil
    }
    return network.parameterCount > limits.weights
      ? .tooMany("weights (\(subject.configuration.network.sizeKey))", limit: limits.weights) : nil
  }

  /// A search for what the loss over a distribution with fresh noise is least at.
  private func search(
    from start: NetworkScore, _ distribution: any KnownScoreDistribution
  ) -> MinimiserSearch {
    let isLinear = MinimiserSearch.isLinear(start.architecture)
    let drawn = isLinear ? Self.drawnRows.linear : Self.drawnRows.network
    let strata = RiskStrata(
      distribution, process: subject.process, objective: subject.objective, strata: Self.strata,
      pointCount: max(1, drawn / Self.strata), usesLineRule: isLinear,
      seed: subject.configuration.seed)
    return MinimiserSearch(from: start, pieceCount: strata.levels.count) { [strata.rows(at: $0)] }
  }

  /// A search for what the loss that a run on points descends is least at.
  private func search(from start: NetworkScore, ofPoints points: Points) -> MinimiserSearch {
    guard subject.objective.noise != .fresh else {
      let deviations = Array(repeating: 0.0, count: points.count)
      return search(from: start, IsotropicMixture(means: points, deviations: deviations))
    }
    let levels = RiskStrata.levels(
      of: subject.objective, process: subject.process, strata: Self.strata)
    let trainer = Trainer(
      configuration: subject.configuration, trainingSet: .fixed(points), threads: 1)
    let rows = trainer.fixedRows(at: levels)
    let size = rows.count == points.count ? Self.pieceRows : 1
    return MinimiserSearch(from: start, pieceCount: (rows.count + size - 1) / size) { place in
      Array(rows[place * size..<min(rows.count, (place + 1) * size)])
    }
  }
}

extension MeasurementResults {
  /// What is known of the minimisers of the run's class.
  package var minimisers: Minimisers? { self[MinimisersMeasurement.self].value }
}
