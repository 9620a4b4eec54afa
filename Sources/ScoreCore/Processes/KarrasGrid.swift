import Glibc

/// Equal steps in `(sigma / alpha)^(1 / rho)`, the noise in variance-exploding coordinates.
///
/// The paper's last step, from its smallest noise to none, is not among them: a pass ends at the
/// process's stop.
///
/// Source: Karras, Aittala, Aila and Laine 2022 (arXiv:2206.00364), eq. 5.
public struct KarrasGrid: TimeGrid {
  /// How much the steps crowd towards small noise; 1 gives equal steps in the noise.
  public let rho: Double

  /// Creates the grid.
  ///
  /// - Precondition: `rho` is positive.
  public init(rho: Double = 7) {
    precondition(rho > 0, "The exponent must be positive.")
    self.rho = rho
  }

  public func times(stepCount: Int, process: any ForwardProcess) -> [Double] {
    GridPlacement.times(
      stepCount: stepCount, process: process, equalStepsIn: { exp(-$0 / (2 * rho)) },
      inverse: { -2 * rho * log($0) })
  }
}

extension CatalogEntry where Member == any TimeGrid {
  static let karras = Self(
    name: "karras", summary: "equal steps in (sigma / alpha)^(1 / rho)",
    source: "Karras et al. 2022 (arXiv:2206.00364), eq. 5",
    parameters: [
      ParameterDescription(
        "rho", "how much the steps crowd towards small noise",
        .number(default: 7, range: 1...100))
    ]
  ) { parameters in KarrasGrid(rho: parameters.number("rho")) }
}
