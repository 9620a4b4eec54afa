public import ScoreCore

/// A two-layer ReLU network on the line with a linear skip, in float64, and its training objective
/// with weight decay.
///
/// ```
/// s(x) = sum_j a_j max(0, w_j x + b_j) + v x + c
/// objective = loss + (beta / 2) sum_j (w_j^2 + a_j^2)
/// ```
/// Its least value over all wide networks is that of a ``KinkProgram``.
///
/// Source: Zhang and Pilanci 2024 (arXiv:2402.01965), networks with skip connection.
public struct SkipNetwork: ScoreFunction, Equatable {
  /// What is learned from.
  public enum Loss: Sendable, Equatable {
    /// `mean((s - y)^2) / 2`.
    case denoising(points: [Double], targets: [Double])
    /// `mean(s^2 / 2 + s')` with the derivative `1[u >= 0]` of a ReLU. It jumps where a kink passes a
    /// point, and gradients do not see that.
    case implicit(points: [Double])

    var points: [Double] {
      switch self {
      case .denoising(let points, _), .implicit(let points): points
      }
    }
  }

  public let width: Int
  /// `w`, `b` and `a`, each of the width, then `v` and `c`.
  public var parameters: [Double]

  /// - Precondition: `3 width + 2` parameters.
  public init(width: Int, parameters: [Double]) {
    precondition(width >= 0 && parameters.count == 3 * width + 2, "A unit has three weights.")
    self.width = width
    self.parameters = parameters
  }

  /// A random start: `w = 1` or `-1` times a size, kinks uniform over an interval, `a` normal with
  /// that size over the root of the width, and no skip.
  public init(
    width: Int, kinks: ClosedRange<Double>, size: Double, using stream: inout RandomStream
  ) {
    var (w, b, a) = ([Double](), [Double](), [Double]())
    for _ in 0..<width {
      let sign = stream.uniform() < 0.5 ? -size : size
      let kink = kinks.lowerBound + (kinks.upperBound - kinks.lowerBound) * stream.uniform()
      w.append(sign)
      b.append(-sign * kink)
      a.append(size * stream.normal() / Double(max(width, 1)).squareRoot())
    }
    self.init(width: width, parameters: w + b + a + [0, 0])
  }

  /// The network that a broken line is, of the least weight decay: a unit for each kink with
  /// `w = sqrt(|change of slope|)` and `|a| = w`.
  ///
  /// - Parameters:
  ///   - score: The broken line.
  ///   - shift: How far kinks where the slope grows are moved right, and others left: implicit score
  ///     matching counts at a point the slope of the better side.
  public init(_ score: PiecewiseLinearScore, shift: Double = 0) {
    let changes = score.changes
    let w = changes.map { abs($0).squareRoot() }
    let a = zip(w, changes).map { $1 < 0 ? -$0 : $0 }
    let places = zip(score.kinks, changes).map { $1 < 0 ? $0 - shift : $0 + shift }
    let b = zip(w, places).map { -$0 * $1 }
    let slope = score.slopes[0]
    let c = score.values[0] - slope * score.nodes[0]
    self.init(width: changes.count, parameters: w + b + a + [slope, c])
  }

  public var dimension: Int { 1 }

  /// Where units of a slope other than zero switch, ascending.
  public var kinks: [Double] {
    let used = (0..<width).filter { parameters[$0] * parameters[2 * width + $0] != 0 }
    return used.map { -parameters[width + $0] / parameters[$0] }.sorted()
  }

  /// The sum of `|a_j w_j|`: the change of slope that units make, each for itself.
  public var slopeVariation: Double {
    (0..<width).reduce(0) { $0 + abs(parameters[$1] * parameters[2 * width + $1]) }
  }

  /// The score at a point.
  public func value(at x: Double) -> Double {
    var sum = parameters[3 * width] * x + parameters[3 * width + 1]
    for j in 0..<width {
      sum += parameters[2 * width + j] * max(0, parameters[j] * x + parameters[width + j])
    }
    return sum
  }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    precondition(x.dimension == 1, "This score is one-dimensional.")
    return Points(values: x.values.map(value(at:)), dimension: 1)
  }

  /// The objective, and its gradient where it has one.
  ///
  /// - Parameters:
  ///   - loss: What is learned from.
  ///   - penalty: The weight decay beta.
  ///   - gradient: Set to the gradient, as many numbers as parameters.
  /// - Returns: Loss and penalty.
  public func objective(
    of loss: Loss, penalty: Double, gradient: inout [Double]
  ) -> Double {
    let h = width
    for j in parameters.indices { gradient[j] = 0 }
    var sum = 0.0
    let share = 1 / Double(loss.points.count)
    for (row, x) in loss.points.enumerated() {
      sum += share * add(loss, row: row, x: x, share: share, to: &gradient)
    }
    for j in 0..<(3 * h) where j < h || j >= 2 * h {
      sum += penalty / 2 * parameters[j] * parameters[j]
      gradient[j] += penalty * parameters[j]
    }
    return sum
  }

  /// Adds a row's share of the gradient.
  ///
  /// - Returns: The row's loss.
  private func add(
    _ loss: Loss, row: Int, x: Double, share: Double, to gradient: inout [Double]
  ) -> Double {
    let h = width
    var (s, slope) = (parameters[3 * h] * x + parameters[3 * h + 1], parameters[3 * h])
    for j in 0..<h {
      let u = parameters[j] * x + parameters[h + j]
      guard u >= 0 else { continue }
      s += parameters[2 * h + j] * u
      slope += parameters[2 * h + j] * parameters[j]
    }
    // The derivatives of the row's loss by s and by its slope.
    let (value, outer, inner): (Double, Double, Double)
    switch loss {
    case .denoising(_, let y):
      (value, outer, inner) = ((s - y[row]) * (s - y[row]) / 2, s - y[row], 0)
    case .implicit: (value, outer, inner) = (s * s / 2 + slope, s, 1)
    }
    for j in 0..<h {
      let u = parameters[j] * x + parameters[h + j]
      guard u >= 0 else { continue }
      let a = parameters[2 * h + j]
      gradient[j] += share * a * (outer * x + inner)
      gradient[h + j] += share * a * outer
      gradient[2 * h + j] += share * (outer * u + inner * parameters[j])
    }
    gradient[3 * h] += share * (outer * x + inner)
    gradient[3 * h + 1] += share * outer
    return value
  }
}
