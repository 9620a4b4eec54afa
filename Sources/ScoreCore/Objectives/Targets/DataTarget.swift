/// The clean point x_0: the network is a denoiser.
public struct DataTarget: TrainingTarget, Equatable {
  /// The distance from zero within which the clean points lie; infinite where nothing is known.
  ///
  /// Scores come from the nearest point of this ball to a prediction, and the loss from the prediction
  /// itself.
  ///
  /// Source: Han, Razaviyayn and Xu 2024 (arXiv:2401.15604) for the projection onto the ball that
  /// bounds the support, given here from memory of the paper.
  public let supportRadius: Double

  public init(supportRadius: Double = .infinity) {
    precondition(supportRadius > 0, "A ball has a positive radius.")
    self.supportRadius = supportRadius
  }

  public var predictionRadius: Double { supportRadius }

  public func coefficients(at level: NoiseLevel) -> TargetCoefficients {
    TargetCoefficients(data: 1, noise: 0)
  }
}

extension CatalogEntry where Member == any TrainingTarget {
  static let data = Self(
    name: "data", summary: "the clean point x_0",
    source: "Ho et al. 2020 (arXiv:2006.11239), section 3.2",
    parameters: [
      ParameterDescription(
        "support_radius", "ball around zero that predictions go back to, 0 for none",
        .number(default: 0, range: 0...1e6))
    ]
  ) { parameters in
    let radius = parameters.number("support_radius")
    return DataTarget(supportRadius: radius > 0 ? radius : .infinity)
  }
}
