import OutsideText
import ScoreCore

/// Reads NumPy's array files: one or two dimensions of float32, float64, int32, int64 or uint8.
///
/// Source: NumPy manual, "numpy.lib.format", versions 1.0 to 3.0.
struct NpyFile {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// How one element is stored, little endian.
  private enum Element: String, CaseIterable {
    case float32 = "<f4"
    case float64 = "<f8"
    case int32 = "<i4"
    case int64 = "<i8"
    case uint8 = "|u1"

    var size: Int {
      switch self {
      case .uint8: 1
      case .float32, .int32: 4
      case .float64, .int64: 8
      }
    }

    func value(bits: UInt64) -> Double {
      switch self {
      case .float32: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
      case .float64: Double(bitPattern: bits)
      case .int32: Double(Int32(truncatingIfNeeded: bits))
      case .int64: Double(Int64(truncatingIfNeeded: bits))
      case .uint8: Double(UInt8(truncatingIfNeeded: bits))
      }
    }
  }

  private let bytes: [UInt8]
  private let file: String
  private let element: Element
  private let isColumnMajor: Bool
  private let start: Int
  private let rows: Int
  private let columns: Int

  /// Reads the wanted columns, `[rows, columns]`; they are called c1, c2, ...
  ///
  /// - Throws: ``DataFileError`` for any other kind of array, a damaged file, and values that are
  ///   not finite, but for NaN where missing values are kept.
  static func parse(
    _ bytes: [UInt8], file: String, columns wanted: [String], limits: DataFile.Limits,
    keepsMissing: Bool = false
  ) throws(DataFileError) -> DataTable {
    let array = try NpyFile(bytes, file: file, limits: limits)
    let names = ColumnNames(count: array.columns, file: file)
    let places = try names.places(of: wanted)
    return DataTable(
      names: places.map { names.shown($0) }, points: try array.points(places, names, keepsMissing))
  }

  private init(
    _ bytes: [UInt8], file: String, limits: DataFile.Limits
  ) throws(DataFileError) {
    func failure(_ message: String) -> DataFileError { DataFileError(file: file, message: message) }
    let (text, start) = try NpyFile.headerText(bytes, file: file)
    guard let header = NpyHeader(text) else { throw failure("the npy header cannot be understood") }
    // '=' is the writer's own order, which is little endian wherever this program runs.
    let type = header.type.replacing("=", with: "<").replacing("<u1", with: "|u1")
    guard let element = Element(rawValue: type) else {
      let known = "float32, float64, int32, int64 or uint8, little endian"
      throw failure("npy elements \"\(SafeText.sanitized(header.type))\"; expected \(known)")
    }
    guard (1...2).contains(header.shape.count) else {
      throw failure("an npy array of \(header.shape.count) dimensions; expected 1 or 2")
    }
    rows = header.shape[0]
    columns = header.shape.count == 2 ? header.shape[1] : 1
    guard rows >= 1, columns >= 1 else { throw failure("no rows of data in the npy array") }
    guard rows <= limits.rows, columns <= limits.cells / rows else {
      throw failure("more than \(limits.rows) rows or \(limits.cells) cells")
    }
    let expected = rows * columns * element.size
    guard bytes.count - start == expected else {
      let state = bytes.count - start < expected ? "cut off" : "too long"
      throw failure(
        "the npy file is \(state): \(bytes.count - start) bytes of data where \(expected) belong")
    }
    (self.bytes, self.file, self.element, self.start) = (bytes, file, element, start)
    isColumnMajor = header.isColumnMajor
  }

  static func headerText(
    _ bytes: [UInt8], file: String
  ) throws(DataFileError) -> (String, Int) {
    let truncated = DataFileError(file: file, message: "the npy file is cut off in its header")
    guard bytes.count >= 12 else { throw truncated }
    guard (1...3).contains(bytes[6]) else {
      throw DataFileError(
        file: file, message: "npy version \(bytes[6]) is not known; expected 1 to 3")
    }
    let width = bytes[6] == 1 ? 2 : 4
    let length = bytes[8..<8 + width].reversed().reduce(0) { $0 << 8 | Int($1) }
    let start = 8 + width
    guard length <= bytes.count - start else { throw truncated }
    return (String(decoding: bytes[start..<start + length], as: UTF8.self), start + length)
  }

  private func points(
    _ places: [Int], _ names: ColumnNames, _ keepsMissing: Bool
  ) throws(DataFileError) -> Points {
    var values: [Double] = []
    values.reserveCapacity(rows * places.count)
    for row in 0..<rows {
      for place in places {
        let value = element.value(bits: bits(row, place))
        guard value.isFinite || keepsMissing && value.isNaN else {
          throw DataFileError(
            file: file,
            message: "row \(row + 1), column \"\(names.shown(place))\": "
              + "expected a finite number, found \(value)")
        }
        values.append(value)
      }
    }
    return Points(values: values, dimension: places.count)
  }

  private func bits(_ row: Int, _ column: Int) -> UInt64 {
    let index = isColumnMajor ? column * rows + row : row * columns + column
    let first = start + index * element.size
    var bits: UInt64 = 0
    for offset in 0..<element.size { bits |= UInt64(bytes[first + offset]) << (8 * offset) }
    return bits
  }
}
