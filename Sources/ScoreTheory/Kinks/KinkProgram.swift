/// What two-layer ReLU networks with a linear skip and weight decay minimise on n points of the line,
/// as a convex program over the changes of slope at the points.
///
/// **From weights to a sum of sizes.** The network is
/// ```
/// s(x) = sum_j a_j max(0, w_j x + b_j) + v x + c
/// ```
/// with the penalty `(beta / 2) sum_j (w_j^2 + a_j^2)`; biases and skip are free. A unit is unchanged
/// when w and b are multiplied and a divided by the same positive number, so the penalty of a unit is
/// least where `|a_j| = |w_j|`, and is `beta |a_j w_j|` there: beta times the change of slope that it
/// makes. A unit that looks to the left is one that looks to the right less a line,
/// `max(0, k - x) = max(0, x - k) - (x - k)`, and lines are free. So for networks that are wide enough
/// ```
/// minimum over s of  loss(s) + beta sum over kinks of |change of slope|
/// ```
/// **Kinks at points suffice.** Denoising score matching, `mean((s - y)^2) / 2` with `y = -z / sigma`,
/// sees s at the points alone, and of all functions with given values there the broken line with kinks
/// at the points has the least sum. This is l1 trend filtering.
///
/// **Implicit score matching**, `mean(s^2 / 2 + s')`, sees slopes too. With units of both directions and
/// the derivative `1[u >= 0]` a kink at `x_k` gives the point `x_k` the slope of its right or of its left
/// side, as the choice of the direction says. The better choice takes the mean slope less half the
/// change's size, so a kink at a point of mass `m_k` costs `beta - m_k / 2` where the slope at the point
/// counts as the mean of both sides. Two opposite units at one point change no value and that point's
/// slope by 1, for `2 beta`; at the first and the last point one unit and the line do so for `beta`. So
/// the loss has no minimum below ``leastPenalty``: for distinct points below `beta = 1 / n`. From there
/// on a convex function that is quadratic in pieces and bounded below, it has one.
///
/// **The line.** Without kinks the minimiser is the least-squares line, `-(x - mean) / var` for implicit
/// score matching. It is the minimiser exactly from ``linePenalty`` on.
///
/// Source: Zhang and Pilanci 2024 (arXiv:2402.01965) for the convex program in one dimension; derived
/// here as above, as are the bounds in closed form. Kim, Koh, Boyd and Gorinevsky 2009, SIAM Review 51,
/// for trend filtering.
public struct KinkProgram: Sendable, Equatable {
  /// What the values of the function are compared with.
  enum Target: Sendable, Equatable {
    /// Targets at the points, and the constant `sum m y^2 / 2` of their loss.
    case values([Double])
    /// Minus the mean slope, with the mass that lies left of each point, half of its own included; 0 at
    /// the first point and 1 at the last.
    case slope(massBelow: [Double])
  }

  /// The distinct points, ascending.
  public let points: [Double]
  /// The share of the data at each point.
  public let masses: [Double]
  let target: Target

  /// Denoising score matching on fixed noisy points: least squares with targets.
  ///
  /// - Parameters:
  ///   - x: Noisy points in any order; those that are equal are taken as one, with the mean target.
  ///   - targets: `-z / sigma` of each.
  /// - Precondition: At least two distinct points, and as many targets as points.
  public init(denoising x: [Double], targets: [Double]) {
    precondition(x.count == targets.count, "Each point has a target.")
    let merged = Self.merge(x, targets)
    self.init(merged.points, merged.masses, .values(merged.means))
  }

  /// Implicit score matching on points.
  ///
  /// - Parameter x: Points in any order, at least two of them distinct.
  public init(implicit x: [Double]) {
    let merged = Self.merge(x, x)
    var (below, sum) = ([Double](), 0.0)
    for mass in merged.masses {
      below.append(sum + mass / 2)
      sum += mass
    }
    (below[0], below[below.count - 1]) = (0, 1)
    self.init(merged.points, merged.masses, .slope(massBelow: below))
  }

  private init(_ points: [Double], _ masses: [Double], _ target: Target) {
    precondition(points.count >= 2, "A line needs two points.")
    (self.points, self.masses, self.target) = (points, masses, target)
  }

  /// Equal points as one.
  private static func merge(
    _ x: [Double], _ y: [Double]
  ) -> (points: [Double], masses: [Double], means: [Double]) {
    var (points, counts, sums) = ([Double](), [Double](), [Double]())
    for row in x.indices.sorted(by: { x[$0] < x[$1] }) {
      if points.last != x[row] {
        points.append(x[row])
        counts.append(0)
        sums.append(0)
      }
      counts[counts.count - 1] += 1
      sums[sums.count - 1] += y[row]
    }
    return (points, counts.map { $0 / Double(x.count) }, zip(sums, counts).map { $0 / $1 })
  }

  /// The least weight decay beta with which there is a minimum; 0 for denoising score matching.
  public var leastPenalty: Double {
    switch target {
    case .values: 0
    case .slope:
      max(masses[0], masses[masses.count - 1], masses.reduce(0, max) / 2)
    }
  }

  /// The weight decay from which the line is the minimiser: the largest size of what a kink at a point
  /// would gain, in closed form.
  public var linePenalty: Double {
    let gains = correlations(of: lineValues)
    let inner = (1..<max(1, points.count - 1)).map { abs(gains[$0]) + discount(at: $0) }
    return inner.reduce(leastPenalty, max)
  }

  /// The minimiser without kinks: the least-squares line, or `-(x - mean) / var`.
  public var line: PiecewiseLinearScore {
    let values = lineValues
    let last = points.count - 1
    return PiecewiseLinearScore(
      nodes: [points[0], points[last]], values: [values[0], values[last]])
  }

  private var lineValues: [Double] {
    let mean = Vectors.dot(points, masses)
    let centred = points.map { $0 - mean }
    let square = Vectors.dot(masses, centred.map { $0 * $0 })
    var (slope, offset) = (-1 / square, 0.0)
    if case .values(let y) = target {
      offset = Vectors.dot(y, masses)
      slope = Vectors.dot(masses, zip(centred, y).map { $0 * ($1 - offset) }) / square
    }
    return centred.map { offset + slope * $0 }
  }

  /// What a kink at a point costs less than beta, per change of slope.
  func discount(at place: Int) -> Double {
    if case .slope = target { masses[place] / 2 } else { 0 }
  }
}

// MARK: - The objective

extension KinkProgram {
  /// Minus the derivative of the loss along `max(0, x - x_k)`, for each point k, in O(n).
  ///
  /// - Parameter values: A function at the points.
  /// - Returns: A number for each point.
  func correlations(of values: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: points.count)
    var (mass, moment) = (0.0, 0.0)
    for k in points.indices.reversed() {
      if k + 1 < points.count { moment += (points[k + 1] - points[k]) * mass }
      switch target {
      case .values(let y):
        result[k] = moment
        mass += masses[k] * (y[k] - values[k])
      case .slope(let below):
        result[k] = moment - (1 - below[k])
        mass -= masses[k] * values[k]
      }
    }
    return result
  }

  /// The loss without weight decay, of a function with kinks at points.
  ///
  /// - Parameter values: The function at all points; it is linear between them.
  /// - Returns: The mean of half the squared error, or of `s^2 / 2 + s'`.
  func loss(of values: [Double]) -> Double {
    switch target {
    case .values(let y):
      var sum = 0.0
      for i in points.indices { sum += masses[i] * (values[i] - y[i]) * (values[i] - y[i]) / 2 }
      return sum
    case .slope(let below):
      var sum = 0.0
      for i in points.indices { sum += masses[i] * values[i] * values[i] / 2 }
      for i in 1..<points.count {
        let slope = (values[i] - values[i - 1]) / (points[i] - points[i - 1])
        sum += slope * (below[i] - below[i - 1])
      }
      return sum
    }
  }

  /// The objective of a function with kinks at some of the points.
  ///
  /// - Parameters:
  ///   - score: The function, with nodes at points.
  ///   - penalty: The weight decay beta.
  /// - Returns: Loss and penalty.
  public func objective(of score: PiecewiseLinearScore, penalty: Double) -> Double {
    var sum = loss(of: points.map(score.value(at:)))
    for (kink, change) in zip(score.kinks, score.changes) {
      sum += (penalty - discount(at: points.lowerBound(of: kink))) * abs(change)
    }
    return sum
  }
}
