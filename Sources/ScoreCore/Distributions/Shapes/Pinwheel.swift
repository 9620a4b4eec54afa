import Glibc

/// Curved arms about a centre, as a mixture.
///
/// Along each arm, 20 isotropic components stand at radii that are even quantiles of
/// `N(1, 0.3^2)`, turned by `twist exp(radius)`; the whole is standardised.
///
/// Source: after the pinwheel of Johnson et al. 2016 (arXiv:1603.06277), with components in place
/// of its continuous arms.
enum Pinwheel {
  private static let perArm = 20

  /// Makes the distribution.
  ///
  /// - Parameters:
  ///   - arms: The number of arms.
  ///   - twist: The angle in radians by which an arm turns for each unit of `exp(radius)`.
  ///   - noise: The deviation of each component before standardisation.
  /// - Returns: Twenty components an arm, of mean 0 and mean variance 1.
  static func mixture(arms: Int, twist: Double, noise: Double) -> IsotropicMixture {
    let rows = (0..<arms).flatMap { arm in
      NormalQuantiles.even(perArm).map { quantile in
        let radius = 1 + 0.3 * quantile
        let angle = 2 * Double.pi * Double(arm) / Double(arms) + twist * exp(radius)
        return [radius * cos(angle), radius * sin(angle)]
      }
    }
    return StandardizedMixture.isotropic(centres: Points(rows: rows), deviation: noise)
  }
}

extension DistributionCatalog.Entry {
  static let pinwheel = DistributionCatalog.Entry(
    name: "pinwheel",
    summary: "curved arms about a centre, as a mixture of 20 Gaussians an arm",
    source:
      "after Johnson et al. 2016 (arXiv:1603.06277); exact because the distribution is the mixture",
    parameters: [
      ParameterDescription("arms", "number of arms", .integer(default: 5, range: 1...32)),
      ParameterDescription(
        "twist", "radians an arm turns for each unit of exp(radius)",
        .number(default: 0.25, range: -5...5)),
      ParameterDescription(
        "noise", "deviation about an arm, in units of its middle radius",
        .number(default: 0.1, range: 0.001...1)),
    ],
    make: { parameters, _ in
      Pinwheel.mixture(
        arms: parameters.integer("arms"), twist: parameters.number("twist"),
        noise: parameters.number("noise"))
    })
}
