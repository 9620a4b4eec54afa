import Glibc

/// Equal isotropic Gaussians evenly around a circle, standardised.
///
/// The distribution is a mixture, so its score is exact.
enum RingOfGaussians {
  static func mixture(count: Int, radius: Double, deviation: Double) -> IsotropicMixture {
    let rows = (0..<count).map { index in
      let angle = 2 * Double.pi * Double(index) / Double(count)
      return [radius * cos(angle), radius * sin(angle)]
    }
    return StandardizedMixture.isotropic(centres: Points(rows: rows), deviation: deviation)
  }
}

extension DistributionCatalog.Entry {
  static let ringOfGaussians = DistributionCatalog.Entry(
    name: "ring_of_gaussians",
    summary: "equal Gaussians evenly around a circle: whether every mode is found",
    source: "the eight-Gaussian benchmark of mode coverage; Metz et al. 2017 (arXiv:1611.02163)",
    parameters: [
      ParameterDescription(
        "count", "how many Gaussians", .integer(default: 8, range: 1...256)),
      ParameterDescription(
        "radius", "of the circle, before standardisation", .number(default: 1, range: 0...1000)),
      ParameterDescription(
        "deviation", "of each Gaussian, before standardisation",
        .number(default: 0.1, range: 0.001...1000)),
    ],
    make: { parameters, _ in
      RingOfGaussians.mixture(
        count: parameters.integer("count"), radius: parameters.number("radius"),
        deviation: parameters.number("deviation"))
    })
}
