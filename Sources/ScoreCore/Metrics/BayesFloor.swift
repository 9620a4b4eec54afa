/// The smallest loss any network can reach: `E [d - sigma^2 I(q_t)]` over the levels drawn.
///
/// With the noise target the best prediction is `E[z | x_t] = -sigma s(x_t)`, which leaves
/// `d - sigma^2 E||s||^2` of the noise unexplained at a level; `I(q_t) = E||s||^2` is the Fisher
/// information. The loss minus this floor is the squared L2 score error times sigma^2.
///
/// Source: Vincent 2011, "A connection between score matching and denoising autoencoders", for
/// the identity behind it; Efron 2011, "Tweedie's formula and selection bias".
public struct BayesFloor: Sendable, Equatable {
  /// How the value was found.
  public enum Method: Sendable, Equatable {
    /// The law's own closed form or quadrature at each level, Simpson's rule over log SNR.
    case exact
    /// Monte Carlo on the exact score, with this many draws.
    case monteCarlo(draws: Int)
  }

  /// The floor, in the units of the loss (a sum over coordinates).
  public var value: Double
  /// One standard error of Monte Carlo; for the exact method the change under halved level steps.
  public var error: Double
  public var method: Method
}

/// Computes a Bayes floor in short pieces.
public struct BayesFloorRun: Sendable {
  private static let strata = 64
  private static let pointsPerStratum = 64
  private static let maximumPasses = 64

  private let distribution: any KnownScoreDistribution
  private let process: any ForwardProcess
  private let levels: LevelDraw
  private let seed: UInt64
  private var passMeans: [Double] = []
  /// The best value so far; nil before the first step.
  public private(set) var floor: BayesFloor?
  public private(set) var isFinished = false

  public init(
    distribution: any KnownScoreDistribution, process: any ForwardProcess, levels: LevelDraw,
    seed: UInt64
  ) {
    self.distribution = distribution
    self.process = process
    self.levels = levels
    self.seed = seed
  }

  /// Improves the value by one piece of work; does nothing when finished.
  public mutating func step() {
    guard !isFinished else { return }
    if passMeans.isEmpty, let exact = exactFloor() {
      floor = exact
      isFinished = true
      return
    }
    passMeans.append(monteCarloPass(passMeans.count))
    let count = Double(passMeans.count)
    let mean = passMeans.reduce(0, +) / count
    let spread = passMeans.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
    floor = BayesFloor(
      value: mean, error: count > 1 ? (spread / count).squareRoot() : .infinity,
      method: .monteCarlo(draws: passMeans.count * Self.strata * Self.pointsPerStratum))
    isFinished = passMeans.count == Self.maximumPasses
  }

  /// The floor at one level from the law's own Fisher information.
  private func exactFloor(at level: NoiseLevel) -> Double? {
    guard let information = distribution.fisherInformation(at: level) else { return nil }
    return Double(distribution.dimension) - level.sigma * level.sigma * information
  }

  private func exactFloor() -> BayesFloor? {
    // Nodes even in log SNR whatever the draw: there the floor changes over ranges of about 1,
    // while in time it can fall within the first of any number of even steps.
    let intervals = 128
    let range = process.logSNRRange
    var values: [Double] = []
    for k in 0...intervals {
      let fraction = Double(k) / Double(intervals)
      let logSNR = range.lowerBound + fraction * (range.upperBound - range.lowerBound)
      guard let value = exactFloor(at: process.level(atLogSNR: logSNR)) else { return nil }
      values.append(value * levels.density(atLogSNR: logSNR, of: process))
    }
    func simpson(every stride: Int) -> Double {
      let nodes = Swift.stride(from: 0, through: intervals, by: stride).map { values[$0] }
      let n = nodes.count - 1
      let sum = (0...n).reduce(0.0) { sum, k in
        sum + nodes[k] * (k == 0 || k == n ? 1 : (k % 2 == 1 ? 4 : 2))
      }
      return sum / (3 * Double(n))
    }
    let (fine, coarse) = (simpson(every: 1), simpson(every: 2))
    return BayesFloor(value: fine, error: abs(fine - coarse), method: .exact)
  }

  private func monteCarloPass(_ pass: Int) -> Double {
    var stream = RandomStream(seed: seed, purpose: .floor, index: UInt64(pass))
    let offset = stream.uniform()
    let dimension = Double(distribution.dimension)
    var sum = 0.0
    for stratum in 0..<Self.strata {
      let u = (Double(stratum) + offset) / Double(Self.strata)
      let level = levels.level(atQuantile: u, of: process)
      var points = distribution.sample(count: Self.pointsPerStratum, using: &stream)
      for i in points.values.indices {
        points.values[i] = level.alpha * points.values[i] + level.sigma * stream.normal()
      }
      let norms = distribution.score(at: points, level: level).squaredNorms()
      let information = norms.reduce(0, +) / Double(norms.count)
      sum += dimension - level.sigma * level.sigma * information
    }
    return sum / Double(Self.strata)
  }
}
