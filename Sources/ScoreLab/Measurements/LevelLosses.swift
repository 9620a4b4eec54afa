public import ScoreCore

/// What the loss is made of at every noise level, over the steps: what no network can predict, and what
/// this one has not learned.
///
/// At one level, for a target `y = data x_0 + noise z` that costs c a unit of the noise's error,
/// ```
/// E||F - y||^2 = c^2 (floor + excess),   floor = d - sigma^2 E||s||^2,   excess = sigma^2 E||s_hat - s||^2
/// ```
/// so what is kept is of the noise, and other targets are factors on it. The weighting is left out.
///
/// Source: Yao et al. 2026 (arXiv:2605.10790) for the cut into floor and excess; the factor is derived here.
public struct LevelLosses: Sendable, Equatable {
  /// One noise level.
  public struct Level: Sendable, Equatable {
    public let level: NoiseLevel
    /// The process time of the level.
    public let time: Double
    /// The Bayes floor of the noise; exact, or a mean over the probe's points.
    public let floor: Estimate
    /// The mean of `||x_0||^2`; nil where it is not known.
    let secondMoment: Double?
    let dimension: Int
  }

  /// The excess of the noise at one step, `[levels]`.
  public struct Entry: Sendable, Equatable {
    public let step: Int
    public let excess: [Double]
  }

  /// From the least noise to the most.
  public let levels: [Level]
  /// In the order of the steps, thinned so that their number grows with the logarithm of the steps.
  public internal(set) var history: [Entry] = []

  /// The factor c^2 from the noise's squared error to that of a target.
  public func factor(of target: any TrainingTarget, at index: Int) -> Double {
    let level = levels[index].level
    let error = ScoreConversion(target.coefficients(at: level), at: level)
      .targetErrorPerNoiseError
    return error * error
  }

  /// The Bayes floor of a target at a level.
  public func floor(of target: any TrainingTarget, at index: Int) -> Double {
    factor(of: target, at: index) * levels[index].floor.value
  }

  /// What the newest network has above the floor; nil before it was measured.
  public func excess(of target: any TrainingTarget, at index: Int) -> Double? {
    history.last.map { factor(of: target, at: index) * $0.excess[index] }
  }

  /// The share of a target's mean square that the noisy point tells, `1 - floor / E||y||^2`; nil where
  /// the data's moments are not known.
  public func recoverable(of target: any TrainingTarget, at index: Int) -> Double? {
    let level = levels[index]
    guard let secondMoment = level.secondMoment else { return nil }
    let y = target.coefficients(at: level.level)
    let square = y.data * y.data * secondMoment + y.noise * y.noise * Double(level.dimension)
    return 1 - floor(of: target, at: index) / square
  }

  /// Adds what was measured at a step, in place of later ones.
  mutating func add(_ entry: Entry) {
    forget(after: entry.step)
    if let last = history.last, last.step == entry.step { history.removeLast() }
    // The newest always stands; the one before it only where it is far enough from its own predecessor.
    if history.count >= 2 {
      let (before, last) = (history[history.count - 2], history[history.count - 1])
      if Double(last.step) < Self.growth * Double(before.step) { history.removeLast() }
    }
    history.append(entry)
  }

  /// Drops what was measured after a step.
  mutating func forget(after step: Int) { history.removeAll { $0.step > step } }

  /// Two columns of a wide screen on a logarithmic axis of a million steps.
  private static let growth = 1.05
}
