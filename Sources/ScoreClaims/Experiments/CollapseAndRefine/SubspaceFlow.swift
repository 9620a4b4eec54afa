import Glibc
import ScoreCore
import ScoreLab

/// The gradient flow of a linear denoiser `D(x) = W x` on a subspace in a random position, from `W = I`,
/// which the score 0 gives.
///
/// With `x = x_0 + sigma z` and `x_0` of variance `lambda_i` along direction i of the subspace, 0 across it,
/// the flow of `E ||W x - x_0||^2` keeps W diagonal in these directions, where
/// ```
/// w_i(t) = w_i* + (1 - w_i*) exp(-2 (lambda_i + sigma^2) t)     w_i* = lambda_i / (lambda_i + sigma^2)
/// ```
/// The squared error of the score is that over `sigma^4`, so its rates are `2 / sigma^2` across and
/// `2 (lambda_i + sigma^2) / sigma^4` along: the larger ones. What lies across the subspace comes first by
/// its size. At the start a direction has `1 / (lambda_i + sigma^2)` of the squared error, `1 / sigma^2`
/// across.
///
/// Source: derived here.
struct SubspaceFlow: Sendable {
  /// The variances along the subspace.
  static let variances = [1.0, 0.25]
  static let dimension = 5
  private static let times = 24

  let sigma = 0.5

  /// What is descended on.
  enum Loss: String, Codable, CaseIterable, Sendable {
    /// `E ||D(x) - x_0||^2`.
    case data
    /// The squared error of the score, `E ||D(x) - x_0||^2 / sigma^4`.
    case score
  }

  /// One direction's part of W and of the squared error of the score.
  struct Mode: Codable, Sendable, Equatable {
    /// lambda, 0 across the subspace.
    var variance: Double
    /// `w_i` at each time by integrating the flow, and by the formula.
    var integrated: [Double]
    var formula: [Double]
    /// At `W = I`, from the loss, and by the formula.
    var startError: Double
    var startFormula: Double
  }

  struct Path: Codable, Sendable, Equatable {
    var loss: Loss
    /// Of the flow, without unit.
    var times: [Double]
    /// Those along the subspace, then one across it.
    var modes: [Mode]
  }

  struct Outcome: Codable, Sendable, Equatable {
    var paths: [Path]

    /// The largest difference of an integrated `w_i` from the formula.
    var largestGap: Double {
      paths.flatMap(\.modes).flatMap { zip($0.integrated, $0.formula).map { abs($0 - $1) } }
        .largest
    }

    /// The largest relative difference of a direction's squared error at the start.
    var largestStartGap: Double {
      paths.flatMap(\.modes).map { abs($0.startError / $0.startFormula - 1) }.largest
    }
  }

  /// Integrates both flows.
  ///
  /// - Parameter used: The variance that the loss has in place of one.
  /// - Returns: Both paths, next to the formula.
  func outcome(_ used: (Double) -> Double = { $0 }) -> Outcome {
    let placed = LinearSubspace(
      deviations: Self.variances.map { used($0).squareRoot() }, dimension: Self.dimension, seed: 1)
    guard let covariance = placed.covariance else {
      preconditionFailure("A subspace has a covariance.")
    }
    return Outcome(paths: Loss.allCases.map { path($0, covariance) })
  }

  /// The directions of the subspace and one across it, each of unit length.
  private var directions: [[Double]] {
    let placed = LinearSubspace(
      deviations: Self.variances.map { $0.squareRoot() }, dimension: Self.dimension, seed: 1)
    guard let manifold = placed.manifold else { preconditionFailure("A subspace is one.") }
    let along = manifold.tangent(at: Array(repeating: 0, count: Self.dimension))
    var across = (0..<Self.dimension).map { $0 == 0 ? 1.0 : 0 }
    for row in along {
      let share = row[0]
      for i in across.indices { across[i] -= share * row[i] }
    }
    let length = across.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return along + [across.map { $0 / length }]
  }

  private func factor(_ loss: Loss) -> Double {
    switch loss {
    case .data: 1
    case .score: 1 / (sigma * sigma * sigma * sigma)
    }
  }

  private func path(_ loss: Loss, _ covariance: [[Double]]) -> Path {
    let (variances, directions) = (Self.variances + [0], directions)
    let rates = variances.map { 2 * ($0 + sigma * sigma) * factor(loss) }
    // From the first tenth of the fastest mode to where the slowest has e^-4 left.
    let (first, last) = (0.1 / (rates.max() ?? 1), 4 / (rates.min() ?? 1))
    let times = (0..<Self.times).map {
      first * pow(last / first, Double($0) / Double(Self.times - 1))
    }
    let risk = LinearRisk(covariance: covariance, sigma: sigma, factor: factor(loss))
    let matrices = risk.flow(at: times, longestStep: 0.04 / (rates.max() ?? 1))
    let start = LinearRisk.identity(Self.dimension)
    let modes = variances.indices.map { mode -> Mode in
      let u = directions[mode]
      let best = variances[mode] / (variances[mode] + sigma * sigma)
      return Mode(
        variance: variances[mode], integrated: matrices.map { LinearRisk.form(u, $0) },
        formula: times.map { best + (1 - best) * exp(-rates[mode] * $0) },
        startError: risk.removable(at: start, along: u) * factor(.score) / factor(loss),
        startFormula: 1 / (variances[mode] + sigma * sigma))
    }
    return Path(loss: loss, times: times, modes: modes)
  }
}

/// `factor E ||W x - x_0||^2` of a linear denoiser as a function of W, row-major, with its flow by
/// differences of its values alone.
private struct LinearRisk {
  let covariance: [[Double]]
  let sigma: Double
  let factor: Double

  static func identity(_ size: Int) -> [Double] {
    (0..<size * size).map { $0 / size == $0 % size ? 1 : 0 }
  }

  /// `u^T W u`.
  static func form(_ u: [Double], _ W: [Double]) -> Double {
    u.indices.reduce(0.0) { sum, i in
      sum + u.indices.reduce(0.0) { $0 + u[i] * W[i * u.count + $1] * u[$1] }
    }
  }

  /// `E ||W x - x_0||^2 = E ||(W - I) x_0||^2 + sigma^2 ||W||^2`, times the factor.
  func value(_ W: [Double]) -> Double {
    let size = covariance.count
    var sum = 0.0
    for row in 0..<size {
      for i in 0..<size {
        let left = W[row * size + i] - (i == row ? 1 : 0)
        for j in 0..<size {
          let right = W[row * size + j] - (j == row ? 1 : 0)
          sum += left * covariance[i][j] * right
        }
        sum += sigma * sigma * W[row * size + i] * W[row * size + i]
      }
    }
    return factor * sum
  }

  /// How much of the value a change of W in one direction's own entry can take away: it is a parabola of
  /// three values.
  func removable(at W: [Double], along u: [Double]) -> Double {
    func moved(_ step: Double) -> Double {
      var other = W
      for i in u.indices {
        for j in u.indices { other[i * u.count + j] += step * u[i] * u[j] }
      }
      return value(other)
    }
    let (below, here, above) = (moved(-1), moved(0), moved(1))
    let (slope, bend) = ((above - below) / 2, above + below - 2 * here)
    return slope * slope / (2 * bend)
  }

  /// Minus the gradient, by central differences, which are exact for a value that is quadratic in W.
  private func slope(_ W: [Double]) -> [Double] {
    var moved = W
    return W.indices.map { place in
      moved[place] = W[place] + 0.5
      let above = value(moved)
      moved[place] = W[place] - 0.5
      let below = value(moved)
      moved[place] = W[place]
      return below - above
    }
  }

  /// W at ascending times, from the identity, by the classical rule of Runge and Kutta.
  func flow(at times: [Double], longestStep: Double) -> [[Double]] {
    var W = Self.identity(covariance.count)
    var time = 0.0
    return times.map { target in
      let count = max(1, Int(((target - time) / longestStep).rounded(.up)))
      let h = (target - time) / Double(count)
      for _ in 0..<count {
        let a = slope(W)
        let b = slope(Self.sum(W, h / 2, a))
        let c = slope(Self.sum(W, h / 2, b))
        let d = slope(Self.sum(W, h, c))
        for i in W.indices { W[i] += h / 6 * (a[i] + 2 * b[i] + 2 * c[i] + d[i]) }
      }
      time = target
      return W
    }
  }

  private static func sum(_ W: [Double], _ h: Double, _ slope: [Double]) -> [Double] {
    zip(W, slope).map { $0 + h * $1 }
  }
}

extension [Double] {
  /// The largest element; no number where one is none, or where there is none.
  var largest: Double { contains(where: \.isNaN) ? .nan : self.max() ?? .nan }
}
