import Glibc

/// Two interleaving half circles, as a mixture.
///
/// 100 isotropic components stand evenly along each of the arcs `(cos a, sin a)` and `(1 - cos a,
/// 0.5 - sin a)`, `a` from 0 to pi; the whole is standardised. Because the distribution *is* this
/// mixture its score is exact: nothing is approximated by the components.
///
/// Source: the arcs are those of scikit-learn's `make_moons` (Pedregosa et al. 2011).
enum TwoMoons {
  /// Makes the distribution.
  ///
  /// - Parameter noise: The deviation of each component before standardisation, in units of the
  ///   arcs' radius.
  /// - Returns: 200 components, of mean 0 and mean variance 1.
  static func mixture(noise: Double) -> IsotropicMixture {
    let angles = (0..<100).map { Double($0) / 99 * Double.pi }
    let rows = angles.map { [cos($0), sin($0)] } + angles.map { [1 - cos($0), 0.5 - sin($0)] }
    return StandardizedMixture.isotropic(centres: Points(rows: rows), deviation: noise)
  }
}

extension DistributionCatalog.Entry {
  static let twoMoons = DistributionCatalog.Entry(
    name: "two_moons",
    summary: "two interleaving half circles, as a mixture of 200 Gaussians",
    source: "arcs of scikit-learn's make_moons; exact because the distribution is the mixture",
    parameters: [
      ParameterDescription(
        "noise", "deviation about the arcs, in units of their radius",
        .number(default: 0.08, range: 0.001...1))
    ],
    make: { parameters, _ in TwoMoons.mixture(noise: parameters.number("noise")) })
}
