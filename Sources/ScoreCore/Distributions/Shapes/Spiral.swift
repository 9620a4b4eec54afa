import Glibc

/// An Archimedean spiral of outer radius 1, as a mixture.
///
/// One hundred isotropic components a turn stand at radius `u` and angle `2 pi turns u`, with `u`
/// the root of an even grid, which spaces them nearly evenly along the curve; the whole is
/// standardised. The distribution is this mixture, so its score is exact.
enum Spiral {
  /// Makes the distribution.
  ///
  /// - Parameters:
  ///   - turns: How often the curve goes round.
  ///   - noise: The deviation of each component before standardisation, in outer radii.
  /// - Returns: One hundred components a turn, of mean 0 and mean variance 1.
  static func mixture(turns: Double, noise: Double) -> IsotropicMixture {
    let count = Int((100 * turns).rounded(.up))
    let rows = (0..<count).map { index in
      let u = ((Double(index) + 0.5) / Double(count)).squareRoot()
      let angle = 2 * Double.pi * turns * u
      return [u * cos(angle), u * sin(angle)]
    }
    return StandardizedMixture.isotropic(centres: Points(rows: rows), deviation: noise)
  }
}

extension DistributionCatalog.Entry {
  static let spiral = DistributionCatalog.Entry(
    name: "spiral",
    summary: "an Archimedean spiral, as a mixture of 100 Gaussians a turn",
    source: "exact because the distribution is the mixture",
    parameters: [
      ParameterDescription(
        "turns", "how often the curve goes round", .number(default: 2, range: 0.5...10)),
      ParameterDescription(
        "noise", "deviation about the curve, in units of its outer radius",
        .number(default: 0.03, range: 0.001...1)),
    ],
    make: { parameters, _ in
      Spiral.mixture(turns: parameters.number("turns"), noise: parameters.number("noise"))
    })
}
