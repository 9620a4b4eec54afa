import Glibc

/// Equal steps in the angle `atan(sigma / alpha)`.
///
/// For a variance-preserving process `alpha` is the angle's cosine and `sigma` its sine, which is
/// how the cosine process spaces equal steps in time.
public struct CosineGrid: TimeGrid {
  public init() {}

  public func times(stepCount: Int, process: any ForwardProcess) -> [Double] {
    GridPlacement.times(
      stepCount: stepCount, process: process, equalStepsIn: { atan(exp(-$0 / 2)) },
      inverse: { -2 * log(tan($0)) })
  }
}

extension CatalogEntry where Member == any TimeGrid {
  static let cosine = Self(
    name: "cosine", summary: "equal steps in the angle atan(sigma / alpha)",
    source: "after Nichol and Dhariwal 2021 (arXiv:2102.09672), section 3.2"
  ) { _ in CosineGrid() }
}
