import Glibc

/// Steps in proportion to the process's time: a constant ratio from one time to the next.
public struct GeometricGrid: TimeGrid {
  public init() {}

  public func times(stepCount: Int, process: any ForwardProcess) -> [Double] {
    let (horizon, span) = (process.horizon, log(process.stop / process.horizon))
    return GridPlacement.times(stepCount: stepCount, process: process) { fraction in
      horizon * exp(fraction * span)
    }
  }
}

extension CatalogEntry where Member == any TimeGrid {
  static let geometric = Self(
    name: "geometric", summary: "a constant ratio of times", source: "standard"
  ) { _ in GeometricGrid() }
}
