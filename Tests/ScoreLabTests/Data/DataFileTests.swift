import ScoreCore
import TestSupport
import Testing

@testable import ScoreLab

@Suite struct DataFileTests {
  private func table(_ text: String, columns: [String] = []) throws -> DataTable {
    try DataFile.table(
      Array(text.utf8), file: "data.csv", columns: columns, limits: DataFile.Limits())
  }

  private func message(
    _ text: String, columns: [String] = [], limits: DataFile.Limits = DataFile.Limits()
  ) -> String {
    do throws(DataFileError) {
      _ = try DataFile.table(Array(text.utf8), file: "data.csv", columns: columns, limits: limits)
      return "no error"
    } catch {
      return error.description
    }
  }

  static let reference = DataTable(
    names: ["x", "y"], points: Points(rows: [[1, 2.5], [100_000, -3]]))

  @Test(
    "Separators, line ends, quotes, blanks and marks make no difference",
    arguments: [
      "x,y\n1,2.5\n1e+05,-3\n",
      "x,y\n1,2.5\n1e+05,-3",
      "x,y\r\n1,2.5\r\n1e+05,-3\r\n",
      "x,y\r1,2.5\r1e+05,-3\r",
      "x;y\n1;2.5\n100000;-3\n",
      "x\ty\n1\t2.5\n100000\t-3\n",
      "\u{FEFF}x,y\n1,2.5\n100000,-3\n\n\r\n   \n",
      " \"x\" , y \n 1 ,\"2.5\"\n\" 100000 \" ,\t-3\n",
    ])
  func layouts(text: String) throws {
    #expect(try table(text) == Self.reference)
  }

  @Test("Without a header the columns are numbered")
  func noHeader() throws {
    let read = try table("1,2.5\n1e5,-3\n")
    #expect(read.names == ["c1", "c2"])
    #expect(read.points == Self.reference.points)
    #expect(try table("1,2,3\n4,5,6", columns: ["c3"]).points.values == [3, 6])
  }

  @Test("Columns are chosen by name or by number, in the order asked for")
  func selection() throws {
    let text = "name,x,\"a, \"\"b\"\"\",1\nAda,1,2,3\nBob,4,5,6\n"
    #expect(try table(text, columns: ["a, \"b\"", "x"]).points.values == [2, 1, 5, 4])
    #expect(try table(text, columns: ["3", "2"]).points.values == [2, 1, 5, 4])
    // A column called 1 is found by its name before the first column by its number.
    #expect(try table(text, columns: ["1"]).points.values == [3, 6])
  }

  @Test("A quoted cell may hold line ends, and lines are still counted")
  func quotedLineEnds() throws {
    let text = "x,note\n1,\"two\r\nlines\"\n2,\"a\rb\nc\"\n"
    #expect(try table(text, columns: ["x"]).points.values == [1, 2])
    #expect(
      message(text + "z,q", columns: ["x"])
        == "data.csv:7: row 3, column \"x\": expected a number, found \"z\"")
  }

  @Test("Names with escape sequences are matched as they are and shown without")
  func escapeSequencesInNames() throws {
    let text = "\u{1B}[31mred,\u{202E}y,\n1,2,3\n"
    #expect(try table(text).names == ["?[31mred", "?y", "c3"])
    #expect(try table(text, columns: ["\u{1B}[31mred"]).points.values == [1])
    #expect(try table(text, columns: ["?[31mred"]).points.values == [1])
    #expect(
      message(text, columns: ["\u{1B}c"])
        == "data.csv: no column \"?c\"; the columns are ?[31mred, ?y, c3")
  }

  @Test(
    "What is wrong is reported with line, row and column",
    arguments: [
      ("", "data.csv: the file is empty"),
      ("\n\n", "data.csv: the first line is empty; a table was expected"),
      ("x,y\n", "data.csv: no rows of data beneath the header"),
      ("x,y\n1,2\n3\n", "data.csv:3: 1 cells where the first line has 2"),
      ("x,y\n1,2\n\n3,4\n", "data.csv:3: a blank line between rows"),
      ("x\n1\n\"2\n", "data.csv:3: a quote opens here and never closes"),
      (
        "x\n\"1\"2\n",
        "data.csv:2: text behind a closing quote; a quote inside a quoted cell is written twice"
      ),
      ("x,y\n1,NA\n", "data.csv:2: row 1, column \"y\": missing value \"NA\""),
      ("x,y\r1,2\r1,\r", "data.csv:3: row 2, column \"y\": the cell is empty"),
      ("x,y\n1,NaN\n", "data.csv:2: row 1, column \"y\": missing value \"NaN\""),
      (
        "x,y\n1,-Inf\n", "data.csv:2: row 1, column \"y\": expected a finite number, found \"-Inf\""
      ),
      (
        "x,y\n1,1e999\n",
        "data.csv:2: row 1, column \"y\": expected a finite number, found \"1e999\""
      ),
      (
        "species,x,y,sex\nAdelie,1,NA,m\nGentoo,2,3,\n",
        "data.csv: text in column species, sex; name the columns to use; numeric are x, y"
      ),
      ("a\nb\n", "data.csv: text in column a; no column is numeric"),
    ])
  func errors(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test(
    "A choice of columns that cannot be met is reported",
    arguments: [
      (["z"], "data.csv: no column \"z\"; the columns are x, y, x, name"),
      (["5"], "data.csv: no column \"5\"; the columns are x, y, x, name"),
      (["0"], "data.csv: no column \"0\"; the columns are x, y, x, name"),
      (["x"], "data.csv: several columns are called \"x\"; ask by number: 1, 3"),
      (["y", "2"], "data.csv: column \"y\" is asked for twice"),
      (["name"], "data.csv:2: row 1, column \"name\": expected a number, found \"?[2JAda\""),
    ])
  func selectionErrors(columns: [String], expected: String) {
    #expect(message("x,y,x,name\n1,2,3,\u{1B}[2JAda\n", columns: columns) == expected)
  }

  @Test(
    "Bytes that are no table are named for what they are",
    arguments: [
      ([0x1F, 0x8B, 8, 0], "data.csv: compressed with gzip twice; unpack it first, with gunzip"),
      (
        [0x50, 0x4B, 3, 4, 0],
        "data.csv: a zip archive (npz or a spreadsheet?); expected CSV, npy or IDX"
      ),
      ([0xFF, 0xFE, 0x78, 0], "data.csv: not text in UTF-8; expected CSV, npy or IDX"),
    ])
  func otherFormats(bytes: [UInt8], expected: String) {
    let error = #expect(throws: DataFileError.self) {
      try DataFile.table(bytes, file: "data.csv", columns: [], limits: DataFile.Limits())
    }
    #expect(error?.description == expected)
  }

  @Test("Files beyond the limits are refused")
  func limits() throws {
    var limits = DataFile.Limits()
    limits.rows = 2
    let expected = "data.csv:4: more than 2 rows or 100000000 cells; take a part of the file"
    #expect(message("x,y\n1,2\n3,4\n5,6\n", limits: limits) == expected)
    limits.rows = 10
    limits.cells = 5
    #expect(
      message("1,2\n3,4\n5,6\n", limits: limits)
        == "data.csv:3: more than 10 rows or 5 cells; take a part of the file")
    let folder = try TemporaryFolder()
    let file = try folder.write(Array(repeating: 0x31, count: 1025), to: "long.csv")
    limits.bytes = 1024
    let error = #expect(throws: DataFileError.self) {
      try DataFile(limits: limits).table(file: file, columns: [])
    }
    #expect(error?.description == "\(file): longer than 1 KiB")
  }

  @Test("Files are found from the folder, and absent ones reported by the name given")
  func files() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Array("x,y\n1,2.5\n1e5,-3".utf8), to: "a.csv")
    let source = DataFile(folder: folder.path)
    #expect(try source.table(file: "a.csv", columns: []) == Self.reference)
    #expect(try source.table(file: "\(folder.path)/a.csv", columns: []) == Self.reference)
    let error = #expect(throws: DataFileError.self) { try source.table(file: "b.csv", columns: []) }
    #expect(error?.description == "b.csv: No such file or directory")
    let here = #expect(throws: DataFileError.self) { try source.table(file: ".", columns: []) }
    #expect(here?.description == ".: this is a folder, not a file")
  }

  @Test("Labels may be texts or numbers, are told apart from the columns, and are safe to show")
  func labels() throws {
    let folder = try TemporaryFolder()
    try folder.write("x,kind,y\n1,b,2.5\n1e5,a\u{1B}[2J,-3", to: "a.csv")
    let source = DataFile(folder: folder.path)
    let read = try source.table(file: "a.csv", columns: [], label: "kind")
    #expect(read.table == Self.reference)
    #expect(
      read.labels[0] == "b" && read.labels[1].hasPrefix("a") && !read.labels[1].contains("\u{1B}"))
    let one = try source.table(file: "a.csv", columns: ["y"], label: "2")
    #expect(one.table.names == ["y"] && one.labels == read.labels)
    // An array has numbers alone.
    let array =
      TableFormat.npy.header(names: ["c1", "c2"], rows: 2)
      + TableFormat.npy.pieces(of: Points(rows: [[1, 7], [2, 0.5]])).flatMap { $0 }
    _ = try folder.write(array, to: "a.npy")
    let numbers = try source.table(file: "a.npy", columns: [], label: "c2")
    #expect(numbers.table.names == ["c1"] && numbers.labels == ["7", "0.5"])
  }

  @Test(
    "What is no column of labels is refused by its line",
    arguments: [
      ("x,kind\n1,a\n2,", "kind", "a.csv:3: row 2, column \"kind\": no label"),
      ("x,kind\n1,NA", "kind", "\"NA\" means a missing value, not a label"),
      ("kind\na\nb", "kind", "no column but that of the labels, \"kind\""),
      ("x,kind\n1,a", "sort", "sort"),
      ("x,kind,name\n1,a,c", "kind", "text in column name; name the columns to use"),
    ])
  func labelErrors(text: String, label: String, expected: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "a.csv")
    let error = #expect(throws: DataFileError.self) {
      _ = try DataFile(folder: folder.path).table(file: "a.csv", columns: [], label: label)
    }
    let said = try #require(error).description
    #expect(said.contains(expected), "\(said)")
  }
}
