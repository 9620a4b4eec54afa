/// Records of TensorBoard's event files, one event each.
///
/// A record is the length of its data in eight bytes, a checksum of these, the data, and a checksum of
/// them, all little endian. The data are a message `Event` of Protocol Buffers.
///
/// Source: TensorFlow, `tensorflow/core/lib/io/record_writer.h` (records),
/// `tensorflow/core/util/event.proto` and `tensorflow/core/framework/summary.proto` (fields); Protocol
/// Buffers, "Encoding".
enum EventRecord {
  /// The first record of a file, which names its format.
  static func start(seconds: Double) -> [UInt8] {
    record(double(1, seconds) + bytes(3, Array("brain.Event:2".utf8)))
  }

  /// The finite numbers of a step.
  static func scalars(_ values: [SeriesFile.Value], step: Int, seconds: Double) -> [UInt8] {
    let summary = values.filter(\.value.isFinite).flatMap { scalar in
      bytes(1, bytes(1, Array(scalar.name.utf8)) + float(2, Float(scalar.value)))
    }
    // A field that is 0 is left out.
    let number = step == 0 ? [] : key(2, wire: 0) + varint(UInt64(step))
    return record(double(1, seconds) + number + bytes(5, summary))
  }

  private static func record(_ data: [UInt8]) -> [UInt8] {
    let length = word(UInt64(data.count))
    return length + word(maskedSum(of: length)) + data + word(maskedSum(of: data))
  }

  /// A checksum that is no checksum of data that hold one.
  private static func maskedSum(of bytes: [UInt8]) -> UInt32 {
    let sum = CyclicCheck.castagnoli.sum(of: bytes)
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }

  // MARK: - Fields of messages

  private static func key(_ field: UInt8, wire: UInt8) -> [UInt8] { [field << 3 | wire] }

  private static func double(_ field: UInt8, _ value: Double) -> [UInt8] {
    key(field, wire: 1) + word(value.bitPattern)
  }

  private static func float(_ field: UInt8, _ value: Float) -> [UInt8] {
    key(field, wire: 5) + word(value.bitPattern)
  }

  private static func bytes(_ field: UInt8, _ content: [UInt8]) -> [UInt8] {
    key(field, wire: 2) + varint(UInt64(content.count)) + content
  }

  private static func varint(_ value: UInt64) -> [UInt8] {
    var (bytes, rest): ([UInt8], UInt64) = ([], value)
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  private static func word(_ word: some FixedWidthInteger) -> [UInt8] {
    stride(from: 0, to: word.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: word >> $0) }
  }
}
