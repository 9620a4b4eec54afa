/// Integrals over an interval, refined where the integrand needs it.
///
/// Source: the Gauss-Kronrod pair (7, 15) of QUADPACK (Piessens et al. 1983), routine qk15.
package enum AdaptiveQuadrature {
  /// Integrates a function that is evaluated for many arguments at once.
  ///
  /// A panel is halved until its two rules differ by less than `tolerance` times the integral of
  /// the absolute value, which for smooth integrands leaves a much smaller error. A panel that
  /// is still unsettled after 40 rounds counts as it stands.
  ///
  /// - Parameters:
  ///   - breakpoints: The ends and the inner points where panels start, ascending, at least two.
  ///   - tolerance: The relative difference that settles a panel.
  ///   - function: The integrand; returns one value for each argument.
  /// - Returns: The integral from the first to the last breakpoint.
  package static func integrate(
    over breakpoints: [Double], tolerance: Double = 1e-10, _ function: ([Double]) -> [Double]
  ) -> Double {
    estimate(over: breakpoints, tolerance: tolerance, function).integral
  }

  /// The same with its error.
  ///
  /// - Parameters:
  ///   - breakpoints: As above.
  ///   - tolerance: As above.
  ///   - noise: A difference that settles a panel in any case; of an integrand that is itself known
  ///     only to so much, more panels would only see the noise.
  ///   - function: As above.
  /// - Returns: The integral, and the sum of the differences of the two rules, which is far above
  ///   the error where the integrand is smooth.
  package static func estimate(
    over breakpoints: [Double], tolerance: Double, noise: Double = 0,
    _ function: ([Double]) -> [Double]
  ) -> (integral: Double, error: Double) {
    precondition(breakpoints.count >= 2, "An integral needs two ends.")
    var panels = zip(breakpoints, breakpoints.dropFirst()).map { (low: $0, high: $1) }
    var settled = 0.0
    var settledSize = 0.0
    var error = 0.0
    for round in 0..<40 where !panels.isEmpty {
      let values = function(panels.flatMap { panel in arguments(from: panel.low, to: panel.high) })
      let estimates = panels.indices.map { index in
        estimate(
          values[index * 15..<(index + 1) * 15],
          halfWidth: (panels[index].high - panels[index].low) / 2)
      }
      let size = settledSize + estimates.reduce(0) { $0 + $1.size }
      var unsettled: [(low: Double, high: Double)] = []
      for (panel, estimate) in zip(panels, estimates) {
        if estimate.difference <= max(tolerance * size, noise) || round == 39 {
          settled += estimate.integral
          settledSize += estimate.size
          error += estimate.difference
        } else {
          let middle = (panel.low + panel.high) / 2
          unsettled += [(panel.low, middle), (middle, panel.high)]
        }
      }
      panels = unsettled
    }
    return (settled, error)
  }

  private static func arguments(from low: Double, to high: Double) -> [Double] {
    let middle = (low + high) / 2
    return nodes.map { middle + (high - low) / 2 * $0 }
  }

  private static func estimate(
    _ values: ArraySlice<Double>, halfWidth: Double
  ) -> (integral: Double, size: Double, difference: Double) {
    var kronrod = 0.0
    var gauss = 0.0
    var size = 0.0
    for (index, value) in values.enumerated() {
      kronrod += kronrodWeights[index] * value
      size += kronrodWeights[index] * abs(value)
      if index % 2 == 1 { gauss += gaussWeights[index / 2] * value }
    }
    return (kronrod * halfWidth, size * halfWidth, abs(kronrod - gauss) * halfWidth)
  }

  private static let positiveNodes = [
    0.991_455_371_120_812_64, 0.949_107_912_342_758_52, 0.864_864_423_359_769_07,
    0.741_531_185_599_394_44, 0.586_087_235_467_691_13, 0.405_845_151_377_397_17,
    0.207_784_955_007_898_47,
  ]
  static let nodes = positiveNodes.map { -$0 } + [0] + positiveNodes.reversed()
  private static let halfKronrod = [
    0.022_935_322_010_529_225, 0.063_092_092_629_978_553, 0.104_790_010_322_250_18,
    0.140_653_259_715_525_92, 0.169_004_726_639_267_9, 0.190_350_578_064_785_41,
    0.204_432_940_075_298_89,
  ]
  static let kronrodWeights = halfKronrod + [0.209_482_141_084_727_83] + halfKronrod.reversed()
  private static let halfGauss = [
    0.129_484_966_168_869_69, 0.279_705_391_489_276_67, 0.381_830_050_505_118_94,
  ]
  static let gaussWeights = halfGauss + [0.417_959_183_673_469_39] + halfGauss.reversed()
}
