/// One piece of work that is timed, and how many operations it counts for.
///
/// Every case works on two moons in two dimensions with 32 time features, a width of `width` in
/// each of `depth` hidden layers and the noise target.
public struct BenchmarkCase: Sendable, Equatable {
  /// What is timed.
  public enum Work: String, Sendable, CaseIterable {
    /// One training step on a batch of `count` out of 10,000 resident points.
    case step
    /// One Euler-Maruyama step of `count` points, timed over a whole pass of 500.
    case sampling
    /// One measurement of the error at all 12 levels, `count` points each, exact scores known.
    case probe
    /// The same, the exact scores computed first.
    case probeWithExactScores = "probe_with_exact_scores"
  }

  /// Steps of one sampling pass.
  public static let samplingSteps = 500
  /// Noise levels of one probe.
  static let probeLevels = 12

  public let work: Work
  /// The units of each hidden layer.
  public let width: Int
  /// The number of hidden layers.
  public let depth: Int
  /// The points of one unit of work: the batch, the samples, the points a level.
  public let count: Int

  /// Describes a case.
  ///
  /// - Precondition: Width, depth and count are at least 1.
  public init(_ work: Work, width: Int, depth: Int, count: Int) {
    precondition(width >= 1 && depth >= 1 && count >= 1, "A benchmark needs a network and points.")
    self.work = work
    self.width = width
    self.depth = depth
    self.count = count
  }

  /// The cases that are timed unless told otherwise.
  public static let standard = [
    BenchmarkCase(.step, width: 64, depth: 3, count: 128),
    BenchmarkCase(.step, width: 128, depth: 3, count: 256),
    BenchmarkCase(.step, width: 128, depth: 3, count: 1024),
    BenchmarkCase(.step, width: 256, depth: 4, count: 1024),
    BenchmarkCase(.sampling, width: 128, depth: 3, count: 10_000),
    BenchmarkCase(.probe, width: 128, depth: 3, count: 4096),
    BenchmarkCase(.probeWithExactScores, width: 128, depth: 3, count: 4096),
  ]

  /// Multiplications plus additions of the matrix products of one unit of work.
  ///
  /// A training step counts three times the forward pass: the backward pass has one product for
  /// the weights and one for the activations of each layer. Exact scores count nothing.
  public var flops: Double {
    let forward = 2 * Double(productSize) * Double(count)
    switch work {
    case .step: return 3 * forward
    case .sampling: return forward
    case .probe, .probeWithExactScores: return forward * Double(Self.probeLevels)
    }
  }

  /// The sum over layers of inputs times outputs.
  private var productSize: Int {
    let widths = [BenchmarkSubject.inputs] + Array(repeating: width, count: depth) + [2]
    return zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
