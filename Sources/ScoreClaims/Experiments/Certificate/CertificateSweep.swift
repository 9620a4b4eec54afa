import ScoreCore
import ScoreLab
import ScoreTheory

/// What the steps alone cost, next to its bound, over numbers of steps and of dimensions.
///
/// All is exact: on the run's distribution by quadrature of the sampler's density, started from the
/// distribution at the horizon; on `N(0, v I)` in closed form, where the sampler keeps points
/// normal.
struct CertificateSweep: Codable, Sendable {
  struct Row: Codable, Sendable, Equatable {
    var steps: Int
    var dimension: Int
    /// The total variation distance to `q_gamma`.
    var distance: Double
    /// `sqrt(KL / 2)` of the path divergence.
    var bound: Double
  }

  /// The run's distribution over numbers of steps; empty beyond the line.
  var distribution: [Row] = []
  /// The Gaussian over numbers of steps, on the line.
  private(set) var steps: [Row] = []
  /// The Gaussian over dimensions.
  private(set) var dimensions: [Row] = []
  /// The exponents of the distance in the number of steps and in the dimension.
  var distributionExponent: Double? { Self.exponent(distribution, \.steps) }
  var stepExponent: Double? { Self.exponent(steps, \.steps) }
  var dimensionExponent: Double? { Self.exponent(dimensions, \.dimension) }
  /// The largest share of its bound that a distance takes.
  var largestShare: Double? {
    (distribution + steps + dimensions).map { $0.distance / $0.bound }.max()
  }

  /// The dimensions that are gone through.
  static let dimensions = [1, 2, 4, 8, 16, 32, 64]

  /// The numbers of steps: from an eighth of the run's to four times as many.
  static func stepCounts(of stepCount: Int) -> [Int] {
    [0.125, 0.25, 0.5, 1, 2, 4].map { Int((Double(stepCount) * $0).rounded()) }
      .filter { (4...1600).contains($0) }
  }

  /// Goes through the Gaussian rows, with the sampler of each dimension.
  mutating func measure(
    variance: Double, paths: ReversePathSetup, sampler: (Int) -> any Sampler
  ) {
    func row(_ times: [Double], _ dimension: Int) -> Row {
      let recursion = GaussianRecursion(
        of: sampler(dimension), times: times, process: paths.process, dataVariance: variance)
      let (start, end) = (recursion.exactVariances[0], recursion.exactVariances[times.count - 1])
      let cost = FrozenScoreCost(times: times, dataVariance: variance).costOfAll
      return Row(
        steps: times.count - 1, dimension: dimension,
        distance: CentredNormal(variance: recursion.variance(startingAt: start))
          .totalVariation(to: CentredNormal(variance: end), dimension: dimension),
        bound: PathCertificate.pinsker(Double(dimension) * cost))
    }
    steps = paths.timesOfSweep.map { row($0, 1) }
    dimensions = Self.dimensions.map { row(paths.times, $0) }
  }

  private static func exponent(_ rows: [Row], _ axis: KeyPath<Row, Int>) -> Double? {
    LineFit.powerLaw(x: rows.map { Double($0[keyPath: axis]) }, y: rows.map(\.distance))?.slope
  }
}

extension ReversePathSetup {
  /// The run's grid with each number of steps of the sweep; none for times that are given.
  var timesOfSweep: [[Double]] {
    grid is GivenTimesGrid
      ? []
      : CertificateSweep.stepCounts(of: stepCount).map {
        grid.times(stepCount: $0, process: process)
      }
  }
}
