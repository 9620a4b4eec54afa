import Glibc
public import ScoreCore

/// The cost of moving one distribution of the pair to the other.
extension LowerBoundPair {
  /// The squared 2-Wasserstein distance between `p_1` and `p_2`, by quadrature to 8 digits.
  ///
  /// The optimal map on the line matches quantiles, and `p_2` is the mirror image, so a point x
  /// goes to minus the point that has as much of `p_1` above it as x has below. It is at most
  /// `4 eta R_t^2` and tends to `2 eta R_t^2`: the bulk moves a little, so that not all that is
  /// far need cross.
  ///
  /// Source: Villani 2003, *Topics in Optimal Transportation*, theorem 2.18.
  public func wasserstein2Squared(time: Double) -> Double {
    expectation(time: time) { x in
      let gap = x + mirrorPoint(of: x, time: time)
      return gap * gap
    }
  }

  /// The point y with `P_{p_1}(X > y) = P_{p_1}(X < x)`, by bisection.
  private func mirrorPoint(of x: Double, time: Double) -> Double {
    let R = separation(at: time)
    func above(_ x: Double) -> Double {
      (1 - eta) * StandardNormal.tail(x) + eta * StandardNormal.tail(x - R)
    }
    func below(_ x: Double) -> Double {
      (1 - eta) * StandardNormal.tail(-x) + eta * StandardNormal.tail(R - x)
    }
    let (lower, upper) = (below(x), above(x))
    var (low, high) = (-40.0, R + 40)
    while true {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { return middle }
      // Whichever side is small has the digits.
      let isLeft = lower < upper ? above(middle) > lower : below(middle) < upper
      if isLeft { low = middle } else { high = middle }
    }
  }
}
