import Glibc
public import ScoreCore

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

  /// The error `s_hat(x) - s(x)`, never negative, growing with x.
  public func error(at x: Double) -> Double {
    switch shape {
    case .mixture(let S): S / (1 + exp(-logit(at: x, separation: S)))
    case .ramp(let A): A * max(0, x - switchPoint)
    }
  }

  /// `log(r / (1 - r))` of the share r of the mixture's far part.
  private func logit(at x: Double, separation S: Double) -> Double {
    S * (x - switchPoint) + log(switchPoint / (S - switchPoint))
  }

  /// The logarithm of ``error(at:)``, finite where the mixture's error underflows; minus infinity
  /// where there is none.
  private func logError(at x: Double) -> Double {
    switch shape {
    case .mixture(let S):
      let logit = logit(at: x, separation: S)
      return log(S) - max(0, -logit) - log1p(exp(-abs(logit)))
    case .ramp: return log(error(at: x))
    }
  }
}

// MARK: - Population values

extension OutlierScore {
  /// The population error `E |s_hat - s|^2` under N(0, 1), by quadrature to 9 digits.
  public var l2Squared: Double { exp(logMoment(2)) }

  /// The logarithm, in nats, of `E |s_hat - s|^order` under N(0, 1), by quadrature.
  ///
  /// Finite where the moment itself underflows.
  ///
  /// - Precondition: The order is positive.
  public func logMoment(_ order: Int) -> Double {
    precondition(order >= 1, "A moment has an order.")
    func logIntegrand(_ x: Double) -> Double {
      -x * x / 2 - StandardNormal.logSqrtTwoPi + Double(order) * logError(at: x)
    }
    let peak = marks.map(logIntegrand).max() ?? 0
    let scaled = AdaptiveQuadrature.integrate(over: marks) { arguments in
      arguments.map { exp(logIntegrand($0) - peak) }
    }
    return peak + log(scaled)
  }

  /// The moment `E min(|s_hat - s|, c)^order` with the error c at a point as the cap, by quadrature.
  ///
  /// - Precondition: The point is beyond the switch point.
  public func cappedMoment(_ order: Int, at cap: Double) -> Double {
    precondition(cap > switchPoint, "The cap is beyond the switch point.")
    let inner = marks.filter { $0 < cap } + [cap]
    let below = AdaptiveQuadrature.integrate(over: inner) { arguments in
      arguments.map { StandardNormal.density($0) * pow(error(at: $0), Double(order)) }
    }
    return below + StandardNormal.tail(cap) * pow(error(at: cap), Double(order))
  }

  /// How fast N(0, 1) falls beyond the switch point: near 1 / b, and at most 1.
  public var tailScale: Double {
    2 / (switchPoint + (switchPoint * switchPoint + 4).squareRoot())
  }

  /// Where panels of the quadrature start, ascending.
  private var marks: [Double] {
    let b = switchPoint
    let beyond = [0, 0.25, 1, 3, 6, 12, 25, 50].map { b + $0 * tailScale }
    guard case .mixture(let S) = shape else { return beyond }
    // Where the share rises, over a width of 1 / S, the marks must be close.
    let near = [-40, -10, -3, -1, 1, 3, 10, 40].map { b + $0 / S }
    let far = [-12.0, -6, -3, 0, 3, 6, 9, b + 12]
    return Set(beyond + (near + far).filter { abs($0) <= b + 12 }).sorted()
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
    Self.noneBeyond(switchPoint, sampleCount: m)
  }

  /// What the probability cannot exceed that m samples see a mean squared error below a share of the
  /// population's: `Phi(x_1)^m`, as no sample may lie beyond the point `x_1` where it alone makes
  /// that share, `(s_hat - s)(x_1)^2 / m = share L2^2`.
  ///
  /// - Precondition: The share is positive.
  public func unnoticedBound(share: Double, sampleCount m: Int) -> Double {
    precondition(share > 0, "A share is positive.")
    let limit = (share * Double(m) * l2Squared).squareRoot()
    let point: Double
    switch shape {
    case .mixture(let S):
      guard limit < S else { return 1 }
      let logit = log(limit / (S - limit)) - log(switchPoint / (S - switchPoint))
      point = switchPoint + logit / S
    case .ramp(let A): point = switchPoint + limit / A
    }
    return Self.noneBeyond(point, sampleCount: m)
  }

  private static func noneBeyond(_ x: Double, sampleCount m: Int) -> Double {
    exp(Double(m) * log1p(-StandardNormal.tail(x)))
  }
}

// MARK: - The mixture's weight

extension OutlierScore {
  /// `log(eta / (1 - eta))` of the weight eta of N(0, 1) in the mixture whose score is 0 at the
  /// switch point; nil for a ramp.
  public var logWeightOdds: Double? {
    guard case .mixture(let S) = shape else { return nil }
    return Self.logWeightOdds(switchPoint, separation: S)
  }

  private static func logWeightOdds(_ b: Double, separation S: Double) -> Double {
    log((S - b) / b) + S * (b - S / 2)
  }

  /// Makes the mixture's score by the weight eta of N(0, 1).
  ///
  /// The switch point is where the score changes sign, by bisection. Nil where it does so more
  /// than once, or nowhere between the two parts.
  ///
  /// - Parameters:
  ///   - S: The distance of the far part.
  ///   - odds: `log(eta / (1 - eta))`.
  /// - Precondition: `S > 2`.
  public init?(separation S: Double, logWeightOdds odds: Double) {
    precondition(S > 2, "Parts closer than two deviations have one mode.")
    // The odds grow with the switch point while b (S - b) > 1.
    let edge = 2 / (S + (S * S - 4).squareRoot())
    var (low, high) = (edge, S - edge)
    guard Self.logWeightOdds(low, separation: S) < odds,
      Self.logWeightOdds(high, separation: S) > odds
    else { return nil }
    while true {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      if Self.logWeightOdds(middle, separation: S) < odds { low = middle } else { high = middle }
    }
    self.init(.mixture(separation: S), switchPoint: high)
  }
}
