import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab

/// What counts as failing to learn a score.
enum ErrorSense: CaseIterable {
  case l2, quantile

  func label(_ delta: Double) -> String {
    self == .l2 ? "L2" : "D_\(HardPairFindings.short(delta))"
  }
}

extension HardPairFindings {
  static func short(_ value: Double) -> String { NumberText.plain(value, digits: 4) }
  func short(_ value: Double) -> String { Self.short(value) }

  /// A share of the training sets with its interval.
  struct FailureShare {
    let count: Int
    let share: Double
    let interval: ClosedRange<Double>

    init(_ count: Int, of repeats: Int) {
      self.count = count
      share = Double(count) / Double(repeats)
      interval = .share(count, of: repeats)
    }
  }

  /// The probability that the wrong score, when it was chosen, fails in a sense.
  func failureProbability(_ sense: ErrorSense) -> Double {
    switch sense {
    case .l2: values.sigma * exact.l2 > values.tolerance ? 1 : 0
    case .quantile: values.quantileFailureProbability
    }
  }

  /// One row a number of samples, once a training set is drawn.
  var choiceRows: [(m: Int, l2: FailureShare, quantile: FailureShare)] {
    values.sampleCounts.enumerated().map { place, m in
      let l2 = failureProbability(.l2) > 0 ? wrongChoices[place] : 0
      return (
        m, FailureShare(l2, of: repeatsDone), FailureShare(quantileFailures[place], of: repeatsDone)
      )
    }
  }

  var caveats: [String] {
    var caveats = [
      "L2 of the score chosen is its quadrature. D_delta is estimated in each repeat, over "
        + "\(values.errorDrawCount) noisy points that training did not see."
    ]
    if !exact.isSeparated {
      caveats.append(
        "At R_t = \(short(values.pair.separation(at: values.time))) the two parts overlap (L2^2 is off "
          + "eta R_t^2 by \(short(100 * exact.overlap))%), and the formula for the choice, which "
          + "neglects that, is not checked.")
    }
    return caveats
  }
}
