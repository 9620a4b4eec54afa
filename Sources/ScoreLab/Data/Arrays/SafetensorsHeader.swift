import FoundationEssentials
import OutsideText

/// The header of a safetensors file, checked against the file behind it.
struct SafetensorsHeader {
  /// An array whose place is within the file and fits its shape.
  struct Entry {
    var name: String
    var type: SafetensorsType
    var shape: [Int]
    /// Where its numbers start behind ``dataStart``, in bytes.
    var start: Int
    var count: Int
  }

  /// The bytes of the header's length.
  private static let lengthSize = 8

  let metadata: [String: String]
  /// In the order of their places.
  let entries: [Entry]
  /// Where the numbers of the first array start.
  let dataStart: Int

  /// Reads and checks a header.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - file: Its name in messages.
  ///   - limit: The most bytes of the header.
  /// - Throws: ``DataFileError``.
  init(_ bytes: [UInt8], file: String, limit: Int) throws(DataFileError) {
    func failure(_ message: String) -> DataFileError { DataFileError(file: file, message: message) }
    let cutOff = failure("the safetensors file is cut off in its header")
    guard bytes.count >= Self.lengthSize else { throw cutOff }
    let length = bytes[..<Self.lengthSize].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(limit) else {
      throw failure("a safetensors header of \(length) bytes; expected at most \(limit)")
    }
    guard Int(length) <= bytes.count - Self.lengthSize else { throw cutOff }
    dataStart = Self.lengthSize + Int(length)
    let text = bytes[Self.lengthSize..<dataStart]
    guard text.first == UInt8(ascii: "{"),
      let parts = try? JSONDecoder().decode(Parts.self, from: Data(text))
    else { throw failure("the safetensors header cannot be understood") }
    metadata = parts.metadata
    entries = try Self.checked(parts.arrays, size: bytes.count - dataStart, file: file)
  }

  /// The arrays in the order of their places, which lie one behind the other and fill the data.
  private static func checked(
    _ arrays: [(name: String, part: Parts.Array)], size: Int, file: String
  ) throws(DataFileError) -> [Entry] {
    var entries: [Entry] = []
    var end = 0
    for (name, part) in arrays.sorted(by: Parts.isBefore) {
      func failure(_ message: String) -> DataFileError {
        DataFileError(file: file, message: "array \"\(SafeText.sanitized(name))\": \(message)")
      }
      guard let type = SafetensorsType(rawValue: part.dtype) else {
        let known = SafetensorsType.allCases.map(\.rawValue).joined(separator: ", ")
        throw failure("elements \"\(SafeText.sanitized(part.dtype))\"; expected one of \(known)")
      }
      guard let count = product(part.shape), let bytes = product([count, type.size]) else {
        throw failure("a shape of no size that can be")
      }
      guard part.offsets.count == 2 else {
        throw failure("\(part.offsets.count) data_offsets; expected 2")
      }
      let (first, last) = (part.offsets[0], part.offsets[1])
      guard first >= 0, first <= last, last <= size else {
        throw failure("bytes \(first) to \(last) of \(size) bytes of data")
      }
      guard last - first == bytes else {
        throw failure("\(last - first) bytes where its shape and type need \(bytes)")
      }
      guard first == end else {
        throw failure(
          "it starts at byte \(first) of the data; expected \(end), without gap or overlap")
      }
      end = last
      entries.append(Entry(name: name, type: type, shape: part.shape, start: first, count: count))
    }
    guard end == size else {
      throw DataFileError(file: file, message: "\(size) bytes of data; expected \(end)")
    }
    return entries
  }

  /// The product of sizes; nil if one is negative or the product is no number of this machine.
  private static func product(_ sizes: [Int]) -> Int? {
    var product = 1
    for size in sizes {
      let (value, overflow) = product.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflow else { return nil }
      product = value
    }
    return product
  }
}

extension SafetensorsHeader {
  /// The bytes before the numbers, filled up with blanks so that these start at a multiple of 8.
  static func bytes(_ arrays: [NamedArray], metadata: [String: String]) -> [UInt8] {
    var parts: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0)):\(quoted($1))" }
      parts.append("\(quoted(SafetensorsFile.metadataKey)):{\(texts.joined(separator: ","))}")
    }
    var end = 0
    for array in arrays {
      let start = end
      end += array.byteCount
      let shape = array.shape.map { "\($0)" }.joined(separator: ",")
      parts.append(
        "\(quoted(array.name)):{\"dtype\":\"\(SafetensorsType(array.elements).rawValue)\","
          + "\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}")
    }
    var text = Array("{\(parts.joined(separator: ","))}".utf8)
    text += Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    return (0..<lengthSize).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text
  }

  /// A text as JSON.
  private static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    guard let data = try? encoder.encode(text) else {
      preconditionFailure("Every text has a form in JSON.")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// The header as JSON has it.
  private struct Parts: Decodable {
    struct Array: Decodable {
      var dtype: String
      var shape: [Int]
      var offsets: [Int]

      enum CodingKeys: String, CodingKey {
        case dtype, shape
        case offsets = "data_offsets"
      }
    }

    private struct Name: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    var metadata: [String: String] = [:]
    var arrays: [(name: String, part: Array)] = []

    /// The order of places; arrays without elements are of one place.
    static func isBefore(
      _ left: (name: String, part: Array), _ right: (name: String, part: Array)
    ) -> Bool {
      let (first, second) = (left.part.offsets, right.part.offsets)
      return first == second ? left.name < right.name : first.lexicographicallyPrecedes(second)
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Name.self)
      for key in values.allKeys {
        if key.stringValue == SafetensorsFile.metadataKey {
          metadata = try values.decode([String: String].self, forKey: key)
        } else {
          arrays.append((key.stringValue, try values.decode(Array.self, forKey: key)))
        }
      }
    }
  }
}
