import Testing

@testable import ScoreTables

@Suite struct SchemaTests {
  /// A table with a column of each kind.
  static func mixed(rows: Int = 60) -> String {
    var text = "id,kind,sex,amount,when,year,count\n"
    for row in 0..<rows {
      let amount = row % 3 == 0 ? "0" : "\(Double(row) * 1.25)"
      text += "\(row + 1),\(["a", "b", "c"][row % 3]),\(row % 2 == 0 ? "m" : "f"),"
      text +=
        "\(row == 7 ? "NA" : amount),2024-02-\(row % 20 + 10),\(2007 + row % 3),\(row * row)\n"
    }
    return text
  }

  @Test("Kinds, ranges, decimals and masses are guessed from the cells")
  func guess() throws {
    let guess = SchemaGuess(try rawTable(Self.mixed()))
    let columns = guess.schema.columns
    #expect(
      columns.dropFirst().map(\.kind) == [
        .categorical, .binary, .numeric, .datetime, .ordinal, .integer,
      ])
    #expect(columns[0].role == .ignored)
    #expect(guess.notes == ["column \"id\" numbers the rows; it is ignored"])
    #expect(columns[1].categories == ["a", "b", "c"])
    #expect(columns[3].masses == [0])
    #expect(columns[3].decimals == 2)
    #expect(columns[3].range == 0...73.75)
    #expect(columns[5].categories == ["2007", "2008", "2009"])
  }

  @Test("A schema reads back as it was written, hostile names too")
  func yaml() throws {
    var text = Self.mixed()
    text = text.replacing("kind,sex", with: "\"k\u{1B}[31m: \"\"x\"\"\",sex")
    var schema = SchemaGuess(try rawTable(text)).schema
    try schema.setTarget("SEX", file: "t.csv")
    schema.columns[3].absent = ["-", "999"]
    schema.columns[4].masses = [schema.columns[4].range.lowerBound]
    #expect(!schema.yaml.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    #expect(try TableSchema(yaml: schema.yaml, file: "s.yaml").kept == schema.kept)
    #expect(schema.kept.first { $0.role == .target }?.name == "sex")
  }

  @Test("The shown schema has no escapes and a line a column")
  func shown() throws {
    let raw = try rawTable(
      "a\u{1B}[2Jb,t\n1,x\u{7}y\n2,z\n3,z\n")
    let lines = SchemaGuess(raw).schema.lines(for: raw)
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("column"))
    #expect(lines[1].contains("a?[2Jb"))
    #expect(!lines.joined().unicodeScalars.contains { $0.value < 32 })
  }

  @Test(
    "Columns that cannot be used are left out, with what to do",
    arguments: [
      ("a,x\n1,5\n2,5\n", "column \"x\" has the one value \"5\""),
      ("a,x\n1,\n2,NA\n", "column \"x\" has no value in any row"),
      ("a,x\n1,1e300\n2,3\n", "beyond 1e150; it is ignored; if that means no value, write it"),
      ("a,x\n1,7\n2,8\n3,oops\n", "has numbers and text such as \"oops\""),
    ])
  func notes(text: String, expected: String) throws {
    let guess = SchemaGuess(try rawTable(text))
    #expect(guess.notes.count == 1 && guess.notes[0].contains(expected), "\(guess.notes)")
    #expect(guess.schema.kept.map(\.name) == ["a"])
  }

  @Test("30,000 texts are left out, and refused where a schema keeps them")
  func manyCategories() throws {
    let raw = try rawTable("x,y\n" + (0..<30_000).map { "w\($0),\($0 % 7)\n" }.joined())
    let guess = SchemaGuess(raw)
    #expect(guess.notes.count == 1 && guess.notes[0].contains("has 30000 different texts"))
    var schema = guess.schema
    schema.columns[0] = ColumnSchema(name: "x", kind: .categorical)
    schema.columns[0].categories = (0..<30_000).map { "w\($0)" }
    let table = try Table(raw, schema: schema)
    let said = message { try schema.check(table, file: "t.csv") }
    #expect(said?.contains("column \"x\": 30000 categories of at most 1000") == true)
  }

  @Test("A table without use is refused, naming the column")
  func check() throws {
    func said(_ text: String, _ change: (inout TableSchema) throws -> Void = { _ in }) throws
      -> String?
    {
      let raw = try rawTable(text)
      var schema = SchemaGuess(raw).schema
      try change(&schema)
      let table = try Table(raw, schema: schema)
      return message { try schema.check(table, file: "t.csv") }
    }
    #expect(try said("a,b,c\n1,2,3\n4,5,6\n")?.contains("3 columns in 2 rows") == true)
    #expect(try said("a,b\n1,2\n4,5\n") == nil)
    let oneClass = try said("a,b\n1,x\n4,x\n6,x\n") { schema in
      schema.columns[1] = ColumnSchema(name: "b", kind: .categorical)
      schema.columns[1].categories = ["x", "y"]
      schema.columns[1].role = .target
    }
    #expect(
      oneClass == "t.csv: column \"b\": the target has one class; choose another with role: target")
    let gap = try said("a,b\n1,x\n4,y\n6,NA\n") { try $0.setTarget("b", file: "t.csv") }
    #expect(gap?.contains("the target has no value in 1 row") == true)
  }

  @Test("Columns that a schema keeps although they teach nothing are named, with what to do")
  func keptFaults() throws {
    let text = "a,x\n" + (1...8).map { "\($0 * $0),5\n" }.joined()
    func said(
      _ text: String = text, _ kind: ColumnSchema.Kind = .numeric,
      _ change: (inout ColumnSchema) -> Void = { _ in }
    ) throws -> String? {
      let raw = try rawTable(text)
      var schema = SchemaGuess(raw).schema
      schema.columns[1] = ColumnSchema(name: "x", kind: kind)
      schema.columns[1].range = -1e300...1e300
      change(&schema.columns[1])
      return message { try schema.check(try Table(raw, schema: schema), file: "t.csv") }
    }
    #expect(try said() == "t.csv: column \"x\": the same value in every row; set role: ignored")
    #expect(
      try said(text.replacing(",5", with: ","))
        == "t.csv: column \"x\": no value in any row; set role: ignored")
    #expect(
      try said(text.replacing("64,5", with: "64,1e300"))
        == "t.csv: column \"x\": a number beyond 1e150; change the unit, or set role: ignored")
    #expect(
      try said(text.replacing("64,5", with: "64,\u{1B}[2Jno"))?
        .hasPrefix("t.csv:9: column \"x\": row 8 \"?[2Jno\" is not a number; correct it") == true)
    let ignored = message {
      var schema = SchemaGuess(try rawTable(text)).schema
      try schema.setTarget("X", file: "t.csv")
    }
    #expect(ignored?.contains("column \"x\": an ignored column can't be the target") == true)
  }

  @Test("A cell that does not fit is named by file, line and column, and says what to do")
  func cells() throws {
    let schema = SchemaGuess(try rawTable(Self.mixed())).schema
    for (old, new, expected) in [
      (
        "3,c,m", "3,\u{1B}q,m", "t.csv:4: column \"kind\": row 3 \"?q\" is none of its 3 categories"
      ),
      ("2.5", "x", "t.csv:4: column \"amount\": row 3 \"x\" is not a number"),
      ("2.5", "2.505", "t.csv:4: column \"amount\": row 3 \"2.505\" has more than 2 decimals"),
      ("2.5", "-7", "t.csv:4: column \"amount\": row 3 \"-7\" is outside its range"),
      ("2024-02-12", "2024-02-30", "t.csv:4: column \"when\": row 3 \"2024-02-30\" is not of"),
    ] {
      var lines = Self.mixed().split(separator: "\n").map(String.init)
      lines[3] = lines[3].replacing(old, with: new)
      let text = lines.joined(separator: "\n")
      let said = message { _ = try Table(try rawTable(text), schema: schema) }
      #expect(said?.hasPrefix(expected) == true, "\(said ?? "nothing")")
    }
    var strict = schema
    strict.columns[3].missing = .refuse
    let said = message { _ = try Table(try rawTable(Self.mixed()), schema: strict) }
    #expect(
      said == "t.csv:9: column \"amount\": row 8 has no value; set missing: mask, or fill it in")
  }

  @Test(
    "A schema that makes no sense is refused at its line",
    arguments: [
      ("columns:\n  - name: a\n    knid: numeric\n", "s.yaml:3: no key is called \"knid\""),
      (
        "columns:\n  - name: a\n    kind: real\n",
        "s.yaml:3: column \"a\": kind \"real\" is none of"
      ),
      ("columns:\n  - name: a\n    kind: numeric\n", "s.yaml:2: column \"a\": expected range"),
      (
        "columns:\n  - {name: a, kind: integer, range: [0, 1.5]}\n",
        "s.yaml:2: column \"a\": the ends of the range"
      ),
      (
        "columns:\n  - {name: a, kind: binary, categories: [x]}\n",
        "s.yaml:2: column \"a\": expected"
      ),
      ("columns: [{kind: binary}]", "s.yaml:1: a column needs a name"),
      ("rows: 3", "s.yaml: expected"),
      ("a: [", "s.yaml:"),
    ])
  func badSchemas(yaml: String, expected: String) {
    let said = message { _ = try TableSchema(yaml: yaml, file: "s.yaml") }
    #expect(said?.hasPrefix(expected) == true, "\(said ?? "nothing")")
  }

  @Test("Values are written as they were read, texts that mean nothing else in quotes")
  func csv() throws {
    let text = Self.mixed().split(separator: "\n").enumerated().map { index, line in
      line.replacing(",b,", with: index % 2 == 0 ? ",\"NA\"," : ",\"u \"\"v\"\", w\",")
    }.joined(separator: "\n")
    let raw = try rawTable(text)
    let schema = SchemaGuess(raw).schema
    let table = try Table(raw, schema: schema)
    let again = try Table(try rawTable(table.csv), schema: schema)
    #expect(again == table)
    #expect(table.csv.contains("\n\"NA\","))
  }

  @Test("Days of 400 years and their texts are inverse")
  func dates() throws {
    let format = try #require(DateFormat("YYYY-MM-DD"))
    for day in stride(from: -200_000, to: 60_000, by: 13) {
      let seconds = Double(day) * 86_400
      #expect(format.seconds(format.text(seconds)) == seconds)
    }
    #expect(format.seconds("1970-01-01") == 0)
    #expect(format.seconds("2000-02-29") == 951_782_400)
    #expect(format.seconds("1900-02-29") == nil)
    let time = try #require(DateFormat("YYYY-MM-DDThh:mm:ssZ"))
    #expect(time.seconds("2001-09-09T01:46:40Z") == 1_000_000_000)
    #expect(time.text(1_000_000_000) == "2001-09-09T01:46:40Z")
  }
}
