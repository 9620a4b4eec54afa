/// The smallest loss any network can reach: `E [w (d - sigma^2 I(q_t))]` over the levels drawn.
///
/// The best prediction of the noise is `E[z | x_t] = -sigma s(x_t)`, which leaves
/// `d - sigma^2 E||s||^2` of it unexplained at a level; `I(q_t) = E||s||^2` is the Fisher
/// information. The loss of any target is that of the noise times
/// ``Objective/noiseErrorWeight(at:process:)``, the w above. The loss minus this floor is the
/// squared L2 score error times `w sigma^2`.
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
  private static let pointsPerStratum = 64
  private static let maximumPasses = 64

  private let distribution: any KnownScoreDistribution
  private let process: any ForwardProcess
  private let objective: Objective
  private let seed: UInt64
  /// The levels of Monte Carlo and their shares of the loss, which need not sum to one.
  private let stations: [(level: NoiseLevel, weight: Double)]
  private var strata: [ControlledMean]
  private var passes = 0
  /// The best value so far; nil before the first step.
  public private(set) var floor: BayesFloor?
  public private(set) var isFinished = false

  public init(
    distribution: any KnownScoreDistribution, process: any ForwardProcess,
    objective: Objective, seed: UInt64
  ) {
    self.distribution = distribution
    self.process = process
    self.objective = objective
    self.seed = seed
    stations = Self.stations(of: objective, process: process)
    strata = Array(repeating: ControlledMean(), count: stations.count)
  }

  /// Improves the value by one piece of work; does nothing when finished.
  public mutating func step() {
    guard !isFinished else { return }
    if passes == 0, let exact = exactFloor() {
      floor = exact
      isFinished = true
      return
    }
    monteCarloPass()
    var (value, variance) = (0.0, 0.0)
    for (station, mean) in zip(stations, strata) {
      let weight = station.weight
      value += weight * mean.estimate.mean
      variance += weight * weight * mean.estimate.variance
    }
    floor = BayesFloor(
      value: value, error: variance.squareRoot(),
      method: .monteCarlo(draws: passes * strata.count * Self.pointsPerStratum))
    isFinished = passes == Self.maximumPasses
  }

  /// The floor of the noise at one level from the law's own Fisher information.
  private func exactFloor(at level: NoiseLevel) -> Double? {
    guard let information = distribution.fisherInformation(at: level) else { return nil }
    return Double(distribution.dimension) - level.sigma * level.sigma * information
  }

  private func exactFloor() -> BayesFloor? {
    if objective.levels.atoms(of: process) != nil {
      var value = 0.0
      for station in stations {
        guard let floor = exactFloor(at: station.level) else { return nil }
        value += station.weight * floor
      }
      return BayesFloor(value: value, error: 0, method: .exact)
    }
    // Nodes even in log SNR whatever the draw: there the floor changes over ranges of about 1,
    // while in time it can fall within the first of any number of even steps.
    let intervals = 128
    let range = process.logSNRRange
    var values: [Double] = []
    for k in 0...intervals {
      let fraction = Double(k) / Double(intervals)
      let logSNR = range.lowerBound + fraction * (range.upperBound - range.lowerBound)
      let level = process.level(atLogSNR: logSNR)
      guard let value = exactFloor(at: level) else { return nil }
      values.append(
        value * objective.noiseErrorWeight(at: level, process: process)
          * (objective.levels.density(atLogSNR: logSNR, of: process) ?? 0))
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

  /// The atoms of the draw, or the middles of 64 strata of log SNR by the midpoint rule.
  ///
  /// Strata are a quarter wide in log SNR and the floor bends over ranges of about 1, so the rule
  /// is off by less than a thousandth, far below the Monte Carlo error.
  private static func stations(
    of objective: Objective, process: any ForwardProcess
  ) -> [(level: NoiseLevel, weight: Double)] {
    if let atoms = objective.levels.atoms(of: process) {
      return atoms.map {
        ($0, objective.noiseErrorWeight(at: $0, process: process) / Double(atoms.count))
      }
    }
    let count = 64
    let range = process.logSNRRange
    return (0..<count).map { stratum in
      let fraction = (Double(stratum) + 0.5) / Double(count)
      let logSNR = range.lowerBound + fraction * (range.upperBound - range.lowerBound)
      let level = process.level(atLogSNR: logSNR)
      let density = objective.levels.density(atLogSNR: logSNR, of: process) ?? 0
      return (
        level, objective.noiseErrorWeight(at: level, process: process) * density / Double(count)
      )
    }
  }

  /// Draws points at the level of every stratum.
  ///
  /// With the best prediction `b = -sigma s(x)` of the noise z, the floor at a level is the mean
  /// of `d - |b|^2`. Two functions of mean zero, `|z|^2 - d` and `<z, b> - |b|^2`, go along as
  /// control variates: at large noise b is nearly z and at small noise nearly 0, so between them
  /// they take most of the variance away.
  private mutating func monteCarloPass() {
    var stream = RandomStream(seed: seed, purpose: .floor, index: UInt64(passes))
    let d = distribution.dimension
    for stratum in strata.indices {
      let level = stations[stratum].level
      let clean = distribution.sample(count: Self.pointsPerStratum, using: &stream)
      let noise = stream.normals(count: Self.pointsPerStratum, dimension: d)
      let points = level.noisy(clean, noise: noise)
      let s = distribution.score(at: points, level: level)
      for row in 0..<points.count {
        var (bb, zb, zz) = (0.0, 0.0, 0.0)
        for axis in 0..<d {
          let b = -level.sigma * s[row, axis]
          let z = noise[row, axis]
          bb += b * b
          zb += z * b
          zz += z * z
        }
        strata[stratum].add(Double(d) - bb, controls: (zz - Double(d), zb - bb))
      }
    }
    passes += 1
  }
}
