/// A table of data points, smoothed by a Gaussian of stated bandwidth.
///
/// The distribution is the mixture of one isotropic Gaussian at each point (a kernel density
/// estimate), so its score is exact; what it says about the population behind the data is another
/// question. A bandwidth far below the distances between points gives nearly the data themselves.
///
/// Source: Rosenblatt 1956; Parzen 1962.
public struct SmoothedPoints: KnownScoreDistribution {
  /// The most columns and rows a table may have.
  static let dimensionLimit = 784
  static let rowLimit = 100_000

  /// How data become model coordinates.
  public enum Scaling: Sendable, Equatable {
    /// As they are.
    case none
    /// Each column centred and divided by its own deviation.
    case columns
    /// Each column centred, and all divided by one number so that their mean variance is 1.
    case whole
  }

  /// The distribution in model coordinates.
  public let mixture: IsotropicMixture
  /// The data in model coordinates, `[rows, dimension]`.
  public let data: Points
  /// The standard deviation of the smoothing, in model coordinates.
  public let bandwidth: Double
  /// How rows are pictures; nil where they are none, or not known to be any.
  public internal(set) var images: ImageFormat?
  /// The class of each row; nil where there are none.
  ///
  /// It changes neither density nor score.
  public internal(set) var labels: PointLabels?

  public var dimension: Int { mixture.dimension }
  public var coordinates: CoordinateFrame { mixture.coordinates }
  public var moments: Moments? { mixture.moments }
  public var covariance: [[Double]]? { mixture.covariance }

  /// Creates the distribution of a table.
  ///
  /// - Parameters:
  ///   - table: At least 2 rows of finite numbers, at most 100,000 by 784.
  ///   - scaling: Deviations are those of the rows given, with divisor n; the scaling is kept in
  ///     ``coordinates``.
  ///   - bandwidth: The deviation of the smoothing, positive, after scaling.
  /// - Throws: ``ParameterError`` if the table does not qualify, naming row or column.
  public init(
    table: DataTable, scaling: Scaling, bandwidth: Double
  ) throws(ParameterError) {
    try SmoothedPoints.check(table)
    var frame = CoordinateFrame(dimension: table.points.dimension)
    frame.names = table.names
    if scaling != .none { frame = try SmoothedPoints.frame(of: table, scaling) }
    self.init(data: table.points, frame: frame, bandwidth: bandwidth)
  }

  /// Creates the distribution of data in the user's units under a frame.
  init(data: Points, frame: CoordinateFrame, bandwidth: Double) {
    precondition(bandwidth > 0, "The bandwidth must be positive.")
    let data = frame.modelCoordinates(data)
    self.data = data
    self.bandwidth = bandwidth
    mixture = IsotropicMixture(
      means: data, deviations: Array(repeating: bandwidth, count: data.count), coordinates: frame)
  }

  /// The distribution of some of the rows (at least one, by number from 0), each as likely as another,
  /// in the same coordinates.
  public func keeping(rows: [Int]) -> SmoothedPoints { SmoothedPoints(self, rows: rows) }

  private init(_ whole: SmoothedPoints, rows: [Int]) {
    data = whole.data.rows(at: rows)
    bandwidth = whole.bandwidth
    mixture = IsotropicMixture(
      means: data, deviations: Array(repeating: bandwidth, count: rows.count),
      coordinates: whole.coordinates)
    images = whole.images
    labels = whole.labels.map { labels in
      PointLabels(names: labels.names, values: rows.map { labels.values[$0] })
    }
  }

  static func check(_ table: DataTable) throws(ParameterError) {
    let points = table.points
    guard points.count >= 2 else {
      throw ParameterError(
        path: ["file"], message: "at least 2 rows are needed; there are \(points.count)")
    }
    guard points.count <= rowLimit else {
      throw ParameterError(
        path: ["file"], message: "at most \(rowLimit) rows are allowed; there are \(points.count)")
    }
    guard points.dimension <= dimensionLimit else {
      throw ParameterError(
        path: ["columns"],
        message: "at most \(dimensionLimit) columns are allowed; there are \(points.dimension)")
    }
    if let bad = points.values.firstIndex(where: { !$0.isFinite }) {
      throw ParameterError(
        path: ["file"],
        message: "row \(bad / points.dimension + 1) of column "
          + "\"\(table.names[bad % points.dimension])\" is not a finite number")
    }
  }

  private static func frame(
    of table: DataTable, _ scaling: Scaling
  ) throws(ParameterError) -> CoordinateFrame {
    var frame = CoordinateFrame(dimension: table.points.dimension)
    frame.names = table.names
    var variances: [Double] = []
    for axis in 0..<table.points.dimension {
      let column = table.points.column(axis)
      let mean = column.reduce(0, +) / Double(column.count)
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)
      // The variance of equal values need not round to 0, so constancy is tested on the values.
      let isConstant = !column.contains { $0 != column[0] }
      if let problem = problem(ofVariance: variance, isConstant: isConstant, scaling) {
        throw ParameterError(
          path: ["columns"],
          message: "column \"\(table.names[axis])\" \(problem)")
      }
      frame.offset[axis] = mean
      frame.scale[axis] = variance.squareRoot()
      variances.append(isConstant ? 0 : variance)
    }
    guard scaling == .whole else { return frame }
    let mean = variances.reduce(0, +) / Double(variances.count)
    guard mean > 0 && mean.isFinite else {
      throw ParameterError(path: ["file"], message: "all rows are equal and cannot be standardised")
    }
    frame.scale = Array(repeating: mean.squareRoot(), count: variances.count)
    return frame
  }

  /// Why a column cannot be divided by its deviation; nil if it can be.
  private static func problem(
    ofVariance variance: Double, isConstant: Bool, _ scaling: Scaling
  ) -> String? {
    if isConstant && scaling == .columns {
      return "is constant and cannot be standardised; leave it out or set standardize to false"
    }
    // Squares leave the range of float64 from about 1e154 up and 1e-162 down.
    let advice = "to be standardised in double precision; change its unit or leave it out"
    guard variance.isFinite else { return "has numbers too large \(advice)" }
    return variance > 0 || scaling == .whole ? nil : "varies too little \(advice)"
  }

  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    mixture.sample(count: count, using: &stream)
  }

  public func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    mixture.logDensity(at: x, level: level)
  }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    mixture.score(at: x, level: level)
  }

  public func logDensityAndScore(
    at x: Points, level: NoiseLevel
  ) -> (logDensity: [Double], score: Points) {
    mixture.logDensityAndScore(at: x, level: level)
  }

  public func fisherInformation(at level: NoiseLevel) -> Double? {
    mixture.fisherInformation(at: level)
  }
}

extension ParameterDescription {
  /// The smoothing of distributions made from data points.
  static let bandwidth = ParameterDescription(
    "bandwidth", "deviation of the smoothing, in standardised units",
    .number(default: 0.1, range: 1e-6...1e6))
}
