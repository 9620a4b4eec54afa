import ScoreCore
import ScoreLab

/// Whose score is measured.
enum ComplexityEstimator: Int, CaseIterable, Sendable {
  /// The network whose weights early stopping chose.
  case early
  /// The network at the end of training.
  case last
  /// The training points under a Gaussian kernel.
  case kernel

  var label: String {
    switch self {
    case .early: "network, early stop"
    case .last: "network, last step"
    case .kernel: "kernel estimate"
    }
  }

  var role: Plot.Role {
    switch self {
    case .early: .measured
    case .last: .comparison
    case .kernel: .exact
    }
  }
}

/// The numbers that one training run leaves.
struct TrialRecord: Codable, Sendable {
  /// Errors of one score at one noise level, times sigma.
  struct Errors: Codable, Sendable {
    var l2: Double
    /// `D_delta` for each of ``deltas(of:)``.
    var quantiles: [Quantile]
  }

  /// An order statistic of the errors and the 95% interval of the quantile that it stands for.
  struct Quantile: Codable, Sendable {
    var value: Double
    var lower: Double
    var upper: Double

    init(value: Double, lower: Double, upper: Double) {
      self.value = value
      self.lower = lower
      self.upper = upper
    }

    init(_ estimate: QuantileEstimate) {
      self.init(
        value: estimate.orderStatistic, lower: estimate.interval.lowerBound,
        upper: estimate.interval.upperBound)
    }
  }

  struct Level: Codable, Sendable {
    var time: Double
    /// One for each ``ComplexityEstimator``, in its order.
    var errors: [Errors]

    subscript(estimator: ComplexityEstimator) -> Errors { errors[estimator.rawValue] }
  }

  /// The distances of samples to the distribution at the stop, and the band of the null.
  struct Distance: Codable, Sendable {
    /// One for each ``ComplexityEstimator``; NaN where there is no sample to measure.
    var values = ComplexityEstimator.allCases.map { _ in Double.nan }
    var nullMean = Double.nan
    var nullLow = Double.nan
    var nullHigh = Double.nan

    subscript(estimator: ComplexityEstimator) -> Double {
      get { values[estimator.rawValue] }
      set { values[estimator.rawValue] = newValue }
    }
  }

  /// The step whose weights early stopping chose, and the one at which it would have ended the run.
  var bestStep: Int
  var stopStep: Int
  /// The held-out loss above its floor at the best step.
  var excess: Double
  /// The bandwidth of the kernel estimate.
  var bandwidth: Double
  var distance: Distance
  var levels: [Level]

  /// The deltas that quantiles are kept for, descending.
  static func deltas(of configuration: RunConfiguration) -> [Double] {
    Set([0.2, 0.1, 0.05, 0.02, 0.01, 0.005, configuration.probe.delta]).sorted(by: >)
  }
}
