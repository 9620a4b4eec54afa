/// `min(snr, cap)` on the squared error of the clean point.
///
/// On the noise it is `min(snr, cap) / snr`, on the velocity `min(snr, cap) / (snr + 1)`.
///
/// Source: Hang et al. 2023 (arXiv:2303.09556), section 3.4.
public struct MinSNRWeighting: LevelWeighting {
  /// The cap on the signal-to-noise ratio, positive.
  public let cap: Double

  public init(cap: Double = 5) {
    precondition(cap > 0, "The cap is positive.")
    self.cap = cap
  }

  public func weight(at point: WeightingPoint) -> Double {
    point.onDataError(min(point.snr, cap))
  }
}

extension CatalogEntry where Member == any LevelWeighting {
  static let minSNR = Self(
    name: "min_snr", summary: "min(snr, cap) on the squared error of the data",
    source: "Hang et al. 2023 (arXiv:2303.09556)",
    parameters: [
      ParameterDescription(
        "snr_cap", "cap on the signal-to-noise ratio", .number(default: 5, range: 1e-3...1e6))
    ]
  ) { MinSNRWeighting(cap: $0.number("snr_cap")) }
}
