/// Levels uniform in process time; starves the small noise levels.
///
/// Source: Song et al. 2021 (arXiv:2011.13456), eq. 7.
public struct UniformTime: LevelDraw {
  public init() {}

  public func level(atQuantile u: Double, of process: any ForwardProcess) -> NoiseLevel {
    process.level(at: process.stop + u * (process.horizon - process.stop))
  }

  public func density(atLogSNR logSNR: Double, of process: any ForwardProcess) -> Double? {
    // d(log SNR)/dt = -g^2 / sigma^2, as alpha' = f alpha and (sigma^2)' = 2 f sigma^2 + g^2.
    let sigma = process.level(atLogSNR: logSNR).sigma
    let diffusionSquared = process.diffusionSquared(at: process.time(atLogSNR: logSNR))
    let range = process.logSNRRange
    return sigma * sigma / diffusionSquared * (range.upperBound - range.lowerBound)
      / (process.horizon - process.stop)
  }
}

extension CatalogEntry where Member == any LevelDraw {
  static let uniformTime = Self(
    name: "uniform_time", summary: "uniform in process time; starves the small noise levels",
    source: "Song et al. 2021 (arXiv:2011.13456), eq. 7"
  ) { _ in UniformTime() }
}
