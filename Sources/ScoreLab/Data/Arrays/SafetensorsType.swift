/// A type of elements by its name in the format.
enum SafetensorsType: String, CaseIterable {
  case float32 = "F32"
  case float64 = "F64"
  case int64 = "I64"
  case uint8 = "U8"

  /// The type of some elements.
  init(_ elements: NamedArray.Elements) {
    self =
      switch elements {
      case .float32: .float32
      case .float64: .float64
      case .int64: .int64
      case .uint8: .uint8
      }
  }

  /// The bytes of one element.
  var size: Int {
    switch self {
    case .float32: 4
    case .float64, .int64: 8
    case .uint8: 1
    }
  }

  /// Elements from a place of a file that has that many there.
  func elements(of bytes: [UInt8], at start: Int, count: Int) -> NamedArray.Elements {
    func words<Word: FixedWidthInteger>(_ type: Word.Type) -> [Word] {
      bytes.withUnsafeBytes { bytes in
        (0..<count).map {
          Word(littleEndian: bytes.loadUnaligned(fromByteOffset: start + $0 * size, as: Word.self))
        }
      }
    }
    return switch self {
    case .float32: .float32(words(UInt32.self).map { Float(bitPattern: $0) })
    case .float64: .float64(words(UInt64.self).map { Double(bitPattern: $0) })
    case .int64: .int64(words(Int64.self).map { Int($0) })
    case .uint8: .uint8(words(UInt8.self))
    }
  }
}
