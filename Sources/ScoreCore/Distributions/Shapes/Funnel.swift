import Glibc

/// A funnel: Gaussians of exponentially growing deviation side by side, as a mixture.
///
/// Component i stands at `v_i`, an even quantile of `N(0, spread^2)`, with deviation
/// `exp(v_i / 2)` across and `spread / 8` along; the whole is standardised by one factor.
///
/// Source: after the funnel of Neal 2003, Annals of Statistics 31(3), 705-767, with components in
/// place of its continuous neck.
enum Funnel {
  private static let count = 40

  /// Makes the distribution.
  ///
  /// - Parameter spread: The deviation of the logarithm of the variance across; Neal's is 3.
  /// - Returns: Forty components of mean 0 and mean variance 1.
  static func mixture(spread: Double) -> GaussianMixture {
    let positions = NormalQuantiles.even(count).map { spread * $0 }
    let along = spread / 8
    let square = positions.reduce(0) { $0 + $1 * $1 + exp($1) } / Double(count)
    // The positions are even about 0, so the mean is 0 as it stands.
    let scale = ((square + along * along) / 2).squareRoot()
    return GaussianMixture(
      positions.map { v in
        .init(mean: [v / scale, 0], spread: .diagonal([along / scale, exp(v / 2) / scale]))
      })
  }
}

extension DistributionCatalog.Entry {
  static let funnel = DistributionCatalog.Entry(
    name: "funnel",
    summary:
      "Gaussians of exponentially growing deviation side by side: many scales in one distribution",
    source: "after Neal 2003; exact because the distribution is the mixture",
    parameters: [
      ParameterDescription(
        "spread", "deviation of the log variance across; Neal's funnel has 3",
        .number(default: 1, range: 0.01...5))
    ],
    make: { parameters, _ in Funnel.mixture(spread: parameters.number("spread")) })
}
