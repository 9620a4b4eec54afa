import ScoreCore

/// The Jacobians of the denoiser at some points of every probe level, a part of the points a unit.
public struct DenoiserSpectraMeasurement: Measurement {
  public typealias Value = DenoiserSpectra
  public static let name = "denoiser_spectra"
  public static let dependencies = [MeasurementDependency.weights]
  public static let isTakenUnasked = false
  /// The most points at a level, the same clean ones at every level.
  static let pointLimit = 64
  /// Derivatives of the network in one unit: a few milliseconds.
  private static let derivativesAtOnce = 512

  private let distribution: any KnownScoreDistribution
  private let process: any ForwardProcess
  private let times: [Double]
  private let seed: UInt64
  private let pointCount: Int
  private var intrinsic: Int?
  /// The exact side of each level, measured once.
  private var exact: [Int: DenoiserSpectra.Side] = [:]
  private var pass: Pass?
  public private(set) var reading = Reading<DenoiserSpectra>()

  /// What a pass has so far.
  private struct Pass {
    let step: Int
    let score: any ScoreFunction
    var levels: [DenoiserSpectra.Level] = []
    /// Of the level under way, the points done and what they had.
    var learned = Found()
    var exact = Found()
  }

  /// Eigenvalues and squared distances of points.
  private struct Found {
    var eigenvalues: [[Double]] = []
    var squares: [Double] = []
  }

  public init(of subject: MeasurementSubject) {
    let probe = subject.probe(points: nil)
    (distribution, process) = (subject.distribution, subject.process)
    (times, seed) = (probe.times, probe.seed)
    pointCount = max(2, min(Self.pointLimit, probe.pointCount))
    intrinsic = subject.distribution.manifold?.intrinsicDimension
  }

  private var pointsAtOnce: Int { max(1, Self.derivativesAtOnce / distribution.dimension) }

  // A derivative is about three evaluations.
  public var unitCost: Double {
    Double(3 * distribution.dimension * min(pointsAtOnce, pointCount))
  }

  public mutating func begin(_ input: MeasurementInput) {
    pass = Pass(step: input.step, score: input.score())
  }

  public mutating func step() -> Bool {
    guard var pass else { return true }
    self.pass = nil
    guard distribution.dimension <= DenoiserSpectra.largestDimension else {
      return finish(pass)
    }
    let index = pass.levels.count
    let level = process.level(at: times[index])
    let done = pass.learned.eigenvalues.count
    let x = points(at: index, level).rows(done..<min(pointCount, done + pointsAtOnce))
    add(learnedJacobians(pass.score, x, level), pass.score, x, level, to: &pass.learned)
    if exact[index] == nil {
      add(
        PointMatrices(denoiserOf: distribution, at: x, level: level), ExactScore(distribution), x,
        level, to: &pass.exact)
    }
    guard pass.learned.eigenvalues.count == pointCount else {
      self.pass = pass
      return false
    }
    let known = exact[index] ?? side(pass.exact)
    exact[index] = known
    pass.levels.append(
      .init(level: level, time: times[index], learned: side(pass.learned), exact: known))
    (pass.learned, pass.exact) = (Found(), Found())
    guard pass.levels.count == times.count else {
      self.pass = pass
      return false
    }
    return finish(pass)
  }

  private mutating func finish(_ pass: Pass) -> Bool {
    let broken = pass.levels.count { !$0.learned.eigenvalues.allSatisfy(\.isFinite) }
    let before = reading.value?.history ?? []
    let (d, k) = (distribution.dimension, intrinsic ?? 0)
    reading.end(
      with: DenoiserSpectra(
        step: pass.step, dimension: d, intrinsicDimension: k, levels: pass.levels, history: before),
      step: pass.step, brokenCount: broken, of: pass.levels.count)
    return true
  }

  /// The noisy points of a level, `[pointCount, dimension]`.
  private func points(at index: Int, _ level: NoiseLevel) -> Points {
    var stream = RandomStream(seed: seed, purpose: .denoiserPlaces)
    let clean = distribution.sample(count: pointCount, using: &stream)
    var noise = RandomStream(seed: seed, purpose: .denoiserPlaces, index: UInt64(index) + 1)
    return level.noisy(
      clean, noise: noise.normals(count: pointCount, dimension: distribution.dimension))
  }

  private func learnedJacobians(
    _ score: any ScoreFunction, _ x: Points, _ level: NoiseLevel
  ) -> PointMatrices {
    if let network = score as? NetworkScore {
      return PointMatrices(denoiserOf: network, at: x, level: level)
    }
    // A score of one's own may be in float32.
    return PointMatrices(differencesOf: score, at: x, level: level, step: 0.05)
  }

  private func add(
    _ jacobians: PointMatrices, _ score: any ScoreFunction, _ x: Points, _ level: NoiseLevel,
    to found: inout Found
  ) {
    guard jacobians.values.allSatisfy(\.isFinite) else {
      found.eigenvalues += Array(
        repeating: Array(repeating: .nan, count: x.dimension), count: x.count)
      return
    }
    found.eigenvalues += jacobians.symmetricEigenvalues()
    if let manifold = distribution.manifold {
      found.squares += manifold.distances(of: score.denoised(x, level: level)).map { $0 * $0 }
    }
  }

  private mutating func side(_ found: Found) -> DenoiserSpectra.Side {
    let count = Double(found.eigenvalues.count)
    let means = (0..<distribution.dimension).map { rank in
      found.eigenvalues.reduce(0) { $0 + $1[rank] } / count
    }
    // Without a manifold the exact eigenvalues at the least noise, which come before all others, say it.
    let k = intrinsic ?? means.count { $0 > 0.5 }
    intrinsic = k
    func mean(_ ranks: Range<Int>) -> Estimate? {
      guard !ranks.isEmpty else { return nil }
      return Estimate(
        found.eigenvalues.map { $0[ranks].reduce(0, +) / Double(ranks.count) })
    }
    let squares = found.squares
    return DenoiserSpectra.Side(
      eigenvalues: means, along: mean(0..<k), across: mean(k..<distribution.dimension),
      offManifold: squares.isEmpty
        ? nil : (squares.reduce(0, +) / Double(squares.count)).squareRoot())
  }

  public mutating func forget(after step: Int) {
    pass = nil
    reading.forget(after: step) { spectra in
      var spectra = spectra
      spectra.history.removeAll { $0.step > step }
      return spectra.step > step ? nil : spectra
    }
  }
}

extension MeasurementResults {
  /// The newest eigenvalues of the denoiser's Jacobian.
  public var denoiserSpectra: DenoiserSpectra? { self[DenoiserSpectraMeasurement.self].value }
}
