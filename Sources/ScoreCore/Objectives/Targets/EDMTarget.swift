/// The residual that EDM's preconditioning leaves to the network.
///
/// With `s = sigma / alpha`, `x = x_0 + s z` in those units and data of deviation `d`,
/// ```
/// D(x) = c_skip x + c_out F(c_in x)
/// c_skip = d^2 / (s^2 + d^2),  c_out = s d / sqrt(s^2 + d^2),  c_in = 1 / sqrt(s^2 + d^2)
/// ```
/// so F predicts `(x_0 - c_skip x) / c_out = (s x_0 / d - d z) / sqrt(s^2 + d^2)`. It and the
/// network's input have unit variance. For d = 1 it is minus the velocity.
///
/// Source: Karras, Aittala, Aila and Laine 2022 (arXiv:2206.00364), section 5 and Table 1.
public struct EDMTarget: TrainingTarget {
  /// The standard deviation of a coordinate of the data, positive.
  public let dataDeviation: Double

  public init(dataDeviation: Double = 1) {
    precondition(dataDeviation > 0, "The data have a positive deviation.")
    self.dataDeviation = dataDeviation
  }

  public func coefficients(at level: NoiseLevel) -> TargetCoefficients {
    let s = level.sigma / level.alpha
    let root = (s * s + dataDeviation * dataDeviation).squareRoot()
    return TargetCoefficients(data: s / (dataDeviation * root), noise: -dataDeviation / root)
  }

  public func inputScale(at level: NoiseLevel) -> Double {
    let signal = level.alpha * dataDeviation
    return 1 / (signal * signal + level.sigma * level.sigma).squareRoot()
  }
}

extension CatalogEntry where Member == any TrainingTarget {
  static let edm = Self(
    name: "edm", summary: "EDM's preconditioned residual, unit variance in and out",
    source: "Karras et al. 2022 (arXiv:2206.00364), Table 1",
    parameters: [
      ParameterDescription(
        "data_deviation", "standard deviation of a coordinate of the data",
        .number(default: 1, range: 1e-3...1e3))
    ]
  ) { EDMTarget(dataDeviation: $0.number("data_deviation")) }
}
