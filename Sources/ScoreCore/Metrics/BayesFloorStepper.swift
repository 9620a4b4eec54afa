/// Computes a Bayes floor in short pieces.
public struct BayesFloorStepper: Sendable {
  /// The cells of a stratum, one visited in a pass.
  private static let cells = 64
  /// The points at each of the two levels of a cell.
  private static let points = 32
  /// The relative accuracy of Fisher informations by quadrature.
  private static let informationError = 1e-9
  /// The relative difference of two rules that settles a panel of levels.
  private static let quadratureTolerance = 1e-7
  /// The relative error up to which the exact method is taken, a little of what Monte Carlo has.
  private static let largestExactError = 1e-4

  private let distribution: any KnownScoreDistribution
  private let process: any ForwardProcess
  private let objective: Objective
  private let seed: UInt64
  private let levels: LevelStrata
  /// The order in which the cells of each stratum are visited.
  private let order: [[Int]]
  private let passes: Int
  private var strata: [ControlledMean]
  private var pass = 0
  /// The best value so far; nil before the first step.
  public private(set) var floor: BayesFloor?
  public private(set) var isFinished = false

  public init(
    distribution: any KnownScoreDistribution, process: any ForwardProcess,
    objective: Objective, seed: UInt64
  ) {
    self.init(
      distribution: distribution, process: process, objective: objective, seed: seed,
      passes: Self.cells)
  }

  /// Ends after a number of passes, 1 to 64.
  init(
    distribution: any KnownScoreDistribution, process: any ForwardProcess,
    objective: Objective, seed: UInt64, passes: Int
  ) {
    precondition((1...Self.cells).contains(passes), "A pass visits a cell of every stratum.")
    self.distribution = distribution
    self.process = process
    self.objective = objective
    self.seed = seed
    self.passes = passes
    levels = LevelStrata(objective.levels, of: process)
    var stream = RandomStream(seed: seed, purpose: .floor, index: UInt64(Self.cells))
    order = (0..<levels.count).map { _ in stream.permutation(of: Self.cells) }
    strata = Array(repeating: ControlledMean(cells: Self.cells), count: levels.count)
  }

  /// Improves the value by one piece of work; does nothing when finished.
  public mutating func step() {
    guard !isFinished else { return }
    if pass == 0, let exact = exactFloor() {
      floor = exact
      isFinished = true
      return
    }
    monteCarloPass()
    let estimates = strata.map(\.estimate)
    floor = BayesFloor(
      value: estimates.reduce(0) { $0 + $1.mean },
      error: estimates.reduce(0) { $0 + $1.variance }.squareRoot(),
      method: .monteCarlo(draws: pass * strata.count * 2 * Self.points),
      isLeast: !objective.isHuber)
    isFinished = pass == passes
  }

  // MARK: - Exact

  /// The floor from the distribution's own Fisher information; nil where there is none, where the
  /// loss is Huber's, and where too much of the digits cancels.
  private func exactFloor() -> BayesFloor? {
    guard !objective.isHuber,
      let found = levels.atoms.map(sumOverAtoms) ?? integralOverLevels(),
      found.error <= Self.largestExactError * abs(found.value)
    else { return nil }
    return BayesFloor(value: found.value, error: found.error, method: .exact)
  }

  /// The floor at one level, times its weight; nil where the information is not known.
  private func exactFloor(at level: NoiseLevel) -> Double? {
    guard let information = distribution.fisherInformation(at: level) else { return nil }
    return objective.noiseErrorWeight(at: level, process: process)
      * (Double(distribution.dimension) - level.sigma * level.sigma * information)
  }

  /// A bound on what the accuracy of the information leaves open at one level, times its weight.
  ///
  /// Where there is hardly any signal almost all of d is explained, and what is left has lost the
  /// digits that they share.
  private func rounding(at level: NoiseLevel) -> Double {
    objective.noiseErrorWeight(at: level, process: process) * Double(distribution.dimension)
      * Self.informationError
  }

  private func sumOverAtoms(_ atoms: [NoiseLevel]) -> (value: Double, error: Double)? {
    let values = atoms.compactMap(exactFloor)
    guard values.count == atoms.count else { return nil }
    let n = Double(atoms.count)
    return (values.reduce(0, +) / n, atoms.reduce(0) { $0 + rounding(at: $1) } / n)
  }

  /// Integrates over log SNR whatever the draw: there the floor changes over ranges of about 1,
  /// while in time it can fall within the first of any number of even steps.
  private func integralOverLevels() -> (value: Double, error: Double)? {
    let range = process.logSNRRange
    let width = range.upperBound - range.lowerBound
    func density(at logSNR: Double) -> Double {
      (objective.levels.density(atLogSNR: logSNR, of: process) ?? 0) / width
    }
    // A bound needs no more than the middles of narrow strata.
    let rounding =
      (0..<500).reduce(0.0) { sum, k in
        let logSNR = range.lowerBound + width * (Double(k) + 0.5) / 500
        return sum + density(at: logSNR) * self.rounding(at: process.level(atLogSNR: logSNR))
      } * width / 500
    let panels = max(4, Int((width / 4).rounded(.up)))
    let marks = (0...panels).map { range.lowerBound + width * Double($0) / Double(panels) }
    // A distribution that knows its information at one level may not know it at all.
    var isKnown = true
    let (value, error) = AdaptiveQuadrature.estimate(
      over: marks, tolerance: Self.quadratureTolerance, noise: rounding
    ) { arguments in
      arguments.map { logSNR in
        guard isKnown, let floor = exactFloor(at: process.level(atLogSNR: logSNR)) else {
          isKnown = false
          return 0
        }
        return density(at: logSNR) * floor
      }
    }
    return isKnown ? (value, error + rounding) : nil
  }

  // MARK: - Monte Carlo

  /// Draws points at two levels in one cell of every stratum.
  private mutating func monteCarloPass() {
    var stream = RandomStream(seed: seed, purpose: .floor, index: UInt64(pass))
    for stratum in strata.indices {
      let cell = Double(order[stratum][pass])
      let batches = (0..<2).map { _ in
        let fraction = (cell + stream.uniform()) / Double(Self.cells)
        let (level, share) = levels.level(fraction, ofStratum: stratum)
        return batch(at: level, share: share, using: &stream)
      }
      strata[stratum].add(batches[0], batches[1])
    }
    pass += 1
  }

  /// Losses of the exact score at one level.
  ///
  /// With the best prediction `b = -sigma s(x)` of the noise z, the squared loss is that of `|z -
  /// b|^2`, which keeps its digits where b is nearly z. Two functions of mean zero, `|z|^2 - d` and
  /// `<z, b> - |b|^2`, go along as control variates: at large noise b is nearly z and at small
  /// noise nearly 0, so between them they take most of the variance away.
  private func batch(
    at level: NoiseLevel, share: Double, using stream: inout RandomStream
  ) -> ControlledMean.Batch {
    let d = distribution.dimension
    let clean = distribution.sample(count: Self.points, using: &stream)
    let noise = stream.normals(count: Self.points, dimension: d)
    let s = distribution.score(at: level.noisy(clean, noise: noise), level: level)
    let point = objective.point(at: level, process: process)
    let weight = share * objective.weighting.weight(at: point)
    let noiseWeight = weight * point.targetPerNoise
    var batch = ControlledMean.Batch()
    for row in 0..<Self.points {
      var (squared, zb, bb, zz) = (0.0, 0.0, 0.0, 0.0)
      for axis in 0..<d {
        let b = -level.sigma * s[row, axis]
        let z = noise[row, axis]
        squared += (z - b) * (z - b)
        bb += b * b
        zb += z * b
        zz += z * z
      }
      batch.add(
        weight * objective.loss(ofSquaredError: squared * point.targetPerNoise),
        controls: (noiseWeight * (zz - Double(d)), noiseWeight * (zb - bb)))
    }
    return batch
  }
}
