/// `(s^2 + d^2) / (s d)^2` on the squared error of the clean point, `s = sigma / alpha`: with the
/// EDM target of the same data deviation d, weight 1 on what the network predicts.
///
/// Source: Karras, Aittala, Aila and Laine 2022 (arXiv:2206.00364), Table 1.
public struct EDMWeighting: LevelWeighting {
  /// The standard deviation of a coordinate of the data, positive.
  public let dataDeviation: Double

  public init(dataDeviation: Double = 1) {
    precondition(dataDeviation > 0, "The data have a positive deviation.")
    self.dataDeviation = dataDeviation
  }

  public func weight(at point: WeightingPoint) -> Double {
    let s2 = 1 / point.snr
    let d2 = dataDeviation * dataDeviation
    return point.onDataError((s2 + d2) / (s2 * d2))
  }
}

extension CatalogEntry where Member == any LevelWeighting {
  static let edm = Self(
    name: "edm", summary: "EDM's (s^2 + d^2) / (s d)^2 on the squared error of the data",
    source: "Karras et al. 2022 (arXiv:2206.00364), Table 1",
    parameters: [.weightingDeviation]
  ) { EDMWeighting(dataDeviation: $0.number("weighting_deviation")) }
}

extension ParameterDescription {
  /// The deviation of the data that a weighting is made for.
  static let weightingDeviation = ParameterDescription(
    "weighting_deviation", "standard deviation d of a coordinate of the data",
    .number(default: 1, range: 1e-3...1e3))
}
