/// Two atoms on the line; the noisy distribution is a mixture of two Gaussians of the noise alone.
///
/// Without noise there is neither a density nor a score.
enum TwoPoint {
  /// Makes the distribution.
  ///
  /// - Parameters:
  ///   - separation: The distance of the atoms, which stand evenly about 0.
  ///   - weight: The probability of the right one.
  /// - Returns: Two components of deviation 0.
  static func mixture(separation: Double, weight: Double) -> IsotropicMixture {
    IsotropicMixture(
      means: Points(rows: [[-separation / 2], [separation / 2]]), weights: [1 - weight, weight],
      deviations: [0, 0])
  }
}

extension DistributionCatalog.Entry {
  static let twoPoint = DistributionCatalog.Entry(
    name: "two_point",
    summary: "two atoms: no density without noise, a score that blows up as noise vanishes",
    source: "closed form, a mixture of two Gaussians of the noise",
    parameters: [
      ParameterDescription(
        "separation", "distance of the two atoms", .number(default: 2, range: 0.001...1000)),
      ParameterDescription(
        "weight", "probability of the right one", .number(default: 0.5, range: 1e-6...0.999_999)),
    ],
    make: { parameters, _ in
      TwoPoint.mixture(
        separation: parameters.number("separation"), weight: parameters.number("weight"))
    })
}
