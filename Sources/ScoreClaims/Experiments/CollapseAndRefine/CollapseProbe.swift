import Glibc
import ScoreCore
import ScoreLab

/// How far a score has come with the circle and with the density on it.
struct CollapseState: Codable, Sendable, Equatable {
  /// The mean eigenvalue of the denoiser's Jacobian across the circle at low noise: 1 for the score 0.
  var normal: Double
  /// That along the circle: 1 for the score 0, and near 1 for the exact score.
  var tangential: Double
  /// The mean squared distance of denoised points from the circle at low noise, in squared data units.
  var spread: Double
  /// The KL divergence of the angular density that the score implies at moderate noise from the exact
  /// one, in nats.
  var densityKL: Double
  /// That of the angles of samples, over bins, from the von Mises density, in nats.
  var sampleKL: Double
}

/// Looks at scores at the same points, each in the same way.
struct CollapseProbe: Sendable {
  /// Points at which Jacobians are taken, and at which denoised points are.
  private static let counts = (jacobians: 64, denoised: 256)
  /// Places around the circle; a trapezoidal rule over so many misses less than 1e-4 of a log density.
  private static let places = 256
  /// Bins of the angles of samples.
  static let bins = 16
  private static let samplerSteps = 16

  let values: CollapseAndRefine
  let distribution: VonMisesCircle
  private let law: AngularLaw
  private let manifold: any Manifold
  private let seed: UInt64
  /// Noisy points at the low level.
  let points: Points
  private let tangents: Points
  /// The places on the circle, the directions along it, and the log density of the noisy points there.
  private let circle: Points
  private let along: Points
  private let logDensity: [Double]

  init(_ values: CollapseAndRefine, seed: UInt64) {
    let distribution = values.distribution(seed: seed)
    guard let law = distribution.angularLaw, let manifold = distribution.manifold else {
      preconditionFailure("A circle has an angle.")
    }
    (self.values, self.seed, self.distribution) = (values, seed, distribution)
    (self.law, self.manifold) = (law, manifold)
    var stream = RandomStream(seed: seed, purpose: .experiment, index: 1)
    let clean = distribution.sample(count: Self.counts.denoised, using: &stream)
    let points = values.low.noisy(
      clean, noise: stream.normals(count: clean.count, dimension: clean.dimension))
    self.points = points
    tangents = Points(
      rows: (0..<Self.counts.jacobians).map { manifold.tangent(at: points.row($0))[0] })
    let angles = (0..<Self.places).map { 2 * Double.pi * Double($0) / Double(Self.places) }
    (circle, along) = (law.points(at: angles), law.tangents(at: angles))
    logDensity = distribution.logDensity(at: circle, level: values.moderate)
  }

  /// The points at which Jacobians are taken.
  var places: Points { points.rows(0..<Self.counts.jacobians) }

  /// Looks at a network.
  func state(of score: NetworkScore) -> CollapseState {
    state(of: score, PointMatrices(denoiserOf: score, at: places, level: values.low))
  }

  /// Looks at any score, whose derivatives are taken by differences.
  func state(of score: any ScoreFunction) -> CollapseState {
    state(of: score, PointMatrices(differencesOf: score, at: places, level: values.low))
  }

  private func state(of score: any ScoreFunction, _ jacobians: PointMatrices) -> CollapseState {
    let tangential = jacobians.along(tangents)
    let normal = (0..<jacobians.count).map { point in
      let trace = (0..<values.dimension).reduce(0.0) { $0 + jacobians[point, $1, $1] }
      return (trace - tangential[point]) / Double(values.dimension - 1)
    }
    let distances = manifold.distances(of: score.denoised(points, level: values.low))
    return CollapseState(
      normal: Estimate(normal).value, tangential: Estimate(tangential).value,
      spread: Estimate(distances.map { $0 * $0 }).value, densityKL: densityKL(of: score),
      sampleKL: sampleKL(of: samples(score)))
  }

  // MARK: - The density on the circle

  /// The KL divergence of the exact angular density at moderate noise from the one that a score implies.
  ///
  /// Along the circle the score's tangential part is the slope of the log density by arc length. A score
  /// that is no gradient need not come back to where it began: the mean slope around the circle is left
  /// out.
  func densityKL(of score: any ScoreFunction) -> Double {
    let s = score.score(at: circle, level: values.moderate)
    let count = Self.places
    let slopes = (0..<count).map { place in
      (0..<values.dimension).reduce(0.0) { $0 + s[place, $1] * along[place, $1] }
    }
    let mean = slopes.reduce(0, +) / Double(count)
    let step = 2 * Double.pi * values.radius / Double(count)
    var implied = [0.0]
    for place in 1..<count {
      let slope = (slopes[place - 1] + slopes[place]) / 2 - mean
      implied.append(implied[place - 1] + step * slope)
    }
    let (p, q) = (Self.normalized(logDensity), Self.normalized(implied))
    return zip(p, q).reduce(0.0) { $0 + exp($1.0) * ($1.0 - $1.1) }
  }

  /// Log probabilities from logarithms up to a constant.
  private static func normalized(_ logs: [Double]) -> [Double] {
    let top = logs.max() ?? 0
    let total = top + log(logs.reduce(0.0) { $0 + exp($1 - top) })
    return logs.map { $0 - total }
  }

  // MARK: - Samples

  /// Samples by the probability flow from the highest noise to the lowest; the start is the same for all
  /// scores.
  func samples(_ score: any ScoreFunction) -> Points {
    var pass = SamplingPass(
      sampler: ProbabilityFlowHeun(), grid: LogSNRGrid(), stepCount: Self.samplerSteps,
      process: values.process, score: score, count: values.samples, seed: seed)
    while pass.step() != nil {}
    return pass.points
  }

  /// The KL divergence of the angles of points, over equal bins, from the von Mises density; no number
  /// where one of them is none.
  func sampleKL(of points: Points) -> Double {
    let angles = law.angles(of: points)
    guard angles.allSatisfy(\.isFinite) else { return .nan }
    var counts = Array(repeating: 0.0, count: Self.bins)
    for angle in angles {
      let place = Int((angle + Double.pi) / (2 * Double.pi) * Double(Self.bins))
      counts[min(max(place, 0), Self.bins - 1)] += 1
    }
    return zip(counts, Self.shares(of: law)).reduce(0.0) { sum, pair in
      let share = pair.0 / Double(angles.count)
      return sum + (share > 0 ? share * log(share / pair.1) : 0)
    }
  }

  /// What perfect points have on average: nearly (bins - 1) / 2n.
  var nullKL: Double { Double(Self.bins - 1) / 2 / Double(values.samples) }

  /// The probability of each bin, by a midpoint rule of 64 places.
  private static func shares(of law: AngularLaw) -> [Double] {
    let width = 2 * Double.pi / Double(bins)
    let shares = (0..<bins).map { bin in
      (0..<64).reduce(0.0) { sum, place in
        let angle = -Double.pi + width * (Double(bin) + (Double(place) + 0.5) / 64)
        return sum + exp(law.logDensity(angle)) * width / 64
      }
    }
    let total = shares.reduce(0, +)
    return shares.map { $0 / total }
  }
}
