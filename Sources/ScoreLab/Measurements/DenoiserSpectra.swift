public import ScoreCore

/// The eigenvalues of the denoiser's Jacobian at each noise level, learned and exact, at the same points, and
/// how far denoised points are from the data's manifold.
///
/// The denoiser is `D(x) = (x + sigma^2 s(x)) / alpha`, its Jacobian by `x / alpha` is `I + sigma^2 ds / dx`. With
/// little noise it goes to the projection on the tangent space: k eigenvalues near 1 *along* the manifold, and
/// the others near 0 *across* it. A score collapses onto the manifold as the latter fall.
///
/// Source: Huang et al. 2026 (arXiv:2605.20235) for the collapse; the closed forms are derived in docs/distributions.md.
public struct DenoiserSpectra: Sendable, Equatable {
  /// What one score has at one level.
  public struct Side: Sendable, Equatable {
    /// The mean over the points of each eigenvalue, descending, `[dimension]`; of a learned score those of
    /// the symmetric part.
    public let eigenvalues: [Double]
    /// The mean of a point's k largest eigenvalues; nil where k is 0.
    public let along: Estimate?
    /// The mean of a point's other eigenvalues; nil where there are none.
    public let across: Estimate?
    /// The root mean square of the distance of D(x) from the manifold, in data units; nil where the manifold
    /// is not known.
    public let offManifold: Double?
  }

  /// One noise level.
  public struct Level: Sendable, Equatable {
    public let level: NoiseLevel
    /// The process time of the level.
    public let time: Double
    public let learned: Side
    public let exact: Side
  }

  /// What the learned score had at one step, `[levels]` each; empty where there is none.
  public struct Entry: Sendable, Equatable {
    public let step: Int
    public let along: [Double]
    public let across: [Double]
    public let offManifold: [Double]
  }

  /// The most coordinates that are measured: a point takes as many derivatives.
  public static let largestDimension = 64

  /// The step whose averaged weights were measured.
  public let step: Int
  /// The ambient dimension d.
  public let dimension: Int
  /// How many eigenvalues are along the data: the dimension of the manifold, and where none is known the
  /// number of the exact eigenvalues above 1/2 at the least noise.
  public let intrinsicDimension: Int
  /// From the least noise to the most; none beyond ``largestDimension``.
  public let levels: [Level]
  /// In the order of the steps, thinned so that their number grows with the logarithm of the steps.
  public internal(set) var history: [Entry]

  init(step: Int, dimension: Int, intrinsicDimension: Int, levels: [Level], history: [Entry]) {
    self.step = step
    self.dimension = dimension
    self.intrinsicDimension = intrinsicDimension
    self.levels = levels
    self.history = history
    guard !levels.isEmpty else { return }
    let entry = Entry(
      step: step, along: levels.compactMap { $0.learned.along?.value },
      across: levels.compactMap { $0.learned.across?.value },
      offManifold: levels.compactMap(\.learned.offManifold))
    self.history.removeAll { $0.step >= step }
    // The newest always stands; the one before it only where it is far enough from its own predecessor.
    if self.history.count >= 2 {
      let (before, last) = (
        self.history[self.history.count - 2], self.history[self.history.count - 1]
      )
      if Double(last.step) < Self.growth * Double(before.step) { self.history.removeLast() }
    }
    self.history.append(entry)
  }

  /// Two columns of a wide screen on a logarithmic axis of a million steps.
  private static let growth = 1.05
}
