import Testing

@testable import ScoreTables

/// A schema is changed one value at a time, and always describes its table.
@Suite struct SchemaEditingTests {
  private static let text = """
    id,kind,size,when,mixed,same
    a,x,1.5,2024-01-01,1,k
    b,y,2.25,2024-01-02,2,k
    c,x,,2024-01-03,none,k
    d,y,7,2024-01-04,3,k
    """

  private func table() throws -> (raw: RawTable, schema: TableSchema) {
    let raw = try rawTable(Self.text)
    return (raw, SchemaGuess(raw).schema)
  }

  @Test("Every value of every column can be set to what it is, which changes nothing")
  func same() throws {
    let (raw, schema) = try table()
    for index in schema.columns.indices {
      for entry in schema.entries(ofColumn: index) {
        let again = try schema.setting(entry.key, ofColumn: index, to: entry.text, in: raw)
        #expect(again == schema, "\(schema.columns[index].name) \(entry.key)")
      }
    }
  }

  @Test("Another kind finds its categories or its range, and its decimals, in the cells")
  func kinds() throws {
    let (raw, schema) = try table()
    let size = try schema.setting("kind", ofColumn: 2, to: "categorical", in: raw)
    #expect(size.columns[2].categories == ["1.5", "2.25", "7"])
    let back = try size.setting("kind", ofColumn: 2, to: "numeric", in: raw)
    #expect(back.columns[2].range == 1.5...7 && back.columns[2].decimals == 2)
    let when = try schema.setting("kind", ofColumn: 3, to: "categorical", in: raw)
    #expect(when.columns[3].categories.count == 4)
    #expect(
      try when.setting("kind", ofColumn: 3, to: "datetime", in: raw).columns[3].range
        == schema.columns[3].range)
  }

  @Test("What cells cannot be is refused, with what to do, and what was refused becomes possible")
  func refusals() throws {
    let (raw, schema) = try table()
    #expect(
      message { _ = try schema.setting("kind", ofColumn: 2, to: "integer", in: raw) }?
        .contains("not whole; choose numeric") == true)
    #expect(
      message { _ = try schema.setting("kind", ofColumn: 1, to: "numeric", in: raw) }?
        .contains("has text such as \"x\"") == true)
    #expect(
      message { _ = try schema.setting("kind", ofColumn: 2, to: "datetime", in: raw) }?
        .contains("no days or times") == true)
    #expect(
      message { _ = try schema.setting("range", ofColumn: 2, to: "[2, 3]", in: raw) }?
        .contains("outside its range") == true)
    #expect(
      message { _ = try schema.setting("missing", ofColumn: 2, to: "refuse", in: raw) }?
        .contains("has no value") == true)
    #expect(
      message { _ = try schema.setting("role", ofColumn: 5, to: "feature", in: raw) }?
        .contains("at least two are needed") == true)
    // The text that is in the way means no value.
    let kept = try schema.setting("role", ofColumn: 4, to: "feature", in: raw)
    let absent = try kept.setting("absent", ofColumn: 4, to: "[none]", in: raw)
    let numbers = try absent.setting("kind", ofColumn: 4, to: "integer", in: raw)
    #expect(numbers.columns[4].range == 1...3)
    #expect(try Table(raw, schema: numbers).values.last?[2].isNaN == true)
  }

  @Test("A column that becomes the target makes the one before a feature")
  func target() throws {
    let (raw, schema) = try table()
    let first = try schema.setting("role", ofColumn: 1, to: "target", in: raw)
    let second = try first.setting("role", ofColumn: 3, to: "target", in: raw)
    #expect(second.columns.map(\.role)[1] == .feature && second.columns[3].role == .target)
    let gone = try second.setting("role", ofColumn: 3, to: "ignored", in: raw)
    #expect(gone.entries(ofColumn: 3).map(\.key) == ["role"])
    #expect(
      try gone.setting("role", ofColumn: 3, to: "feature", in: raw).columns[3].kind == .datetime)
  }
}
