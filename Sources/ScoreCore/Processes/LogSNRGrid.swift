/// Equal steps in the log signal-to-noise ratio.
///
/// Source: Lu et al. 2022 (arXiv:2206.00927).
public struct LogSNRGrid: TimeGrid {
  public init() {}

  public func times(stepCount: Int, process: any ForwardProcess) -> [Double] {
    GridPlacement.times(
      stepCount: stepCount, process: process, equalStepsIn: { $0 }, inverse: { $0 })
  }
}

extension CatalogEntry where Member == any TimeGrid {
  static let logSNR = Self(
    name: "log_snr", summary: "equal steps in the log signal-to-noise ratio",
    source: "Lu et al. 2022 (arXiv:2206.00927)"
  ) { _ in LogSNRGrid() }
}
