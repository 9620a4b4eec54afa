import NumberFormatting

/// Why a sample cannot be measured, in one line.
public struct MetricError: Error, Equatable, CustomStringConvertible {
  /// The fewest points of a sample that a null can be made for.
  public static let fewestPoints = 20

  /// The largest size of a coordinate; sums of squared distances stay finite.
  public static let largestCoordinate = 1e140

  public var message: String

  public init(message: String) { self.message = message }

  public var description: String { message }

  /// Checks what every metric needs: enough finite points of the reference's dimension.
  public static func check(_ sample: Points, against reference: MetricReference) throws(MetricError)
  {
    guard sample.dimension == reference.dimension else {
      throw MetricError(
        message: "the sample has \(coordinates(sample.dimension)), the reference "
          + "\(coordinates(reference.dimension))")
    }
    try check(sample, called: "the sample")
    if case .sample(let points) = reference.kind { try check(points, called: "the reference") }
    guard let training = reference.training else { return }
    guard training.dimension == sample.dimension else {
      throw MetricError(
        message: "the sample has \(coordinates(sample.dimension)), the training points "
          + "\(coordinates(training.dimension))")
    }
    try check(training, called: "the training set")
  }

  private static func check(_ points: Points, called name: String) throws(MetricError) {
    guard points.count >= fewestPoints else {
      throw MetricError(
        message: "at least \(fewestPoints) points are needed; \(name) has \(points.count)")
    }
    if let bad = points.values.firstIndex(where: { !$0.isFinite }) {
      throw MetricError(
        message: "coordinate \(bad % points.dimension + 1) of point \(bad / points.dimension + 1) "
          + "of \(name) is not a finite number")
    }
    if let bad = points.values.firstIndex(where: { abs($0) > largestCoordinate }) {
      throw MetricError(
        message: "coordinate \(bad % points.dimension + 1) of point \(bad / points.dimension + 1) "
          + "of \(name) is beyond \(largestCoordinate), where squared distances overflow")
    }
  }

  private static func coordinates(_ count: Int) -> String {
    NumberText.counted(count, "coordinate")
  }
}
