import Glibc

/// A wrong score of N(0, 1) that is right wherever samples are: it turns upward beyond a switch
/// point that few of them reach.
///
/// Under the Ornstein-Uhlenbeck process N(0, 1) stays what it is, so the candidate and its error are
/// those of every noise level.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Lemma 4.2 and Figure 2, with
/// the switch point as a parameter instead of their 10 sqrt(log m).
public struct OutlierScore: ScoreFunction, Equatable {
  public enum Shape: Sendable, Equatable {
    /// The score of `eta N(0, 1) + (1 - eta) N(S, 1)` with eta such that it is 0 at the switch
    /// point: the error is `S r(x)` with a share r that rises from 0 to 1 about there.
    case mixture(separation: Double)
    /// The error `A max(0, x - b)`, which a network of one ReLU unit can have.
    case ramp(slope: Double)
  }

  public let shape: Shape
  /// The switch point b, positive, in standard deviations.
  public let switchPoint: Double

  /// - Precondition: `0 < b`, and `b < S` for a mixture.
  public init(_ shape: Shape, switchPoint: Double) {
    precondition(switchPoint > 0, "The switch point is positive.")
    if case .mixture(let S) = shape {
      precondition(switchPoint < S, "The mixture switches before its far part.")
    }
    self.shape = shape
    self.switchPoint = switchPoint
  }

  public var dimension: Int { 1 }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    precondition(x.dimension == 1, "This score is one-dimensional.")
    return Points(values: x.values.map { error(at: $0) - $0 }, dimension: 1)
  }

  /// The error `s_hat(x) - s(x)`, never negative.
  public func error(at x: Double) -> Double {
    switch shape {
    case .mixture(let S):
      let logit = S * (x - switchPoint) + log(switchPoint / (S - switchPoint))
      return S / (1 + exp(-logit))
    case .ramp(let A):
      return A * max(0, x - switchPoint)
    }
  }

  /// The population error `E |s_hat - s|^2` under N(0, 1): quadrature to 10 digits for the mixture,
  /// `A^2 ((1 + b^2) Q(b) - b phi(b))` for the ramp.
  public var l2Squared: Double {
    let b = switchPoint
    switch shape {
    case .mixture(let S):
      // Where the share rises, over a width of 1 / S, the marks must be close.
      let near = [-40, -10, -3, -1, 0, 1, 3, 10, 40].map { b + $0 / S }
      let marks = (near + [-12, -6, -3, 0, 3, 6, 9, b + 6, b + 12]).filter { abs($0) <= b + 12 }
      return AdaptiveQuadrature.integrate(over: Set(marks).sorted()) { arguments in
        arguments.map { x in
          let e = error(at: x)
          return StandardNormal.density(x) * e * e
        }
      }
    case .ramp(let A):
      return A * A * ((1 + b * b) * StandardNormal.tail(b) - b * StandardNormal.density(b))
    }
  }

  /// `D_delta`, the error that N(0, 1) exceeds with probability delta: the error at its quantile,
  /// because it grows with x.
  ///
  /// - Precondition: `0 < delta < 1`.
  public func quantileError(delta: Double) -> Double {
    precondition(delta > 0 && delta < 1, "A quantile needs 0 < delta < 1.")
    return error(at: -StandardNormal.quantile(delta))
  }

  /// The probability `Phi(b)^m` that none of m samples lies beyond the switch point.
  public func unseenProbability(sampleCount m: Int) -> Double {
    exp(Double(m) * log1p(-StandardNormal.tail(switchPoint)))
  }
}
