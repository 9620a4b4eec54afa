import ScoreCore
import TestSupport
import Testing

@testable import ScoreLab

/// Files that are compressed with gzip; the bytes are those of Python's `gzip.compress(..., mtime=0)`.
@Suite struct GzipTests {
  /// `x,y\n1,2.5\n1e5,-3`.
  static let whole: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xAB, 0xD0, 0xA9, 0xE4,
    0x32, 0xD4, 0x31, 0xD2, 0x33, 0xE5, 0x32, 0x4C, 0x35, 0xD5, 0xD1, 0x35, 0x06, 0x00,
    0x99, 0x14, 0x56, 0x48, 0x10, 0x00, 0x00, 0x00,
  ]
  /// `x,y\n1,2`.
  static let firstPart: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xAB, 0xD0, 0xA9, 0xE4,
    0x32, 0xD4, 0x31, 0x02, 0x00, 0x2C, 0x53, 0xB5, 0x7D, 0x07, 0x00, 0x00, 0x00,
  ]
  /// `.5\n1e5,-3`.
  static let secondPart: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xD3, 0x33, 0xE5, 0x32,
    0x4C, 0x35, 0xD5, 0xD1, 0x35, 0x06, 0x00, 0x13, 0xEF, 0xCB, 0x32, 0x09, 0x00, 0x00,
    0x00,
  ]
  /// 10,000 bytes.
  static let long: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xED, 0xC2, 0x31, 0x0D,
    0x00, 0x00, 0x00, 0x02, 0xA0, 0xDF, 0x36, 0xF6, 0x2F, 0x67, 0x0E, 0x37, 0x06, 0x4D,
    0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xE0, 0xDE, 0x00, 0x6C, 0xB1,
    0x86, 0xA7, 0x10, 0x27, 0x00, 0x00,
  ]
  /// `a\0b\n`, 40 times.
  static let binary: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0x64, 0x48, 0xE2,
    0x4A, 0x1C, 0xC4, 0x18, 0x00, 0xC1, 0xF1, 0x1C, 0xA1, 0xA0, 0x00, 0x00, 0x00,
  ]

  private static let table = DataTable(
    names: ["x", "y"], points: Points(rows: [[1, 2.5], [100_000, -3]]))

  private func read(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> DataTable {
    let folder = try TemporaryFolder()
    try folder.write(bytes, to: "t.csv.gz")
    var limits = DataFile.Limits()
    limits.bytes = limit
    return try DataFile(folder: folder.path, limits: limits).table(file: "t.csv.gz", columns: [])
  }

  private func message(_ bytes: [UInt8], limit: Int = 1 << 20) -> String {
    do {
      _ = try read(bytes, limit: limit)
      return "no error"
    } catch { return "\(error)" }
  }

  @Test("A table is unpacked; members that follow one another, and zeros behind them, are one file")
  func unpacks() throws {
    #expect(try read(Self.whole) == Self.table)
    #expect(try read(Self.firstPart + Self.secondPart) == Self.table)
    #expect(try read(Self.whole + [0, 0, 0, 0]) == Self.table)
  }

  @Test("What cannot be unpacked is refused in one line", arguments: 3..<GzipTests.whole.count)
  func cutOff(count: Int) {
    let expected = "t.csv.gz: the gzip data are cut off; copy or download the file again"
    #expect(message(Array(Self.whole.prefix(count))) == expected)
  }

  @Test("A changed byte, another check sum and what follows the data are refused")
  func damaged() {
    let damaged = "t.csv.gz: the gzip data are damaged; copy or download the file again"
    for place in [2, 12, 20, Self.whole.count - 6] {
      var bytes = Self.whole
      bytes[place] ^= 0x55
      let said = message(bytes)
      #expect(said == damaged || said.contains("cut off"), "\(place): \(said)")
    }
    #expect(
      message(Self.whole + Array("text".utf8))
        == "t.csv.gz: something that is not gzip follows the gzip data; copy the file again")
  }

  @Test("The limits are those of plain files: a small file that unpacks into a long one is refused")
  func bomb() throws {
    #expect(message(Self.long, limit: 4096) == "t.csv.gz: unpacked, longer than 4 KiB")
    #expect(message(Self.long, limit: 9999) == "t.csv.gz: unpacked, longer than 9999 bytes")
    #expect(try read(Self.long, limit: 10_000).points.count == 5000)
    #expect(try read(Self.whole, limit: 16) == Self.table)
  }

  @Test("What is not a table is refused when it is unpacked, too")
  func notATable() {
    #expect(message(Self.binary) == "t.csv.gz: not text in UTF-8; expected CSV, npy or IDX")
  }

  @Test("A file is known again by what the system says of it")
  func stamps() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a\n1\n", to: "a.csv")
    let stamp = FileStamp(of: file)
    #expect(stamp != nil && FileStamp(of: file) == stamp)
    try folder.write("a\n1\n2\n", to: "a.csv")
    #expect(FileStamp(of: file) != stamp)
    #expect(FileStamp(of: folder.path + "/b.csv") == nil)
  }
}
