/// An array of numbers under a name, as NumPy keeps several in one file.
public struct NamedArray: Sendable, Equatable {
  /// The numbers, row by row.
  public enum Elements: Sendable, Equatable {
    case float32([Float])
    case float64([Double])
    case int64([Int])
  }

  public let name: String
  /// The size of each dimension; empty for a single number.
  public let shape: [Int]
  public let elements: Elements

  /// Names an array.
  ///
  /// - Precondition: The sizes multiply to the number of elements.
  public init(_ name: String, shape: [Int], _ elements: Elements) {
    let count =
      switch elements {
      case .float32(let values): values.count
      case .float64(let values): values.count
      case .int64(let values): values.count
      }
    precondition(count == shape.reduce(1, *), "The sizes multiply to the number of elements.")
    self.name = name
    self.shape = shape
    self.elements = elements
  }

  /// The bytes of the numbers alone.
  var byteCount: Int {
    let size = if case .float32 = elements { 4 } else { 8 }
    return size * shape.reduce(1, *)
  }

  /// The npy file of the array, little endian.
  var npy: [UInt8] {
    switch elements {
    case .float32(let values): file("<f4", values.map(\.bitPattern.littleEndian))
    case .float64(let values): file("<f8", values.map(\.bitPattern.littleEndian))
    case .int64(let values): file("<i8", values.map { Int64($0).littleEndian })
    }
  }

  private func file(_ type: String, _ words: [some FixedWidthInteger]) -> [UInt8] {
    var bytes = NpyHeader(type: type, isColumnMajor: false, shape: shape).bytes
    words.withUnsafeBytes { bytes.append(contentsOf: $0) }
    return bytes
  }
}
