import ScoreCore

/// What a network has at each noise level, or why there is nothing to measure.
public enum NetworkLevels<Level: Sendable & Equatable>: Sendable, Equatable {
  case missing(NetworkObstacle)
  /// The step whose averaged weights were measured, and the levels from the least noise to the most.
  case known(step: Int, levels: [Level])

  /// The step of the weights; nil where nothing is measured.
  public var step: Int? {
    switch self {
    case .missing: nil
    case .known(let step, _): step
    }
  }
}

/// Why something cannot be measured on a network.
public enum NetworkObstacle: Sendable, Equatable {
  case judged
  case tooManyWeights(limit: Int)
  case withoutHiddenLayer
  case notPerceptron
  case huber
  case projected

  /// Why, in one sentence without its end.
  public var text: String {
    switch self {
    case .judged: "the score is someone else's and has no weights to look at"
    case .tooManyWeights(let limit): "it is measured of networks with up to \(limit) weights"
    case .withoutHiddenLayer:
      "a network without hidden layers (network.kind linear) has no features"
    case .notPerceptron: "this kind of network has no features of a last layer (network.kind)"
    case .huber:
      "the loss is Huber's (objective.huber_length), and the gradients are of the squared one"
    case .projected: "objective.support_radius projects predictions, and the loss is of the output"
    }
  }
}

/// A number with its 95 % interval over independent draws of points.
public struct DrawnNumber: Sendable, Equatable {
  public let value: Double
  public let interval: ClosedRange<Double>

  public init(value: Double, interval: ClosedRange<Double>) {
    self.value = value
    self.interval = interval
  }

  /// The mean of what each draw has.
  ///
  /// - Parameters:
  ///   - values: At least two, finite.
  ///   - reach: Student's quantile for so many.
  init(ofDraws values: [Double], reach: Double) {
    let mean = Estimate(values)
    let sides = reach * mean.standardError
    self.init(value: mean.value, interval: mean.value - sides...mean.value + sides)
  }

  /// The ratio of two means over the same draws, with the interval of the jackknife; NaN where a number
  /// is not finite or nothing is below.
  ///
  /// Source: Quenouille 1956 and Tukey 1958, as in Efron and Tibshirani 1993, *An Introduction to the
  /// Bootstrap*, chapter 11.
  init(ofRatio above: [Double], to below: [Double], reach: Double) {
    let n = Double(above.count)
    let (top, bottom) = (above.reduce(0, +), below.reduce(0, +))
    let ratio = top / bottom
    let without = zip(above, below).map { (top - $0) / (bottom - $1) }
    guard ratio.isFinite, without.allSatisfy(\.isFinite) else {
      self.init(value: .nan, interval: 0...0)
      return
    }
    let mean = without.reduce(0, +) / n
    let squares = without.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
    let sides = reach * ((n - 1) / n * squares).squareRoot()
    self.init(value: ratio, interval: ratio - sides...ratio + sides)
  }

  /// Student's 97.5 % quantile: how many standard errors an interval reaches.
  static func reach(draws: Int) -> Double {
    StudentT.quantile(0.975, degreesOfFreedom: draws - 1)
  }
}

/// Points at a noise level with the noise that they were drawn with: the same in every pass, so that what
/// changes from pass to pass is the network's doing.
struct LevelDraw {
  let clean: Points
  let noise: Points
  /// The noisy points.
  let x: Points

  /// Draws the noise of clean points at a level.
  init(_ clean: Points, at level: NoiseLevel, using stream: inout RandomStream) {
    self.clean = clean
    noise = stream.normals(count: clean.count, dimension: clean.dimension)
    x = level.noisy(clean, noise: noise)
  }

  /// The stream of one draw at one level, for one of the measurements that look at the network.
  static func stream(seed: UInt64, measurement: UInt64, level: Int, draw: Int) -> RandomStream {
    RandomStream(
      seed: RandomStream.derivedSeed(seed: seed, index: 1 << 40 | measurement), purpose: .probe,
      index: UInt64(level) << 32 | UInt64(draw))
  }
}

extension NetworkScore {
  /// The same network before its first step.
  func untrained(seed: UInt64) -> NetworkScore {
    var start = self
    start.parameters = (0..<max(1, bank.count)).flatMap {
      architecture.initialParameters(seed: seed, network: $0)
    }
    return start
  }
}

extension MeasurementResults {
  /// The newest effective ranks of the tangent kernel.
  public var tangentRanks: NetworkLevels<TangentRank>? { self[TangentRankMeasurement.self].value }
  /// The newest features of the last layer.
  public var featureLevels: NetworkLevels<FeatureLevel>? {
    self[FeatureLevelMeasurement.self].value
  }
  /// The newest spread of the gradients.
  public var gradientLevels: NetworkLevels<GradientLevel>? {
    self[GradientLevelMeasurement.self].value
  }
}
