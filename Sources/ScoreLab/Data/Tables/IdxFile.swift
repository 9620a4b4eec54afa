import ScoreCore

/// Reads IDX files, the format of MNIST: unsigned bytes in one to three dimensions.
///
/// One row of the table is one image (or one label); its pixels come row by row.
///
/// Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits", file format.
enum IdxFile {
  /// Whether bytes start as an IDX file of any element type does.
  static func isIdx(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 4 && bytes[0] == 0 && bytes[1] == 0 && (0x08...0x0E).contains(bytes[2])
      && (1...8).contains(bytes[3])
  }

  /// Reads the wanted pixels, `[images, pixels]`.
  ///
  /// Pixels are called `r0c0`, `r0c1`, ... by row and column; labels are one column, c1.
  ///
  /// - Throws: ``DataFileError`` for other elements, sizes that do not fit the file, and files
  ///   that are too large.
  static func parse(
    _ bytes: [UInt8], file: String, columns wanted: [String], limits: DataFile.Limits
  ) throws(DataFileError) -> DataTable {
    func failure(_ message: String) -> DataFileError { DataFileError(file: file, message: message) }
    guard bytes[2] == 0x08 else {
      throw failure("IDX elements of type \(bytes[2]); expected unsigned bytes, type 8")
    }
    let rank = Int(bytes[3])
    guard (1...3).contains(rank) else {
      throw failure("an IDX array of \(rank) dimensions; expected 1 to 3")
    }
    let start = 4 + 4 * rank
    guard bytes.count >= start else { throw failure("the IDX file is cut off in its header") }
    let sizes = (0..<rank).map { axis in
      bytes[4 + 4 * axis..<8 + 4 * axis].reduce(0) { $0 << 8 | Int($1) }
    }
    let shape = sizes.map { "\($0)" }.joined(separator: " x ")
    guard sizes.allSatisfy({ $0 >= 1 }) else { throw failure("an empty IDX array, \(shape)") }
    // Each step stays below 2^64: sizes are below 2^32 and the product so far within the limit.
    var cells = 1
    for size in sizes {
      cells *= size
      guard sizes[0] <= limits.rows && cells <= limits.cells else {
        throw failure("more than \(limits.rows) rows or \(limits.cells) cells in \(shape)")
      }
    }
    guard bytes.count - start == cells else {
      let state = bytes.count - start < cells ? "cut off" : "too long"
      throw failure(
        "the IDX file is \(state): \(bytes.count - start) bytes of data where \(shape) belong")
    }
    let pixels = cells / sizes[0]
    let names = ColumnNames(raw: pixelNames(sizes), file: file)
    let places = try names.places(of: wanted)
    var values: [Double] = []
    values.reserveCapacity(sizes[0] * places.count)
    for image in 0..<sizes[0] {
      for place in places { values.append(Double(bytes[start + image * pixels + place])) }
    }
    return DataTable(
      names: places.map { names.shown($0) },
      points: Points(values: values, dimension: places.count))
  }

  private static func pixelNames(_ sizes: [Int]) -> [String] {
    switch sizes.count {
    case 1: ["c1"]
    case 2: (0..<sizes[1]).map { "c\($0 + 1)" }
    default: (0..<sizes[1]).flatMap { row in (0..<sizes[2]).map { "r\(row)c\($0)" } }
    }
  }
}
