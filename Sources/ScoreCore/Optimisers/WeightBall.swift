import CVectorKernels

/// The weights within a distance of their initial values or of zero.
///
/// Farther ones are pulled straight back to the ball's surface:
/// ```
/// w = c + (w - c) min(1, radius / ||w - c||)
/// ```
/// A small ball around the initial weights is the neighbourhood in which a wide network stays close to
/// its linearisation; one around zero bounds the norm of the whole network.
///
/// Source: Bertsekas 1976, "On the Goldstein-Levitin-Polyak gradient projection method", IEEE Trans.
/// Automat. Control 21, for projected steps.
public struct WeightBall: WeightConstraint, Equatable {
  public enum Centre: String, Sendable, CaseIterable {
    /// The weights before the first step.
    case initial
    case zero
  }

  /// The largest Euclidean distance over all trained parameters, biases included; positive.
  public let radius: Double
  public let centre: Centre

  public init(radius: Double, centre: Centre = .initial) {
    precondition(radius > 0, "A ball has a positive radius.")
    self.radius = radius
    self.centre = centre
  }

  public var needsInitialWeights: Bool { centre == .initial }

  public func measure(_ slice: WeightSlice) -> Double {
    sf_squared_distance(slice.weights, slice.initial, slice.count)
  }

  public func project(_ slice: WeightSlice, measure: Double) {
    guard measure > radius * radius else { return }
    sf_shrink(slice.weights, slice.initial, slice.count, Float(radius / measure.squareRoot()))
  }
}

extension CatalogEntry where Member == (any WeightConstraint)? {
  static let ball = Self(
    name: "ball", summary: "within a distance of the initial weights, or of zero",
    source: "Bertsekas 1976",
    parameters: [
      ParameterDescription(
        "ball_radius", "largest distance, over all trained weights of a network",
        .number(default: 10, range: 1e-6...1e6)),
      ParameterDescription(
        "ball_centre", "what the distance is from",
        .choice(
          default: WeightBall.Centre.initial.rawValue,
          of: WeightBall.Centre.allCases.map(\.rawValue))),
    ]
  ) { parameters in
    WeightBall(
      radius: parameters.number("ball_radius"),
      centre: WeightBall.Centre(rawValue: parameters.text("ball_centre")) ?? .initial)
  }
}
