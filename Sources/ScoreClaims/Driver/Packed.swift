import FoundationEssentials
import ScoreLab

/// Many numbers of a record, kept as the base64 text of their little-endian bytes.
struct Packed<Element: BitwiseCopyable & Sendable & Equatable>: Codable, Sendable, Equatable {
  var values: [Element]

  init(_ values: [Element]) { self.values = values }

  init(from decoder: any Decoder) throws {
    let data = try decoder.singleValueContainer().decode(Data.self)
    guard data.count % MemoryLayout<Element>.stride == 0 else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a number is cut"))
    }
    let count = data.count / MemoryLayout<Element>.stride
    values = Array(unsafeUninitializedCapacity: count) { buffer, filled in
      filled =
        data.copyBytes(to: UnsafeMutableRawBufferPointer(buffer)) / MemoryLayout<Element>.stride
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values.withUnsafeBytes { Data($0) })
  }
}
