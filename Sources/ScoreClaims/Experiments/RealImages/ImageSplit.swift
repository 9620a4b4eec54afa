import ScoreCore
import ScoreLab

/// Images in two parts, each as a distribution of smoothed points.
struct ImageSplit: Sendable {
  /// The fewest images of either part, as metrics of samples need them.
  private static let leastPart = 20

  /// The images to learn, in model coordinates.
  let training: Points
  let heldOut: Points
  let bandwidth: Double
  /// The user's units, in which pixels have their brightness.
  let frame: CoordinateFrame
  /// How rows are square images; nil for rows that are none.
  let images: ImageFormat?

  /// Splits the rows of a distribution of data points at random.
  ///
  /// - Throws: ``ParameterError`` where the distribution has no rows or too few.
  init(_ distribution: any KnownScoreDistribution, setup: ExperimentSetup) throws(ParameterError) {
    guard let distribution = distribution as? SmoothedPoints else {
      throw ParameterError(
        path: ["run", "distribution", "kind"],
        message: "expected a distribution of data rows such as digits or images, found "
          + setup.run.distribution.kind)
    }
    let most = distribution.data.count - Self.leastPart
    guard let count = setup.run.trainingSet.fixedCount, Self.leastPart <= count, count <= most
    else {
      throw ParameterError(
        path: ["run", "training_set", "count"],
        message:
          "expected \(Self.leastPart) to \(most) of the \(distribution.data.count) rows, found "
          + setup.run.trainingSet.count.text)
    }
    var stream = RandomStream(seed: setup.seed, purpose: .experiment)
    let order = distribution.data.shuffledRows(using: &stream)
    training = distribution.data.rows(at: order.prefix(count))
    heldOut = distribution.data.rows(at: order.dropFirst(count))
    bandwidth = distribution.bandwidth
    frame = distribution.coordinates
    images = ImageFormat(squaresOf: frame.userUnits(distribution.data))
  }

  var trainingDistribution: IsotropicMixture { distribution(of: training) }
  var heldOutDistribution: IsotropicMixture { distribution(of: heldOut) }

  private func distribution(of points: Points) -> IsotropicMixture {
    IsotropicMixture(
      means: points, deviations: Array(repeating: bandwidth, count: points.count))
  }

  /// The nearest training image of each point.
  func nearest(to points: Points) -> Points { training.rows(at: training.nearestRows(to: points)) }
}
