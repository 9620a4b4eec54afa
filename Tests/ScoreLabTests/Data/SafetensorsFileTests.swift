import FoundationEssentials
import OutsideText
import ScoreCore
import TestSupport
import Testing

@testable import ScoreLab

@Suite struct SafetensorsFileTests {
  private static let arrays = [
    NamedArray("b", shape: [2, 2], .float32([1.5, -2, 3, 4])),
    NamedArray("a", shape: [3], .int64([1, -2, 3])),
    NamedArray("u", shape: [2], .uint8([7, 255])),
    NamedArray("z", shape: [], .float64([0.1])),
    NamedArray("e", shape: [0, 3], .float32([])),
  ]
  private static let file = SafetensorsFile(arrays, metadata: ["note": "a \"b\" é/\n"])

  // By safetensors.numpy.save of the package safetensors 0.8.0 with the same arrays.
  private static let reference = """
    QAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJub3RlIjoiYSBcImJcIiDDqS9cbiJ9LCJhIjp7ImR0eXBlIjoiSTY0Iiwic2hh\
    cGUiOlszXSwiZGF0YV9vZmZzZXRzIjpbMCwyNF19LCJ6Ijp7ImR0eXBlIjoiRjY0Iiwic2hhcGUiOltdLCJkYXRhX29mZnNl\
    dHMiOlsyNCwzMl19LCJiIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyLDJdLCJkYXRhX29mZnNldHMiOlszMiw0OF19LCJl\
    Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlswLDNdLCJkYXRhX29mZnNldHMiOls0OCw0OF19LCJ1Ijp7ImR0eXBlIjoiVTgi\
    LCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOls0OCw1MF19fSAgIAEAAAAAAAAA/v////////8DAAAAAAAAAJqZmZmZmbk/\
    AADAPwAAAMAAAEBAAACAQAf/
    """

  private static func bytes(_ file: SafetensorsFile) -> [UInt8] { file.pieces.flatMap { $0 } }

  /// A file of a header and some data.
  private static func bytes(_ header: String, data: Int) -> [UInt8] {
    let text = Array(header.utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text
      + Array(repeating: 0, count: data)
  }

  private static func message(_ bytes: [UInt8]) -> String? {
    do throws(DataFileError) {
      _ = try SafetensorsFile(bytes, file: "w")
      return nil
    } catch {
      return error.description
    }
  }

  @Test("The bytes are those of the reference implementation, and are read back as the same arrays")
  func reference() throws {
    let reference = try #require(Data(base64Encoded: Self.reference)).map { $0 }
    #expect(Self.bytes(Self.file) == reference)
    let read = try SafetensorsFile(reference, file: "w")
    #expect(read == Self.file)
    #expect(read["a"]?.elements == .int64([1, -2, 3]))
  }

  @Test("A file on disk gives every bit back, also of numbers that are not finite")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let patterns: [UInt32] = [0x7FC0_0001, 0xFF80_0000, 1, 0x8000_0000]
    let file = SafetensorsFile(
      [NamedArray("w", shape: [4], .float32(patterns.map { Float(bitPattern: $0) }))])
    try file.write(to: "\(folder.path)/w.safetensors")
    #expect(folder.contents == ["w.safetensors"])
    let read = try SafetensorsFile.read("\(folder.path)/w.safetensors")
    guard case .float32(let values)? = read["w"]?.elements else {
      Issue.record("The array is there with its type.")
      return
    }
    #expect(values.map(\.bitPattern) == patterns && read.metadata.isEmpty)
  }

  @Test(
    "What a header says wrongly is one line",
    arguments: [
      (#"{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}"#, 4, "elements \"BF16\""),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "4 bytes where"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 2, "bytes 0 to 4 of 2"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "bytes 4 to 0 of 4"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#, 4, "bytes -4 to 0"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, 4, "1 data_offsets"),
      (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "a shape of no size"),
      (
        #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#, 0,
        "a shape of no size"
      ),
      (
        #"{"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}"#, 0,
        "a shape of no size"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        8, "array \"b\": it starts at byte 4 of the data; expected 8"
      ),
      (
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#,
        12, "it starts at byte 8 of the data; expected 4"
      ),
      (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#, 3, "3 bytes of data; expected 1"),
      (#"{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#, 4, "cannot be understood"),
      (#"{"__metadata__":{"a":1}}"#, 0, "cannot be understood"),
      (#" {}"#, 0, "cannot be understood"),
      (#"{"a":"#, 0, "cannot be understood"),
      (
        "{\"a\":" + String(repeating: "[", count: 100_000), 0, "cannot be understood"
      ),
    ])
  func hostileHeader(header: String, data: Int, expected: String) {
    let message = Self.message(Self.bytes(header, data: data))
    #expect(message?.contains(expected) == true, "\(message ?? "read")")
  }

  @Test("A length that the file does not have is one line, and no memory is taken for it")
  func hostileLength() {
    #expect(Self.message([1, 0, 0]) == "w: the safetensors file is cut off in its header")
    #expect(
      Self.message([200, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D])
        == "w: the safetensors file is cut off in its header")
    #expect(
      Self.message(Array(repeating: 0xFF, count: 9))
        == "w: a safetensors header of 18446744073709551615 bytes; expected at most 8388608")
  }

  @Test("A name that acts on a terminal is shown without acting")
  func hostileName() throws {
    let header = #"{"\u001b[2J":{"dtype":"X","shape":[],"data_offsets":[0,0]}}"#
    let message = try #require(Self.message(Self.bytes(header, data: 0)))
    #expect(SafeText.sanitized(message, limit: 2000) == message)
  }

  @Test("A file that is cut anywhere is one line")
  func cut() {
    let bytes = Self.bytes(Self.file)
    for end in 0..<bytes.count { #expect(Self.message(Array(bytes[..<end])) != nil) }
  }

  @Test("A file with any byte changed is read as a file or is one line")
  func damaged() {
    let bytes = Self.bytes(Self.file)
    var stream = RandomStream(seed: 31, purpose: .test)
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= UInt8(1 + stream.integer(below: 255))
      guard let message = Self.message(damaged) else { continue }
      #expect(SafeText.sanitized(message, limit: 2000) == message)
    }
  }
}
