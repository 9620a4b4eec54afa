/// Levels uniform in log SNR: every order of magnitude of noise gets the same share.
public struct UniformLogSNR: LevelDraw {
  public init() {}

  public func level(atQuantile u: Double, of process: any ForwardProcess) -> NoiseLevel {
    let range = process.logSNRRange
    return process.level(atLogSNR: range.lowerBound + u * (range.upperBound - range.lowerBound))
  }

  public func density(atLogSNR logSNR: Double, of process: any ForwardProcess) -> Double? { 1 }
}

extension CatalogEntry where Member == any LevelDraw {
  static let uniformLogSNR = Self(
    name: "uniform_log_snr", summary: "every order of magnitude of noise equally often",
    source: "Kingma and Gao 2023 (arXiv:2303.00848)"
  ) { _ in UniformLogSNR() }
}
