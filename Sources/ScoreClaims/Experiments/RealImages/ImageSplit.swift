import Glibc
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
  /// The least and the largest pixel of all images, in the user's units.
  private let brightness: ClosedRange<Double>

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
    let pixels = frame.userUnits(distribution.data).values
    let (low, high) = (pixels.min() ?? 0, pixels.max() ?? 1)
    brightness = low...max(high, low + .leastNormalMagnitude)
  }

  var trainingDistribution: IsotropicMixture { distribution(of: training) }
  var heldOutDistribution: IsotropicMixture { distribution(of: heldOut) }

  private func distribution(of points: Points) -> IsotropicMixture {
    IsotropicMixture(
      means: points, deviations: Array(repeating: bandwidth, count: points.count))
  }

  /// The side of square images; nil for rows that are none.
  var side: Int? {
    let side = Int(Double(training.dimension).squareRoot().rounded())
    return side * side == training.dimension ? side : nil
  }

  /// Pixels from 0, the darkest of all images, to 1.
  func pixels(_ points: Points) -> [Double] {
    let width = brightness.upperBound - brightness.lowerBound
    return frame.userUnits(points).values.map { ($0 - brightness.lowerBound) / width }
  }

  /// The nearest training image of each point.
  func nearest(to points: Points) -> Points {
    training.rows(
      at: (0..<points.count).map { row in
        let distances = (0..<training.count).map { image in
          (0..<points.dimension).reduce(0.0) { sum, axis in
            let gap = points[row, axis] - training[image, axis]
            return sum + gap * gap
          }
        }
        return distances.indices.min { distances[$0] < distances[$1] } ?? 0
      })
  }
}
