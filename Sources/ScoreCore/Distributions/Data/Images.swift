/// Images of a file in the IDX format, each smoothed by a Gaussian.
///
/// The first images of the file as points, one coordinate a pixel, with pixels from 0 to 255. They
/// are centred and scaled as a whole, or mapped to -1...1.
enum Images {
  /// Makes the distribution.
  ///
  /// - Parameters:
  ///   - table: One row an image.
  ///   - count: How many of them are used, from the start.
  ///   - standardize: Whether pixels are centred and all divided by one deviation; else 0...255
  ///     becomes -1...1.
  ///   - bandwidth: The deviation of the smoothing, after scaling.
  /// - Returns: As many components as images.
  /// - Throws: ``ParameterError`` if there are too few images or too many pixels.
  static func distribution(
    of table: DataTable, count: Int, standardize: Bool, bandwidth: Double
  ) throws(ParameterError) -> SmoothedPoints {
    guard table.points.count >= count else {
      throw ParameterError(
        path: ["count"],
        message: "expected at most \(table.points.count), the number of images in the file")
    }
    let table = DataTable(names: table.names, points: table.points.rows(0..<count))
    var points: SmoothedPoints
    if standardize {
      points = try SmoothedPoints(table: table, scaling: .whole, bandwidth: bandwidth)
    } else {
      try SmoothedPoints.check(table)
      let middle = Array(repeating: 127.5, count: table.names.count)
      points = SmoothedPoints(
        data: table.points,
        frame: CoordinateFrame(names: table.names, offset: middle, scale: middle),
        bandwidth: bandwidth)
    }
    points.images = format(of: table)
    return points
  }

  /// The pictures of a table whose columns are pixels: `r0c0` to the row and column of the last.
  private static func format(of table: DataTable) -> ImageFormat? {
    let numbers = (table.names.last ?? "").split { !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count == 2, table.names[0] == "r0c0",
      (numbers[0] + 1) * (numbers[1] + 1) == table.points.dimension
    else { return ImageFormat(squaresOf: table.points) }
    return ImageFormat(width: numbers[1] + 1, height: numbers[0] + 1, data: table.points)
  }
}

extension DistributionCatalog.Entry {
  static let images = DistributionCatalog.Entry(
    name: "images",
    summary: "images of an IDX file (MNIST's format), each smoothed by a Gaussian",
    source: "kernel density; Rosenblatt 1956, Parzen 1962",
    parameters: [
      ParameterDescription(
        "file", "the IDX file of the images, unpacked", .text(default: nil)),
      ParameterDescription(
        "count", "how many images, from the start; 0 for all",
        .integer(default: 1000, range: 0...100_000)),
      ParameterDescription(
        "standardize", "centre pixels and divide all by one deviation; else 0..255 becomes -1..1",
        .flag(default: true)),
      .bandwidth,
    ],
    make: { parameters, source in
      let table = try source.table(file: parameters.text("file"), columns: [])
      let count = parameters.integer("count")
      return try Images.distribution(
        of: table, count: count == 0 ? table.points.count : count,
        standardize: parameters.flag("standardize"), bandwidth: parameters.number("bandwidth"))
    })
}
