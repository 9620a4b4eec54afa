import Glibc

/// The distribution `N(0, v)` on the line and its distances from another, in closed form.
public struct CentredNormal: Codable, Sendable, Equatable {
  /// The variance v, positive.
  public let variance: Double

  public init(variance: Double) {
    precondition(variance > 0, "A normal distribution has a positive variance.")
    self.variance = variance
  }

  /// The divergence `KL(self || other)`, in nats.
  public func kullbackLeibler(to other: Self) -> Double {
    let ratio = variance / other.variance
    return (ratio - 1 - log(ratio)) / 2
  }

  /// The total variation distance, from where the densities cross.
  public func totalVariation(to other: Self) -> Double {
    let (narrow, wide) = (min(variance, other.variance), max(variance, other.variance))
    guard narrow < wide else { return 0 }
    let crossing = (log(wide / narrow) * wide / (wide - narrow) * narrow).squareRoot()
    return 2
      * (StandardNormal.tail(crossing / wide.squareRoot())
        - StandardNormal.tail(crossing / narrow.squareRoot()))
  }

  /// The total variation distance of `N(0, v I)` and `N(0, w I)` in any dimension, from the sphere
  /// on which the densities cross.
  public func totalVariation(to other: Self, dimension: Int) -> Double {
    let (narrow, wide) = (min(variance, other.variance), max(variance, other.variance))
    guard narrow < wide else { return 0 }
    let square = Double(dimension) * log(wide / narrow) * wide / (wide - narrow) * narrow
    return ChiSquare.tail(square / wide, degreesOfFreedom: dimension)
      - ChiSquare.tail(square / narrow, degreesOfFreedom: dimension)
  }

  /// The Wasserstein distance of order 2, the difference of the deviations.
  public func wasserstein2(to other: Self) -> Double {
    abs(variance.squareRoot() - other.variance.squareRoot())
  }
}
