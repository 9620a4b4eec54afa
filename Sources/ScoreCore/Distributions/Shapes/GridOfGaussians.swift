/// Equal Gaussians on a square grid, standardised.
///
/// The distribution is a mixture, so its score is exact.
enum GridOfGaussians {
  /// Makes the distribution.
  ///
  /// - Parameters:
  ///   - side: The number of Gaussians along each side.
  ///   - deviation: That of each, in spacings of the grid.
  /// - Returns: `side^2` components of mean 0 and mean variance 1.
  static func mixture(side: Int, deviation: Double) -> IsotropicMixture {
    let rows = (0..<side).flatMap { i in (0..<side).map { [Double(i), Double($0)] } }
    return StandardizedMixture.isotropic(centres: Points(rows: rows), deviation: deviation)
  }
}

extension DistributionCatalog.Entry {
  static let gridOfGaussians = DistributionCatalog.Entry(
    name: "grid_of_gaussians",
    summary: "equal Gaussians on a square grid: many modes, one next to the other",
    source:
      "the 25-Gaussian benchmark of mode coverage; exact because the distribution is the mixture",
    parameters: [
      ParameterDescription(
        "side", "how many along each side", .integer(default: 5, range: 1...32)),
      ParameterDescription(
        "deviation", "of each Gaussian, in spacings of the grid",
        .number(default: 0.1, range: 0.001...10)),
    ],
    make: { parameters, _ in
      GridOfGaussians.mixture(
        side: parameters.integer("side"), deviation: parameters.number("deviation"))
    })
}
