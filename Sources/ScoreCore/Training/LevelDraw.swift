/// How the noise levels of a batch are drawn: stratified, one level in each of B equal strata.
///
/// Stratifying keeps every range of levels in every batch, which lowers the variance of the loss
/// and of its gradient (Kingma, Salimans, Poole and Ho 2021, arXiv:2107.00630, appendix I.1).
public enum LevelDraw: String, Sendable, CaseIterable {
  /// Uniform in log SNR: every order of magnitude of noise gets the same share.
  case uniformLogSNR = "uniform_log_snr"
  /// Uniform in process time; starves the small noise levels.
  case uniformTime = "uniform_time"

  /// The noise level at a quantile `u` in (0, 1) of this draw.
  public func level(atQuantile u: Double, of process: any ForwardProcess) -> NoiseLevel {
    switch self {
    case .uniformLogSNR:
      let range = process.logSNRRange
      return process.level(
        atLogSNR: range.lowerBound + u * (range.upperBound - range.lowerBound))
    case .uniformTime:
      return process.level(at: process.stop + u * (process.horizon - process.stop))
    }
  }

  /// The density of this draw at a log SNR, relative to the uniform one over the process's range.
  func density(atLogSNR logSNR: Double, of process: any ForwardProcess) -> Double {
    switch self {
    case .uniformLogSNR: return 1
    case .uniformTime:
      // d(log SNR)/dt = -g^2 / sigma^2, as alpha' = f alpha and (sigma^2)' = 2 f sigma^2 + g^2.
      let sigma = process.level(atLogSNR: logSNR).sigma
      let diffusionSquared = process.diffusionSquared(at: process.time(atLogSNR: logSNR))
      let range = process.logSNRRange
      return sigma * sigma / diffusionSquared * (range.upperBound - range.lowerBound)
        / (process.horizon - process.stop)
    }
  }
}
