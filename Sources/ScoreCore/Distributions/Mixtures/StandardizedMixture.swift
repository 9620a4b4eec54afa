/// Moves and scales a mixture so that its mean is 0 and its mean variance over the axes is 1.
///
/// One factor for all axes keeps shapes as they are. The moments are exact, from the components:
/// `Var = E[within] + Var[centres]`, axis by axis.
struct StandardizedMixture {
  /// The mean before, `[dimension]`.
  let offset: [Double]
  /// The root of the mean variance over the axes before.
  let scale: Double

  /// Finds the moments of a mixture of equally weighted parts.
  ///
  /// - Parameters:
  ///   - centres: The mean of each part.
  ///   - variance: The variance of each part along each axis, averaged over the axes.
  init(centres: Points, variance: Double) {
    let moments = Moments(
      mixing: (0..<centres.count).lazy.map { row in
        (1, Moments(mean: centres.row(row), variance: variance))
      })
    offset = moments.mean
    scale = moments.variance.squareRoot()
  }

  /// A coordinate after standardisation.
  func standardized(_ value: Double, axis: Int) -> Double { (value - offset[axis]) / scale }

  /// Equally weighted isotropic components of one deviation, standardised.
  static func isotropic(centres: Points, deviation: Double) -> IsotropicMixture {
    let frame = StandardizedMixture(centres: centres, variance: deviation * deviation)
    var means = centres
    for row in 0..<means.count {
      for axis in 0..<means.dimension {
        means[row, axis] = frame.standardized(centres[row, axis], axis: axis)
      }
    }
    return IsotropicMixture(
      means: means, deviations: Array(repeating: deviation / frame.scale, count: means.count))
  }
}
