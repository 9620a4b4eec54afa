import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// Regressions of the score on data sets of several sizes, in spaces of several dimensions.
struct IntrinsicSampleComplexityPlan: ExperimentPlan {
  static var lanes: Int { 4 }

  enum Unit: Codable, Hashable, Sendable {
    /// Normal data in the place-th dimension, which the closed form is of.
    case normal(dimension: Int)
    /// One data set of each size in the place-th dimension.
    case sets(dimension: Int, set: Int)
  }

  enum Record: Codable, Sendable {
    /// sigma^2 L2^2 of each data set.
    case normal([Double])
    case sets(Sets)
  }

  /// `sigma^2 L2^2`, summed over coordinates.
  struct Sets: Codable, Sendable, Equatable {
    /// `[paths][counts]`.
    var errors: [[Double]]
    /// How far the rows of the found planes are from orthonormal, at most.
    var departure: Double
    /// Of the score 0 and of one Gaussian of the same mean and covariance.
    var zero: Double
    var gaussian: Double
  }

  let values: IntrinsicSampleComplexity
  let seed: UInt64
  /// How many dimensions the found subspace has; those of the plane but in tests.
  var usedIntrinsic: @Sendable (Int) -> Int = { _ in IntrinsicSampleComplexity.intrinsic }
  /// The score that a path learns in a dimension; itself but in tests.
  var learned:
    @Sendable (any ScoreFunction, IntrinsicSampleComplexity.Path, Int) -> any ScoreFunction = {
      score, _, _ in score
    }
  /// How many of a data set's rows are used; all but in tests.
  var usedRows: @Sendable (Int) -> Int = { $0 }

  var units: [Unit] {
    let places = values.dimensions.indices
    return places.map { .normal(dimension: $0) }
      + places.flatMap { place in
        (0..<values.repeats).map { Unit.sets(dimension: place, set: $0) }
      }
  }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .normal: 1
    case .sets(let place, _): 1 + (place + 1) / 2
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .normal(let place): "normal data in \(values.dimensions[place]) dimensions"
    case .sets(let place, let set):
      "regressions in \(values.dimensions[place]) dimensions, data set \(set + 1) of \(values.repeats)"
    }
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    switch unit {
    case .normal(let place): SingleStep { .normal(normalErrors(place)) }
    case .sets(let place, let set): SingleStep { .sets(sets(place, set)) }
    }
  }

  func findings(_ records: Records) -> IntrinsicSampleComplexityFindings {
    IntrinsicSampleComplexityFindings(self, records)
  }

  private func stream(_ part: UInt64, _ place: Int, _ set: Int) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .experiment,
      index: part << 56 | UInt64(place) << 40 | UInt64(set))
  }

  /// The number of rows of the closed form.
  var normalCount: Int { 4 * (values.dimensions.last ?? 1) }

  private func normalErrors(_ place: Int) -> [Double] {
    let (d, n) = (values.dimensions[place], normalCount)
    let features = LinearFeatures(dimension: d, hasIntercept: false)
    // N(0, I) stays normal, so that the exact prediction is sigma / (1 + sigma^2) x.
    let slope = values.sigma / (1 + values.sigma * values.sigma)
    return (0..<values.normalSets).map { set in
      var stream = stream(1, place, set)
      let used = usedRows(n)
      let draws = stream.normals(count: 2 * n, dimension: d)
      var regression = ScoreRegression(features, ridge: 0)
      regression.add(
        RegressionRows(
          clean: draws.rows(0..<used), noise: draws.rows(n..<n + used), level: values.level,
          target: NoiseTarget()))
      guard let found = regression.minimiser else { return .nan }
      var sum = 0.0
      for i in 0..<d * d {
        let gap = found.weights[i] - (i / d == i % d ? slope : 0)
        sum += gap * gap
      }
      return (1 + values.sigma * values.sigma) * sum
    }
  }

  // MARK: - Regressions

  /// Noisy points with their exact scores, which errors are means over.
  private struct Probe {
    let x: Points
    let scores: Points

    /// `sigma^2` times the mean squared distance of the exact score from another.
    func error(_ score: any ScoreFunction, level: NoiseLevel) -> Double {
      let found = score.score(at: x, level: level)
      let sum = zip(found.values, scores.values).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return level.sigma * level.sigma * sum / Double(x.count)
    }
  }

  private func sets(_ place: Int, _ set: Int) -> Sets {
    let d = values.dimensions[place]
    let circle = values.circle(dimension: d, seed: seed)
    var stream = stream(2, place, set)
    let exact = ExactScore(circle)
    let most = values.counts.last ?? 1
    let thick = NoiseLevel(alpha: 1, sigma: values.thickness)
    func points(_ count: Int) -> Points {
      thick.noisy(
        circle.sample(count: count, using: &stream),
        noise: stream.normals(count: count, dimension: d))
    }
    let clean = points(most)
    let noise = (0..<values.draws).map { _ in stream.normals(count: most, dimension: d) }
    let x = values.level.noisy(
      points(values.testPoints), noise: stream.normals(count: values.testPoints, dimension: d))
    let probe = Probe(x: x, scores: exact.score(at: x, level: values.wholeLevel))
    let ramps = IntrinsicSampleComplexity.Path.allCases.map { path in
      RampFeatures(dimension: width(path, d), ramps: values.features, using: &stream)
    }
    var departure = 0.0
    let errors = zip(IntrinsicSampleComplexity.Path.allCases, ramps).map { path, ramps in
      values.counts.map { n -> Double in
        let plane = plane(path, circle, clean.rows(0..<n))
        departure = [departure, plane?.departure ?? 0].largest
        return best(path, plane, ramps, clean.rows(0..<n), noise.map { $0.rows(0..<n) }, probe)
      }
    }
    let gaussian = ExactScore(BaselineScore.gaussianDistribution(of: circle, using: &stream))
    return Sets(
      errors: errors, departure: departure,
      zero: probe.error(BaselineScore.Zero(dimension: d), level: values.level),
      gaussian: probe.error(Shifted(score: gaussian, level: values.wholeLevel), level: values.level)
    )
  }

  /// A score at one level, whatever level it is asked at: the noisy circle of a thickness is the circle at
  /// more noise.
  private struct Shifted: ScoreFunction {
    let score: ExactScore
    let level: NoiseLevel
    var dimension: Int { score.dimension }

    func score(at x: Points, level: NoiseLevel) -> Points {
      score.score(at: x, level: self.level)
    }
  }

  /// The dimension that a path's regression is in.
  private func width(_ path: IntrinsicSampleComplexity.Path, _ d: Int) -> Int {
    switch path {
    case .plain: d
    case .aware: usedIntrinsic(d)
    case .known: IntrinsicSampleComplexity.intrinsic
    }
  }

  /// The plane that a path works in; nil for the whole space.
  private func plane(
    _ path: IntrinsicSampleComplexity.Path, _ circle: VonMisesCircle, _ points: Points
  ) -> FoundSubspace? {
    switch path {
    case .plain: return nil
    case .aware: return FoundSubspace(of: points, intrinsic: usedIntrinsic(circle.dimension))
    case .known:
      // Two directions of the circle: where it points, and along it at angle 0.
      guard let law = circle.angularLaw else { preconditionFailure("A circle has an angle.") }
      let first = law.points(at: [0]).row(0).map { $0 / values.radius }
      return FoundSubspace(
        rows: [first, law.tangents(at: [0]).row(0)], residual: values.thickness * values.thickness)
    }
  }

  /// The error of a path with its best penalty.
  private func best(
    _ path: IntrinsicSampleComplexity.Path, _ plane: FoundSubspace?, _ ramps: RampFeatures,
    _ clean: Points, _ noise: [Points], _ probe: Probe
  ) -> Double {
    var regression = ScoreRegression(ramps)
    for draw in noise {
      regression.add(
        RegressionRows(
          clean: plane?.components(of: clean) ?? clean, noise: plane?.components(of: draw) ?? draw,
          level: values.level, target: NoiseTarget()))
    }
    let errors = IntrinsicSampleComplexity.ridges.compactMap { ridge -> Double? in
      regression.equations.weights(ridge: ridge * regression.equations.meanDiagonal).map {
        let inner = LinearlyWeightedScore(features: ramps, target: NoiseTarget(), weights: $0)
        let score: any ScoreFunction =
          plane.map { SubspaceScore(inner: inner, subspace: $0) } ?? inner
        return probe.error(learned(score, path, probe.x.dimension), level: values.level)
      }
    }
    return errors.contains(where: \.isNaN) ? .nan : errors.min() ?? .nan
  }
}
