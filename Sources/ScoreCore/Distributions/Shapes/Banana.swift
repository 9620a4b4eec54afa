/// A Gaussian bent along a parabola, as a mixture.
///
/// Sixty isotropic components stand at `(u, bend (u^2 - 1))`, `u` at even quantiles of `N(0, 1)`;
/// the whole is standardised.
///
/// Source: after the twisted Gaussian of Haario, Saksman and Tamminen 1999, Computational
/// Statistics 14, 375-395, with components in place of its continuous ridge.
enum Banana {
  /// Makes the distribution.
  ///
  /// - Parameters:
  ///   - bend: The curvature of the parabola.
  ///   - noise: The deviation of each component before standardisation.
  /// - Returns: Sixty components of mean 0 and mean variance 1.
  static func mixture(bend: Double, noise: Double) -> IsotropicMixture {
    let rows = NormalQuantiles.even(60).map { [$0, bend * ($0 * $0 - 1)] }
    return StandardizedMixture.isotropic(centres: Points(rows: rows), deviation: noise)
  }
}

extension DistributionCatalog.Entry {
  static let banana = DistributionCatalog.Entry(
    name: "banana",
    summary: "a Gaussian bent along a parabola, as a mixture of 60 Gaussians",
    source:
      "after Haario, Saksman and Tamminen 1999; exact because the distribution is the mixture",
    parameters: [
      ParameterDescription(
        "bend", "curvature of the parabola", .number(default: 1, range: -20...20)),
      ParameterDescription(
        "noise", "deviation about the parabola, in deviations along it",
        .number(default: 0.2, range: 0.001...10)),
    ],
    make: { parameters, _ in
      Banana.mixture(bend: parameters.number("bend"), noise: parameters.number("noise"))
    })
}
