import Glibc

/// `1 / (k + snr)^gamma` on the squared error of the noise.
///
/// Source: Choi et al. 2022 (arXiv:2204.00227), eq. 8.
public struct P2Weighting: LevelWeighting {
  /// The offset k, positive.
  public let offset: Double
  /// The exponent gamma, at least 0.
  public let exponent: Double

  public init(offset: Double = 1, exponent: Double = 1) {
    precondition(offset > 0 && exponent >= 0, "P2 needs k > 0 and gamma >= 0.")
    self.offset = offset
    self.exponent = exponent
  }

  public func weight(at point: WeightingPoint) -> Double {
    point.onNoiseError(pow(offset + point.snr, -exponent))
  }
}

extension CatalogEntry where Member == any LevelWeighting {
  static let p2 = Self(
    name: "p2", summary: "1 / (k + snr)^gamma on the squared error of the noise",
    source: "Choi et al. 2022 (arXiv:2204.00227)",
    parameters: [
      ParameterDescription("p2_offset", "k", .number(default: 1, range: 1e-3...1e3)),
      ParameterDescription("p2_exponent", "gamma", .number(default: 1, range: 0...4)),
    ]
  ) { P2Weighting(offset: $0.number("p2_offset"), exponent: $0.number("p2_exponent")) }
}
