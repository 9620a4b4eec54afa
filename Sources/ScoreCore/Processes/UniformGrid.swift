/// Equal steps in the process's time.
public struct UniformGrid: TimeGrid {
  public init() {}

  public func times(stepCount: Int, process: any ForwardProcess) -> [Double] {
    let (horizon, stop) = (process.horizon, process.stop)
    return GridPlacement.times(stepCount: stepCount, process: process) { fraction in
      horizon + fraction * (stop - horizon)
    }
  }
}

extension CatalogEntry where Member == any TimeGrid {
  static let uniform = Self(
    name: "uniform", summary: "equal steps in time", source: "standard"
  ) { _ in UniformGrid() }
}
