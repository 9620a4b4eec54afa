import ScoreCore
import Testing

@testable import ScoreLab

@Suite struct NpyFileTests {
  /// An npy file with the given header and data, made as NumPy's manual says.
  static func file(
    _ type: String, shape: String, fortran: Bool = false, version: UInt8 = 1, data: [UInt8]
  ) -> [UInt8] {
    let order = fortran ? "True" : "False"
    var header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
    let lead = version == 1 ? 10 : 12
    while (lead + header.utf8.count + 1) % 64 != 0 { header += " " }
    header += "\n"
    let length = header.utf8.count
    let size = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    return NpyFile.magic + [version, 0] + size + Array(header.utf8) + data
  }

  static func bytes<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
    words.flatMap { word in
      (0..<Word.bitWidth / 8).map { UInt8(truncatingIfNeeded: word >> Word($0 * 8)) }
    }
  }

  private func table(_ bytes: [UInt8], columns: [String] = []) throws -> DataTable {
    try DataFile.table(bytes, file: "a.npy", columns: columns, limits: DataFile.Limits())
  }

  @Test(
    "Every element type is read",
    arguments: [
      ("<f8", bytes([1.5, -2, 3, 4].map(\.bitPattern)), [1.5, -2, 3, 4]),
      ("=f8", bytes([1.5, -2, 3, 4].map(\.bitPattern)), [1.5, -2, 3, 4]),
      ("<f4", bytes([Float(1.5), -2, 3, 4].map(\.bitPattern)), [1.5, -2, 3, 4]),
      ("<i4", bytes([Int32(-7), 2, 3, 4]), [-7, 2, 3, 4]),
      ("<i8", bytes([Int64(-7), 2, 3, 4]), [-7, 2, 3, 4]),
      ("|u1", [250, 2, 3, 4], [250, 2, 3, 4]),
      ("<u1", [250, 2, 3, 4], [250, 2, 3, 4]),
    ])
  func elements(type: String, data: [UInt8], values: [Double]) throws {
    let read = try table(Self.file(type, shape: "(2, 2)", data: data))
    #expect(read == DataTable(names: ["c1", "c2"], points: Points(values: values, dimension: 2)))
  }

  @Test("Storage order, versions and one dimension are understood")
  func shapes() throws {
    let data: [UInt8] = [1, 2, 3, 4, 5, 6]
    let columnMajor = try table(Self.file("|u1", shape: "(2, 3)", fortran: true, data: data))
    #expect(columnMajor.points == Points(rows: [[1, 3, 5], [2, 4, 6]]))
    let rowMajor = Self.file("|u1", shape: "(2, 3)", version: 2, data: data)
    #expect(try table(rowMajor, columns: ["c3", "1"]).points == Points(rows: [[3, 1], [6, 4]]))
    let line = try table(Self.file("|u1", shape: "(6,)", version: 3, data: data))
    #expect(line.points == Points(values: [1, 2, 3, 4, 5, 6], dimension: 1))
  }

  @Test(
    "What cannot be read is reported",
    arguments: [
      (
        file(">f8", shape: "(1,)", data: []),
        "npy elements \">f8\"; expected float32, float64, int32, int64 or uint8, little endian"
      ),
      (
        file("<c16", shape: "(1,)", data: []),
        "npy elements \"<c16\"; expected float32, float64, int32, int64 or uint8, little endian"
      ),
      (file("|u1", shape: "()", data: [1]), "an npy array of 0 dimensions; expected 1 or 2"),
      (file("|u1", shape: "(1, 1, 1)", data: [1]), "an npy array of 3 dimensions; expected 1 or 2"),
      (file("|u1", shape: "(0, 2)", data: []), "no rows of data in the npy array"),
      (
        file("<f8", shape: "(2,)", data: [0, 0, 0]),
        "the npy file is cut off: 3 bytes of data where 16 belong"
      ),
      (
        file("|u1", shape: "(2,)", data: [1, 2, 3]),
        "the npy file is too long: 3 bytes of data where 2 belong"
      ),
      (
        file("|u1", shape: "(9223372036854775807, 9223372036854775807)", data: [1]),
        "more than 10000000 rows or 100000000 cells"
      ),
      (
        file("<f8", shape: "(1, 2)", data: bytes([1, Double.nan].map(\.bitPattern))),
        "row 1, column \"c2\": expected a finite number, found nan"
      ),
      (file("|u1", shape: "(-1,)", data: [1]), "the npy header cannot be understood"),
      (file("|u1", shape: "(x", data: [1]), "the npy header cannot be understood"),
      (NpyFile.magic + [1, 0], "the npy file is cut off in its header"),
      (
        Array(file("|u1", shape: "(1,)", data: []).prefix(40)),
        "the npy file is cut off in its header"
      ),
      (
        NpyFile.magic + [9, 0, 0, 0, 0, 0], "npy version 9 is not known; expected 1 to 3"
      ),
      (Array("x,y\n1,2\n".utf8), "not an npy file, though its name says so"),
    ])
  func errors(bytes: [UInt8], expected: String) {
    let error = #expect(throws: DataFileError.self) { try table(bytes) }
    #expect(error?.description == "a.npy: " + expected)
  }
}
