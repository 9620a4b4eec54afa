/// A table of data points, smoothed by a Gaussian of stated bandwidth.
///
/// The law is the mixture of one isotropic Gaussian at each point (a kernel density estimate), so
/// its score is exact; what it says about the population behind the data is another question. A
/// bandwidth far below the distances between points gives nearly the data themselves.
///
/// Source: Rosenblatt 1956; Parzen 1962.
public struct SmoothedPoints: KnownScoreDistribution {
  /// The most columns and rows a table may have.
  static let dimensionLimit = 784
  static let rowLimit = 100_000

  /// The law in model coordinates.
  public let mixture: IsotropicMixture
  /// The data in model coordinates, `[rows, dimension]`.
  public let data: Points
  /// The standard deviation of the smoothing, in model coordinates.
  public let bandwidth: Double

  public var dimension: Int { mixture.dimension }
  public var coordinates: CoordinateFrame { mixture.coordinates }

  /// Creates the law of a table.
  ///
  /// - Parameters:
  ///   - table: At least 2 rows of finite numbers, at most 100,000 by 784.
  ///   - standardize: Whether each column is centred and divided by its standard deviation (of
  ///     the rows given, with divisor n); the scaling is kept in ``coordinates``.
  ///   - bandwidth: The deviation of the smoothing, positive, after standardisation.
  /// - Throws: ``ParameterError`` if the table does not qualify, naming row or column.
  public init(
    table: DataTable, standardize: Bool, bandwidth: Double
  ) throws(ParameterError) {
    precondition(bandwidth > 0, "The bandwidth must be positive.")
    try SmoothedPoints.check(table)
    var frame = CoordinateFrame(dimension: table.points.dimension)
    frame.names = table.names
    var data = table.points
    if standardize {
      frame = try SmoothedPoints.standardFrame(of: table)
      for row in 0..<data.count {
        for axis in 0..<data.dimension {
          data[row, axis] = (data[row, axis] - frame.offset[axis]) / frame.scale[axis]
        }
      }
    }
    self.data = data
    self.bandwidth = bandwidth
    mixture = IsotropicMixture(
      means: data, deviations: Array(repeating: bandwidth, count: data.count), coordinates: frame)
  }

  private static func check(_ table: DataTable) throws(ParameterError) {
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

  private static func standardFrame(of table: DataTable) throws(ParameterError) -> CoordinateFrame {
    var frame = CoordinateFrame(dimension: table.points.dimension)
    frame.names = table.names
    for axis in 0..<table.points.dimension {
      let column = table.points.column(axis)
      let mean = column.reduce(0, +) / Double(column.count)
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)
      // The variance of equal values need not round to 0, so constancy is tested on the values.
      guard column.contains(where: { $0 != column[0] }), variance > 0, variance.isFinite else {
        throw ParameterError(
          path: ["columns"],
          message: "column \"\(table.names[axis])\" is constant and cannot be standardised; "
            + "leave it out or set standardize to false")
      }
      frame.offset[axis] = mean
      frame.scale[axis] = variance.squareRoot()
    }
    return frame
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

  public func fisherInformation(at level: NoiseLevel) -> Double? {
    mixture.fisherInformation(at: level)
  }
}

extension ParameterDescription {
  /// The smoothing of laws made from data points.
  static let bandwidth = ParameterDescription(
    "bandwidth", "deviation of the smoothing, in standardised units",
    .number(default: 0.1, range: 1e-6...1e6))
}

extension DistributionCatalog.Entry {
  static let points = DistributionCatalog.Entry(
    name: "points",
    summary: "the rows of a file, each smoothed by a Gaussian",
    source: "kernel density; Rosenblatt 1956, Parzen 1962",
    parameters: [
      ParameterDescription("file", "the table", .text(default: nil)),
      ParameterDescription("columns", "names of the columns used; all if not given", .structured),
      ParameterDescription(
        "standardize", "centre each column and divide it by its deviation", .flag(default: true)),
      .bandwidth,
    ],
    make: { parameters, source in
      var columns: [String] = []
      if let value = parameters.values["columns"] {
        for (index, item) in try value.list(at: ["columns"], of: "column names").enumerated() {
          columns.append(try item.text(at: ["columns", "\(index)"]))
        }
      }
      return try SmoothedPoints(
        table: try source.table(file: parameters.text("file"), columns: columns),
        standardize: parameters.flag("standardize"), bandwidth: parameters.number("bandwidth"))
    })
}
