import FoundationEssentials

/// Many numbers of a record, kept as the base64 text of their little-endian bytes.
package struct Packed<Element: BitwiseCopyable & Sendable & Equatable>: Codable, Sendable, Equatable
{
  package var values: [Element]

  package init(_ values: [Element]) { self.values = values }

  package init(from decoder: any Decoder) throws {
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

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values.withUnsafeBytes { Data($0) })
  }
}
