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
  ///   - labels: The class of each image of the file, or nil.
  ///   - average: The side of the squares of pixels that become one, their mean.
  ///   - standardize: Whether pixels are centred and all divided by one deviation; else 0...255
  ///     becomes -1...1.
  ///   - bandwidth: The deviation of the smoothing, after scaling.
  /// - Returns: As many components as images.
  /// - Throws: ``ParameterError`` if there are too few images or too many pixels.
  static func distribution(
    of table: DataTable, count: Int, labels: PointLabels?, average: Int, standardize: Bool,
    bandwidth: Double
  ) throws(ParameterError) -> SmoothedPoints {
    guard table.points.count >= count else {
      throw ParameterError(
        path: ["count"],
        message: "expected at most \(table.points.count), the number of images in the file")
    }
    if let labels, labels.values.count != table.points.count {
      throw ParameterError(
        path: ["labels"],
        message: "expected \(table.points.count) labels, one an image; the file has "
          + "\(labels.values.count)")
    }
    let table = try averaged(
      DataTable(names: table.names, points: table.points.rows(0..<count)), side: average)
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
    points.labels = labels.map {
      PointLabels(names: $0.names, values: Array($0.values.prefix(count)))
    }
    return points
  }

  /// The images with the mean of each square of pixels in its place.
  private static func averaged(
    _ table: DataTable, side: Int
  ) throws(ParameterError) -> DataTable {
    guard side > 1 else { return table }
    guard let (width, height) = size(of: table), width % side == 0, height % side == 0 else {
      throw ParameterError(
        path: ["average"],
        message: "expected a divisor of the images' width and height, found \(side)")
    }
    let (across, down) = (width / side, height / side)
    let area = Double(side * side)
    var points = Points(zeros: table.points.count, dimension: across * down)
    for image in 0..<points.count {
      for pixel in 0..<width * height {
        let (row, column) = (pixel / width / side, pixel % width / side)
        points[image, row * across + column] += table.points[image, pixel] / area
      }
    }
    let names = (0..<down).flatMap { row in (0..<across).map { "r\(row)c\($0)" } }
    return DataTable(names: names, points: points)
  }

  /// The pictures of a table whose columns are pixels: `r0c0` to the row and column of the last.
  private static func format(of table: DataTable) -> ImageFormat? {
    guard let (width, height) = size(of: table) else {
      return ImageFormat(squaresOf: table.points)
    }
    return ImageFormat(width: width, height: height, data: table.points)
  }

  /// Width and height by the names of the columns; nil where these are no pixels.
  private static func size(of table: DataTable) -> (width: Int, height: Int)? {
    let numbers = (table.names.last ?? "").split { !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count == 2, table.names[0] == "r0c0",
      (numbers[0] + 1) * (numbers[1] + 1) == table.points.dimension
    else { return nil }
    return (numbers[1] + 1, numbers[0] + 1)
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
        "labels", "the IDX file of the images' classes, unpacked; empty for none",
        .text(default: "")),
      ParameterDescription(
        "average", "side of the squares of pixels that become one, their mean; 1 keeps all",
        .integer(default: 1, range: 1...28)),
      ParameterDescription(
        "standardize", "centre pixels and divide all by one deviation; else 0..255 becomes -1..1",
        .flag(default: true)),
      .bandwidth,
    ],
    make: { parameters, source in
      let table = try source.table(file: parameters.text("file"), columns: [])
      let count = parameters.integer("count")
      let file = parameters.text("labels")
      let labels =
        file.isEmpty
        ? nil
        : try PointLabels(source.table(file: file, columns: []).points.values, path: "labels")
      return try Images.distribution(
        of: table, count: count == 0 ? table.points.count : count, labels: labels,
        average: parameters.integer("average"), standardize: parameters.flag("standardize"),
        bandwidth: parameters.number("bandwidth"))
    })
}
