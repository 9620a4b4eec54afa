import Glibc
import NumberFormatting

/// The Kullback-Leibler divergence of a known distribution from a kernel density of the sample, in
/// nats.
///
/// ```
/// KL(p || q) = 1/m sum_i log p(y_i) - log q_hat(y_i),    y_i ~ p, m = 1000
/// ```
/// with p the distribution's exact density and `q_hat` a Gaussian at each point of the sample. It
/// is the direction that parts left out are dear in; ``NeighborDivergence`` has the other one. The
/// widths are one multiple of the distribution's deviation along each axis: among steps of
/// `sqrt(2)` about Scott's rule the one under which as many fresh draws of the distribution are
/// nearest to it. Fixed by the distribution and the size alone, it is the same for the sample and
/// for its null.
///
/// The estimate is above the divergence, by what the kernels blur and by the noise of finitely many
/// of them. For smooth distributions this falls like `N^(-4 / (dimension + 4))`, too slowly to be
/// of use beyond three dimensions. The null holds the same bias. Where no point of the sample is
/// near, the tails of the kernels stand for q: the value then says that the distribution is missed
/// there, and its size is that of squared distances over squared widths.
///
/// Source: Silverman 1986, *Density Estimation for Statistics and Data Analysis*, sections 3.4.4
/// (choice by likelihood) and 4.3; Scott 1992, *Multivariate Density Estimation*, eq. 6.41.
public struct KernelDivergence: SampleMetric {
  private static let largestDimension = 3

  public init() {}

  public func obstacle(dimension: Int, reference: MetricReference) -> String? {
    guard case .distribution(let distribution) = reference.kind else {
      return "the density of a sample is not known; needs a configuration"
    }
    if dimension > Self.largestDimension {
      return "kernel densities are for up to \(Self.largestDimension) dimensions"
    }
    return distribution.densityObstacle
  }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    guard case .distribution(let distribution) = reference.kind else {
      throw MetricError(message: "the density of a sample is not known; needs a configuration")
    }
    let target = KernelTarget(distribution, settings: settings)
    var stream = settings.stream(.bandwidth)
    let width = target.bestWidth(for: distribution.sample(count: sample.count, using: &stream))
    let note = "bandwidth \(NumberText.plain(width)) deviations"
    return settings.evaluate(sample, against: distribution, note: note) {
      target.divergence(of: $0, width: width)
    }
  }
}

/// A distribution's side of the comparison: draws of it with their exact log density.
struct KernelTarget: Sendable {
  private static let count = 1000

  let points: Points
  let logDensity: [Double]
  /// The deviation of the distribution along each axis.
  let deviations: [Double]

  init(_ distribution: NoisyDistribution, settings: MetricSettings) {
    points = settings.reference(distribution, count: Self.count)
    logDensity = distribution.logDensity(at: points)
    let points = points
    deviations = (0..<points.dimension).map { axis in
      let column = points.column(axis)
      let mean = column.reduce(0, +) / Double(column.count)
      return (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count - 1))
        .squareRoot()
    }
  }

  /// The divergence of the distribution from kernels at a sample's points.
  ///
  /// - Parameters:
  ///   - sample: Where the kernels are.
  ///   - width: Their deviation over that of the distribution.
  /// - Returns: The mean log ratio of the densities in nats; infinite if the sample is so far off
  ///   that squared distances overflow.
  func divergence(of sample: Points, width: Double) -> Double {
    let density = KernelDensity(sample, widths: deviations.map { $0 * width })
    let sum = zip(logDensity, density.logDensity(at: points)).reduce(0) { $0 + $1.0 - $1.1 }
    return sum / Double(points.count)
  }

  /// The width under which draws of the distribution are nearest to it.
  func bestWidth(for draws: Points) -> Double {
    // Scott's rule is right for a normal distribution; fine structure needs less, down to a 500th.
    let scott = pow(Double(draws.count), -1 / Double(draws.dimension + 4))
    let candidates = (-2...18).map { scott * pow(2, -Double($0) / 2) }
    let values = candidates.map { divergence(of: draws, width: $0) }
    return zip(candidates, values).min { $0.1 < $1.1 }?.0 ?? scott
  }
}

extension CatalogEntry where Member == any SampleMetric {
  static var kernelDivergence: Self {
    Self(
      name: "kl_kernel",
      summary: "Kullback-Leibler divergence of the distribution from a kernel density, in nats",
      source: "Silverman 1986, Density Estimation for Statistics and Data Analysis, section 4.3"
    ) { _ in KernelDivergence() }
  }
}
