import Glibc

/// The distribution function of a distribution on the line and its inverse, tabulated from the
/// density.
///
/// Panels start at draws of the distribution, so that no part of noticeable mass is missed, and
/// reach far beyond them on both sides. Each is integrated by Gauss-Kronrod quadrature and halved
/// until it holds little mass on little length and the trapezoidal rule agrees, which sees mass at
/// an end that the quadrature's nodes pass over. Within a panel the function is taken as linear.
/// The table is good to about 1e-6.
struct LineDistribution: Sendable {
  /// The ends of the panels, ascending.
  let positions: [Double]
  /// The distribution function there, from 0 to 1.
  let cumulative: [Double]
  /// The mass that the quadrature found, 1 but for its error.
  let mass: Double
  /// The entropy `-int q log q`, in nats.
  let entropy: Double

  private struct Panel {
    var low: Double
    var high: Double
    var mass = 0.0
    var entropy = 0.0
    /// How much the trapezoidal rule differs.
    var doubt = 0.0
  }

  /// Tabulates a one-dimensional distribution that has a density.
  init(_ distribution: NoisyDistribution, settings: MetricSettings) {
    precondition(distribution.dimension == 1, "The distribution must be on the line.")
    var stream = settings.stream(.line)
    let draws = distribution.sample(count: 2048, using: &stream).values.sorted()
    var marks: [Double] = []
    for mark in draws where mark > marks.last ?? -.infinity { marks.append(mark) }
    let span = max(marks[marks.count - 1] - marks[0], 1e-9 * max(1, abs(marks[0])))
    for power in 0..<24 {
      let step = span / 64 * Double(1 << power)
      marks.insert(marks[0] - step, at: 0)
      marks.append(marks[marks.count - 1] + step)
    }
    let panels = LineDistribution.refined(
      zip(marks, marks.dropFirst()).map { Panel(low: $0, high: $1) }, span: span, distribution)
    mass = panels.reduce(0) { $0 + $1.mass }
    entropy = panels.reduce(0) { $0 + $1.entropy }
    var total = 0.0
    let sums = panels.map { panel in
      total += panel.mass
      return total
    }
    positions = [panels[0].low] + panels.map(\.high)
    cumulative = [0] + sums.map { $0 / total }
  }

  /// The most often a panel is halved; a jump of the density then spoils 1e-7 of it.
  private static let deepest = 24

  private static func refined(_ start: [Panel], span: Double, _ distribution: NoisyDistribution)
    -> [Panel]
  {
    var settled: [Panel] = []
    var open = start
    for round in 0...deepest where !open.isEmpty {
      integrate(&open, distribution)
      var next: [Panel] = []
      for panel in open {
        let isFine =
          panel.mass < 1e-3 && panel.mass * (panel.high - panel.low) < 1e-6 * span
          && panel.doubt < 2e-6
        if isFine || round == deepest {
          settled.append(panel)
        } else {
          let middle = (panel.low + panel.high) / 2
          next.append(Panel(low: panel.low, high: middle))
          next.append(Panel(low: middle, high: panel.high))
        }
      }
      open = next
    }
    return settled.sorted { $0.low < $1.low }
  }

  private static func integrate(_ panels: inout [Panel], _ distribution: NoisyDistribution) {
    let nodes = AdaptiveQuadrature.nodes + [-1, 1]
    let arguments = panels.flatMap { panel in
      nodes.map { (panel.low + panel.high) / 2 + (panel.high - panel.low) / 2 * $0 }
    }
    let logDensity = distribution.logDensity(at: Points(values: arguments, dimension: 1))
    for index in panels.indices {
      let half = (panels[index].high - panels[index].low) / 2
      for (node, weight) in AdaptiveQuadrature.kronrodWeights.enumerated() {
        let value = logDensity[index * nodes.count + node]
        let share = half * weight * exp(value)
        panels[index].mass += share
        // 0 log 0 is 0.
        if share > 0 { panels[index].entropy -= share * value }
      }
      let ends = logDensity[(index + 1) * nodes.count - 2..<(index + 1) * nodes.count]
      let trapezoid = half * ends.reduce(0) { $0 + exp($1) }
      panels[index].doubt = abs(trapezoid - panels[index].mass)
    }
  }

  /// The probability of values up to `x`.
  func cdf(_ x: Double) -> Double {
    let upper = LineDistribution.firstIndex(above: x, in: positions)
    guard upper > 0 else { return 0 }
    guard upper < positions.count else { return 1 }
    let fraction = (x - positions[upper - 1]) / (positions[upper] - positions[upper - 1])
    return cumulative[upper - 1] + fraction * (cumulative[upper] - cumulative[upper - 1])
  }

  /// The value that is exceeded with probability `1 - p`, for `0 < p < 1`.
  func quantile(_ p: Double) -> Double {
    let upper = min(
      max(LineDistribution.firstIndex(above: p, in: cumulative), 1), cumulative.count - 1)
    let width = cumulative[upper] - cumulative[upper - 1]
    guard width > 0 else { return positions[upper - 1] }
    let fraction = (p - cumulative[upper - 1]) / width
    return positions[upper - 1] + fraction * (positions[upper] - positions[upper - 1])
  }

  /// The quantiles of `(i + 1/2) / count`, ascending: the distribution as equally weighted points.
  func quantiles(count: Int) -> [Double] {
    (0..<count).map { quantile((Double($0) + 0.5) / Double(count)) }
  }

  /// The first index whose value is greater than `x`; the count if there is none.
  static func firstIndex(above x: Double, in ascending: [Double]) -> Int {
    var low = 0
    var high = ascending.count
    while low < high {
      let middle = (low + high) / 2
      if ascending[middle] <= x { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
