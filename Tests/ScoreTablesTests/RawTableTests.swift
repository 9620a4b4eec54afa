import ScoreCore
import ScoreLab
import Testing

@testable import ScoreTables

@Suite struct RawTableTests {
  @Test("Quotes, marks, line ends and separators give the same table")
  func forms() throws {
    let plain = try rawTable("a,b\n1.5,x y\n2,\"u,v\"\n")
    for text in [
      "\u{FEFF}a,b\r\n1.5,x y\r\n2,\"u,v\"\r\n", "a,b\r1.5,x y\r2,\"u,v\"\r",
      "\"a\",\"b\"\n\"1.5\",\"x y\"\n2 ,\"u,v\"", "a;b\n1.5;x y\n2;u,v\n",
      "a\tb\n1.5\tx y\n2\tu,v\n\n",
    ] {
      let table = try rawTable(text)
      #expect(table.columns == plain.columns, "\(text)")
    }
    #expect(plain.columns[0].cells == .numbers([1.5, 2], decimals: 1))
    #expect(try plain.texts("b") == ["x y", "u,v"])
    #expect(try rawTable("a,b\n1,\"p\"\"q\nr\"\n").texts("b") == ["p\"q\nr"])
    #expect(try rawTable("1,2\n3,4\n").columns.map(\.name) == ["c1", "c2"])
  }

  @Test("Missing values are found in numbers and texts; in quotes NA is text")
  func missing() throws {
    let table = try rawTable("a,b\nNA,x\nnan,?\n,\nN/A,NULL\n1,\"NA\"\n")
    #expect(table.columns[0].missingCount == 4)
    #expect(try table.texts("b") == ["x", nil, nil, nil, "NA"])
    #expect(try rawTable("a\n1\n\n3\n").columns[0].missingCount == 1)
  }

  @Test("Postcodes keep their zeros; decimals are those written")
  func numbers() throws {
    let table = try rawTable("zip,x,y\n01234,0.50,1e2\n99999,-3,-0\n")
    #expect(try table.texts("zip") == ["01234", "99999"])
    #expect(table.columns[1].cells == .numbers([0.5, -3], decimals: 2))
    #expect(table.columns[2].cells == .numbers([100, 0], decimals: 0))
  }

  @Test("Names match without regard to case where that is clear")
  func names() throws {
    let table = try rawTable("Age,x,X\n1,2,3\n")
    #expect(try table.place(of: "AGE") == 0)
    #expect(try table.place(of: "X") == 2)
    #expect(
      message { _ = try table.place(of: "b\u{1B}[2J") }?.contains("no column \"b?[2J\"") == true)
    let twice = try rawTable("ab,Ab\n1,2\n")
    #expect(message { _ = try twice.place(of: "AB") }?.contains("several columns") == true)
  }

  @Test(
    "What is wrong is said with file and line",
    arguments: [
      ("a,b\n1,2\n3\n", "t.csv:3: 1 cells where the first line has 2"),
      ("a,b\n1,2\n\n3,4\n", "t.csv:3: a blank line between rows"),
      ("a,b\n1,\"2\n", "t.csv:2: a quote opens here and never closes"),
      ("a,b\n1,\"2\"3\n", "t.csv:2: text behind a closing quote"),
      ("a,a\n1,2\n", "t.csv:1: two columns are called \"a\""),
      ("a,b\n", "t.csv: no rows of data beneath the header"),
      ("", "t.csv: the file is empty"), ("a\u{0}b\n", "t.csv: not text in UTF-8"),
    ])
  func faults(text: String, expected: String) {
    let said = message { _ = try rawTable(text) }
    #expect(said?.hasPrefix(expected) == true, "\(said ?? "nothing")")
  }

  @Test("Compressed files, arrays and files that are not there are named")
  func kinds() {
    let kinds: [(bytes: [UInt8], word: String)] = [
      ([0x1F, 0x8B, 8], "twice"), ([0x93] + Array("NUMPY".utf8), "npy file is cut off"),
      (Array("PAR1".utf8) + [0], "Parquet"), (Array("PK".utf8) + [3, 4], "zip archive"),
    ]
    for kind in kinds {
      let said = message { _ = try RawTable.parse(kind.bytes, file: "t") }
      #expect(said?.contains(kind.word) == true)
    }
    #expect(
      message { _ = try RawTable.read(file: "/nowhere/t.csv") }?.contains("No such file") == true)
  }

  @Test("An array is a table of the columns c1, c2, ...; NaN has no value, infinity is refused")
  func arrays() throws {
    func npy(_ values: [Double]) throws -> [UInt8] {
      let points = Points(values: values, dimension: 2)
      return TableFormat.npy.header(names: ["a", "b"], rows: points.count)
        + TableFormat.npy.pieces(of: points).flatMap { $0 }
    }
    let table = try RawTable.parse(try npy([1, 0.25, 2, .nan]), file: "t.npy")
    #expect(table.columns.map(\.name) == ["c1", "c2"])
    #expect(table.columns[0].cells == .numbers([1, 2], decimals: 0))
    #expect(try table.texts("c2") == ["0.25", nil])
    #expect(
      message { _ = try RawTable.parse(try npy([1, .infinity]), file: "t.npy") }?
        .hasPrefix("t.npy: row 1, column \"c2\": expected a finite number") == true)
    var limits = RawTable.Limits()
    limits.rows = 1
    #expect(
      message { _ = try RawTable.parse(try npy([1, 2, 3, 4]), file: "t.npy", limits: limits) }?
        .contains("more than 1 rows") == true)
  }

  @Test("Too many rows are refused at their line")
  func limits() {
    var limits = RawTable.Limits()
    limits.rows = 2
    let said = message {
      _ = try RawTable.parse(Array("a\n1\n2\n3\n".utf8), file: "t.csv", limits: limits)
    }
    #expect(said?.hasPrefix("t.csv:4: more than 2 rows") == true)
  }
}
