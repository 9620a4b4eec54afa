import Glibc

/// An array of numbers under a name, as NumPy keeps several in one file.
public struct NamedArray: Sendable, Equatable {
  /// The numbers, row by row.
  public enum Elements: Sendable, Equatable {
    case float32([Float])
    case float64([Double])
    case int64([Int])
    case uint8([UInt8])

    /// How many there are.
    var count: Int {
      switch self {
      case .float32(let values): values.count
      case .float64(let values): values.count
      case .int64(let values): values.count
      case .uint8(let values): values.count
      }
    }

    /// The bytes of one.
    var size: Int {
      switch self {
      case .float32: 4
      case .float64, .int64: 8
      case .uint8: 1
      }
    }
  }

  public let name: String
  /// The size of each dimension; empty for a single number.
  public let shape: [Int]
  public let elements: Elements

  /// Names an array.
  ///
  /// - Precondition: The sizes multiply to the number of elements.
  public init(_ name: String, shape: [Int], _ elements: Elements) {
    precondition(
      elements.count == shape.reduce(1, *), "The sizes multiply to the number of elements.")
    self.name = name
    self.shape = shape
    self.elements = elements
  }

  /// The number of bytes of the numbers alone.
  var byteCount: Int { elements.size * elements.count }

  /// The numbers alone, little endian.
  var bytes: [UInt8] {
    // Key paths in place of the closures would be evaluated for each number.
    switch elements {
    case .float32(let values): Self.bytes(values.map { $0.bitPattern.littleEndian })
    case .float64(let values): Self.bytes(values.map { $0.bitPattern.littleEndian })
    case .int64(let values): Self.bytes(values.map { Int64($0).littleEndian })
    case .uint8(let values): values
    }
  }

  /// Whether the other one has the same numbers, bit for bit, under whatever name.
  func hasBits(of other: NamedArray) -> Bool {
    guard shape == other.shape else { return false }
    return switch (elements, other.elements) {
    case (.float32(let left), .float32(let right)): Self.areEqual(left, right)
    case (.float64(let left), .float64(let right)): Self.areEqual(left, right)
    case (.int64(let left), .int64(let right)): Self.areEqual(left, right)
    case (.uint8(let left), .uint8(let right)): Self.areEqual(left, right)
    case (.float32, _), (.float64, _), (.int64, _), (.uint8, _): false
    }
  }

  private static func areEqual<Number: BitwiseCopyable>(_ left: [Number], _ right: [Number]) -> Bool
  {
    left.withUnsafeBytes { left in
      right.withUnsafeBytes { right in
        guard left.count == right.count, let a = left.baseAddress, let b = right.baseAddress else {
          return left.count == right.count
        }
        return a == b || memcmp(a, b, left.count) == 0
      }
    }
  }

  private static func bytes(_ words: [some FixedWidthInteger]) -> [UInt8] {
    words.withUnsafeBytes { Array($0) }
  }

  /// The npy file of the array, little endian.
  package var npy: [UInt8] {
    let type =
      switch elements {
      case .float32: "<f4"
      case .float64: "<f8"
      case .int64: "<i8"
      case .uint8: "|u1"
      }
    return NpyHeader(type: type, isColumnMajor: false, shape: shape).bytes + bytes
  }
}
