import Glibc

/// Two distributions that few samples cannot tell apart although their scores differ greatly in L2.
///
/// `p_1 = (1 - eta) N(0, 1) + eta N(R, 1)` and `p_2`, its mirror image. Under the
/// Ornstein-Uhlenbeck process unit variance stays, so at time t only the separation shrinks, to
/// `R_t = R e^-t`. With `r(x) = 1 / (1 + exp(-(R_t x - R_t^2 / 2 - log((1 - eta) / eta))))`
/// ```
/// s_1(x) = -x + R_t r(x)
/// s_2(x) = -x - R_t r(-x)
/// |s_1 - s_2| = R_t h(x),    h(x) = r(x) + r(-x), even and increasing in |x|
/// ```
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Lemma 4.1 and Figure 1,
/// mirrored (there `p_1` has its far part at -R) and with unit variance.
public struct LowerBoundPair: Sendable, Equatable {
  /// The weight of the far part, in (0, 1/2].
  public let eta: Double
  /// The distance R of the far part, positive, in standard deviations of either part.
  public let separation: Double

  public init(eta: Double, separation: Double) {
    precondition(eta > 0 && eta <= 0.5, "The far part has a weight in (0, 1/2].")
    precondition(separation > 0, "The separation must be positive.")
    self.eta = eta
    self.separation = separation
  }

  /// The distribution `p_1`, whose far part is at +R; its score at a level is that of the truth.
  public var first: IsotropicMixture { distribution(far: separation) }
  /// The distribution `p_2`, whose far part is at -R; its score is the wrong candidate.
  public var second: IsotropicMixture { distribution(far: -separation) }

  private func distribution(far: Double) -> IsotropicMixture {
    IsotropicMixture(
      means: Points(rows: [[0], [far]]), weights: [1 - eta, eta], deviations: [1, 1])
  }

  /// The separation `R_t = R e^-t` at an Ornstein-Uhlenbeck time.
  public func separation(at time: Double) -> Double { separation * exp(-time) }

  /// The share `r(x)` of the far part of `p_1` at a point.
  public func farShare(at x: Double, time: Double) -> Double {
    let R = separation(at: time)
    return 1 / (1 + exp(-(R * (x - R / 2) - log((1 - eta) / eta))))
  }

  /// The score `s_1` of `p_1`.
  public func firstScore(at x: Double, time: Double) -> Double {
    -x + separation(at: time) * farShare(at: x, time: time)
  }

  /// The score `s_2` of `p_2`.
  public func secondScore(at x: Double, time: Double) -> Double {
    -x - separation(at: time) * farShare(at: -x, time: time)
  }

  /// The gap `|s_1 - s_2| = R_t h(x)`, without cancellation.
  public func gap(at x: Double, time: Double) -> Double {
    separation(at: time) * (farShare(at: x, time: time) + farShare(at: -x, time: time))
  }

  /// The density of `p_1`.
  public func density(at x: Double, time: Double) -> Double {
    (1 - eta) * StandardNormal.density(x)
      + eta * StandardNormal.density(x - separation(at: time))
  }

  /// The squared L2 error `E_{p_1} |s_1 - s_2|^2`, by quadrature to 10 digits.
  ///
  /// It tends to `eta R_t^2` for a wide separation and to `4 eta^2 R_t^2` for a narrow one.
  public func l2Squared(time: Double) -> Double {
    gapMoment(2, time: time)
  }

  /// The moment `E_{p_1} |s_1 - s_2|^order`, by quadrature to 10 digits.
  public func gapMoment(_ order: Int, time: Double) -> Double {
    expectation(time: time) { x in pow(gap(at: x, time: time), Double(order)) }
  }

  /// The divergence `KL(p_1 || p_2)`, in nats, by quadrature to 10 digits.
  public func kullbackLeibler(time: Double) -> Double {
    expectation(time: time) { logRatio(at: $0, time: time) }
  }

  /// The standard deviation of `log(p_1 / p_2)` under `p_1`, in nats, by quadrature to 8 digits.
  public func logRatioDeviation(time: Double) -> Double {
    let mean = kullbackLeibler(time: time)
    return expectation(time: time) { x in
      let gap = logRatio(at: x, time: time) - mean
      return gap * gap
    }.squareRoot()
  }

  /// The logarithm of `p_1 / p_2` at a point, in nats, odd in x.
  public func logRatio(at x: Double, time: Double) -> Double {
    let R = separation(at: time)
    let odds = log(eta / (1 - eta))
    func softplus(_ u: Double) -> Double { max(u, 0) + log1p(exp(-abs(u))) }
    return softplus(R * (x - R / 2) + odds) - softplus(R * (-x - R / 2) + odds)
  }

  /// The mean of a function under `p_1`, by quadrature.
  package func expectation(time: Double, _ function: (Double) -> Double) -> Double {
    let R = separation(at: time)
    let marks = [0, R, -R, R / 2, -R / 2].flatMap { middle in
      [-12, -6, -3, -1, 0, 1, 3, 6, 12].map { middle + $0 }
    }
    return AdaptiveQuadrature.integrate(over: Set(marks).sorted()) { arguments in
      arguments.map { density(at: $0, time: time) * function($0) }
    }
  }

  /// The probability `P_{p_1}(|x| >= a)`.
  func outside(_ a: Double, time: Double) -> Double {
    let R = separation(at: time)
    return (1 - eta) * 2 * StandardNormal.tail(a)
      + eta * (StandardNormal.tail(a - R) + StandardNormal.tail(a + R))
  }

  /// The error quantile `D_delta`: the gap that `p_1` exceeds with probability delta.
  ///
  /// The gap grows with |x|, so it is the gap at the root of `P_{p_1}(|x| >= a) = delta`, which
  /// is found by bisection down to neighbouring float64 numbers.
  ///
  /// - Precondition: `0 < delta < 1`.
  public func quantileError(delta: Double, time: Double) -> Double {
    precondition(delta > 0 && delta < 1, "A quantile needs 0 < delta < 1.")
    var low = 0.0
    var high = separation(at: time) + 40
    while true {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      if outside(middle, time: time) > delta { low = middle } else { high = middle }
    }
    return gap(at: high, time: time)
  }

  /// The probability `P_{p_1}(|s_1 - s_2| > gap)`, from the point where the gap is reached.
  ///
  /// - Precondition: The gap is positive.
  public func probability(ofGapAbove gap: Double, time: Double) -> Double {
    precondition(gap > 0, "An error is positive.")
    let end = separation(at: time) + 40
    guard self.gap(at: end, time: time) > gap else { return 0 }
    guard self.gap(at: 0, time: time) <= gap else { return 1 }
    var (low, high) = (0.0, end)
    while true {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      if self.gap(at: middle, time: time) > gap { high = middle } else { low = middle }
    }
    return outside(high, time: time)
  }

  /// The total variation distance `eta (2 Phi(R_t) - 1)`.
  public func totalVariation(time: Double) -> Double {
    eta * erf(separation(at: time) * 0.5.squareRoot())
  }

  /// The 1-Wasserstein distance `2 eta R_t`.
  public func wasserstein1(time: Double) -> Double { 2 * eta * separation(at: time) }
}

extension DistributionCatalog.Entry {
  static let pair = DistributionCatalog.Entry(
    name: "pair",
    summary:
      "a Gaussian with a small part far away that few samples show: L2 fails, D_delta does not",
    source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma 4.1 and Figure 1, mirrored",
    parameters: [
      ParameterDescription(
        "eta", "weight of the far part", .number(default: 0.01, range: 1e-9...0.5)),
      ParameterDescription(
        "separation", "distance of the far part, in standard deviations",
        .number(default: 10, range: 0.01...100_000)),
    ],
    make: { parameters, _ in
      LowerBoundPair(
        eta: parameters.number("eta"), separation: parameters.number("separation")
      ).first
    })
}
