import Glibc

/// The density of the points that a sampler makes on the line, followed step by step by quadrature.
///
/// The reverse SDE with the score frozen on each step moves a point at x to a normal distribution,
/// ```
/// x' ~ N(e^h x + 2 (e^h - 1) s(x), e^2h - 1)
/// ```
/// so the density of all points is an integral of that distribution over the density before. The
/// trapezoidal rule does it to rounding once the spacing resolves the narrowest of the kernels, and
/// nothing of a sample's chance is left: distances of 1e-4 are seen.
///
/// The formula is the method's own, not the code of a sampler, so that one can be held to the
/// other.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), section 1, for the process.
public struct ChainDensity: Sendable {
  /// Values at equal distances.
  public struct Grid: Codable, Sendable, Equatable {
    public var lower: Double
    public var spacing: Double
    /// The value at each place, `[places]`.
    public var values: [Double]

    public func place(_ index: Int) -> Double { lower + spacing * Double(index) }
    var places: Points {
      Points(values: values.indices.map { place($0) }, dimension: 1)
    }
    var sum: Double { spacing * values.reduce(0, +) }

    /// The total variation distance to a density at the same places.
    ///
    /// What either has lost beyond its ends counts as different, so that the distance is never
    /// understated.
    public func totalVariation(to other: [Double]) -> Double {
      let gaps = zip(values, other).reduce(0) { $0 + abs($1.0 - $1.1) }
      let lost = abs(spacing * other.reduce(0, +) - sum)
      return min(1, (spacing * gaps + lost) / 2)
    }
  }

  /// The share of a kernel's deviation that lies between two places, and the most in data units.
  private static let (share, widest) = (0.35, 0.1)
  /// How many deviations of a kernel count; beyond is less than 1e-15.
  private static let reach = 8.0

  public let times: [Double]
  public let process: OrnsteinUhlenbeck
  public let score: any ScoreFunction
  /// Where points are followed; those that leave count as lost for good.
  public let range: ClosedRange<Double>
  public private(set) var stepsDone = 0
  /// The density of the points at `times[stepsDone]`.
  public private(set) var density: Grid

  /// Starts at the first of the times.
  ///
  /// - Parameters:
  ///   - times: Strictly decreasing and positive, `[steps + 1]`.
  ///   - process: The process that is reversed.
  ///   - score: The score that the points follow.
  ///   - range: Wide enough for the start and for what the score makes of it.
  ///   - start: The density at each point of the line, `[x.count]`.
  public init(
    times: [Double], process: OrnsteinUhlenbeck, score: any ScoreFunction,
    range: ClosedRange<Double>, start: (Points) -> [Double]
  ) {
    precondition(times.count >= 2, "A pass has at least one step.")
    precondition(score.dimension == 1, "Densities are followed on the line.")
    self.times = times
    self.process = process
    self.score = score
    self.range = range
    density = Self.grid(range, spacing: Self.spacing(times, 0, process))
    density.values = start(density.places)
  }

  public var isFinished: Bool { stepsDone == times.count - 1 }

  /// The probability that is left within the range.
  public var mass: Double { density.sum }

  /// Takes one step.
  public mutating func step() {
    guard !isFinished else { return }
    let h = times[stepsDone] - times[stepsDone + 1]
    let deviation = expm1(2 * h).squareRoot()
    let scores = score.score(at: density.places, level: process.level(at: times[stepsDone]))
    stepsDone += 1
    var next = Self.grid(range, spacing: Self.spacing(times, stepsDone, process))
    for (index, value) in density.values.enumerated() where value > 1e-300 {
      let mean = exp(h) * density.place(index) + 2 * expm1(h) * scores[index, 0]
      next.spread(value * density.spacing, mean: mean, deviation: deviation, reach: Self.reach)
    }
    density = next
  }

  /// The total variation distance to a known distribution at the time reached.
  ///
  /// Points that left the range count as different, so that the distance is never understated.
  public func totalVariation(to distribution: any KnownScoreDistribution) -> Double {
    let level = process.level(at: times[stepsDone])
    let other = distribution.logDensity(at: density.places, level: level).map { exp($0) }
    return density.totalVariation(to: other)
  }

  /// The inner ends of bins that hold equal shares of the density, `[bins - 1]`.
  public func quantiles(bins: Int) -> [Double] {
    precondition(bins >= 2, "There is an end between bins.")
    let sum = mass
    var (edges, below): ([Double], Double) = ([], 0)
    for index in 1..<density.values.count {
      let part = density.spacing * (density.values[index - 1] + density.values[index]) / 2
      while edges.count < bins - 1, below + part >= sum * Double(edges.count + 1) / Double(bins) {
        let target = sum * Double(edges.count + 1) / Double(bins)
        edges.append(density.place(index - 1) + density.spacing * (target - below) / part)
      }
      below += part
    }
    return edges
  }

  private static func grid(_ range: ClosedRange<Double>, spacing: Double) -> Grid {
    let count = ((range.upperBound - range.lowerBound) / spacing).rounded(.up)
    return Grid(
      lower: range.lowerBound, spacing: (range.upperBound - range.lowerBound) / count,
      values: Array(repeating: 0, count: Int(count) + 1))
  }

  /// The spacing that resolves the step from a time, and at the end the distribution's own noise.
  private static func spacing(
    _ times: [Double], _ index: Int, _ process: OrnsteinUhlenbeck
  ) -> Double {
    guard index < times.count - 1 else {
      let last = spacing(times, index - 1, process)
      return min(last, process.level(at: times[index]).sigma / 5)
    }
    return min(widest, share * expm1(2 * (times[index] - times[index + 1])).squareRoot())
  }
}

extension ChainDensity.Grid {
  /// Adds a normal density of some mass.
  ///
  /// Neighbouring values of a normal density have ratios that form a geometric sequence, which
  /// takes one multiplication a place instead of an exponential.
  fileprivate mutating func spread(
    _ mass: Double, mean: Double, deviation: Double, reach: Double
  ) {
    let first = ((mean - reach * deviation - lower) / spacing).rounded(.up)
    let last = ((mean + reach * deviation - lower) / spacing).rounded(.down)
    guard first.isFinite, last >= 0, first <= Double(values.count - 1) else { return }
    let (low, high) = (Int(max(0, first)), Int(min(last, Double(values.count - 1))))
    guard low <= high else { return }
    let (z, dz) = ((place(low) - mean) / deviation, spacing / deviation)
    var value = mass / deviation * StandardNormal.density(z)
    var ratio = exp(-dz * (z + dz / 2))
    let change = exp(-dz * dz)
    values.withUnsafeMutableBufferPointer { values in
      for index in low...high {
        values[index] += value
        value *= ratio
        ratio *= change
      }
    }
  }
}
