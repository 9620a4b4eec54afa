import ScoreCore
import Testing

@testable import ScoreLab

@Suite struct TableFormatTests {
  private static let table = DataTable(
    names: ["a", "b"], points: Points(rows: [[1.5, -2], [3, 0.1], [1e300, -0.0]]))

  private func bytes(_ table: DataTable, _ format: TableFormat) -> [UInt8] {
    format.header(names: table.names, rows: table.points.count)
      + format.pieces(of: table.points).flatMap { $0 }
  }

  private func read(_ bytes: [UInt8]) throws -> DataTable {
    try DataFile.table(bytes, file: "a", columns: [], limits: DataFile.Limits())
  }

  @Test("An npy file is what NumPy writes, byte for byte")
  func numpyBytes() {
    // From NumPy 2.4.6: save(file, array([[1.5, -2], [3, .1], [1e300, -0.]])).
    let header =
      "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }"
      + String(repeating: " ", count: 58) + "\n"
    let data: [UInt64] = [
      0x3FF8_0000_0000_0000, 0xC000_0000_0000_0000, 0x4008_0000_0000_0000, 0x3FB9_9999_9999_999A,
      0x7E37_E43C_8800_759C, 0x8000_0000_0000_0000,
    ]
    let expected =
      [0x93] + Array("NUMPY".utf8) + [1, 0, 0x76, 0] + Array(header.utf8)
      + NpyFileTests.bytes(data)
    #expect(bytes(Self.table, .npy) == expected)
  }

  @Test(
    "The data of an npy file start at a multiple of 64",
    arguments: [[1, 1], [1_000_000, 2], [10_000_000, 999], [7, 1_000_000_000_000_000_000]])
  func alignment(shape: [Int]) {
    let header = NpyHeader(rows: shape[0], columns: shape[1])
    #expect(header.bytes.count % 64 == 0)
    #expect(header.bytes.last == UInt8(ascii: "\n"))
    #expect(NpyHeader(String(decoding: header.bytes.dropFirst(10), as: UTF8.self)) == header)
  }

  @Test("What is written reads back bit for bit", arguments: TableFormat.allCases)
  func roundTrip(format: TableFormat) throws {
    // More rows than a piece has, and the smallest and largest numbers there are.
    var stream = RandomStream(seed: 1, purpose: .test)
    var points = stream.normals(count: 20_000, dimension: 3)
    points[0, 0] = .leastNonzeroMagnitude
    points[0, 1] = -.greatestFiniteMagnitude
    points[0, 2] = 1.0.nextUp
    let back = try read(bytes(DataTable(names: ["x", "y", "z"], points: points), format))
    #expect(back.points.values.map(\.bitPattern) == points.values.map(\.bitPattern))
    #expect(back.points.dimension == 3)
    #expect(back.names == (format == .csv ? ["x", "y", "z"] : ["c1", "c2", "c3"]))
  }

  @Test("CSV has the fewest digits that give a number back, and quotes names that need it")
  func csv() throws {
    var table = Self.table
    #expect(
      String(decoding: bytes(table, .csv), as: UTF8.self) == "a,b\n1.5,-2.0\n3.0,0.1\n1e+300,-0.0\n"
    )
    table.names = ["length, \"cm\"", "a;b"]
    let text = bytes(table, .csv)
    #expect(String(decoding: text, as: UTF8.self).hasPrefix("\"length, \"\"cm\"\"\",\"a;b\"\n"))
    #expect(try read(text).names == table.names)
  }

  @Test("Classes are a last column: texts in CSV, quoted where need be, and numbers from 0 in npy")
  func classes() throws {
    let classes = SampleClasses(names: ["a,b", "c"], values: [1, 0, 1])
    let names = Self.table.names + ["class"]
    func bytes(_ format: TableFormat) -> [UInt8] {
      format.header(names: names, rows: 3)
        + format.pieces(of: Self.table.points, classes: classes).flatMap { $0 }
    }
    #expect(
      String(decoding: bytes(.csv), as: UTF8.self)
        == "a,b,class\n1.5,-2.0,c\n3.0,0.1,\"a,b\"\n1e+300,-0.0,c\n")
    let back = try read(bytes(.npy)).points
    #expect(back.column(2) == [1, 0, 1] && back.column(0) == Self.table.points.column(0))
  }

  @Test("The ending of the name decides")
  func endings() {
    #expect(TableFormat(file: "a.csv") == .csv && TableFormat(file: "b/A.NPY") == .npy)
    #expect(TableFormat(file: "csv") == nil && TableFormat(file: "a.npz") == nil)
  }
}
