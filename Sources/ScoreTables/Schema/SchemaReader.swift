import OutsideText
import ScoreLab

extension TableSchema {
  /// Reads a schema file.
  ///
  /// - Throws: ``TableError`` naming the line, and what is allowed there.
  public static func read(file: String) throws(TableError) -> TableSchema {
    let text: String
    do throws(FileError) {
      text = try FileReader.text(file, limit: SchemaReader.limit)
    } catch {
      throw TableError(file: file, message: error.reason)
    }
    return try TableSchema(yaml: text, file: file)
  }

  /// Reads a schema that is written as YAML.
  ///
  /// - Throws: ``TableError`` naming the line, and what is allowed there.
  public init(yaml: String, file: String) throws(TableError) {
    let root: YAMLNode?
    do throws(YAMLFault) {
      root = try YAMLReader.compose(yaml, limit: SchemaReader.limit)
    } catch {
      throw TableError(file: file, line: error.line, message: error.message)
    }
    guard let root, case .map(let entries) = root.content, entries.count == 1,
      entries[0].key == "columns", case .list(let items) = entries[0].value.content, !items.isEmpty
    else {
      throw TableError(file: file, message: "expected the one key columns, with a list")
    }
    columns = []
    for item in items {
      var reader = SchemaReader(file: file, line: item.line)
      let column = try reader.column(item)
      guard !columns.contains(where: { $0.name == column.name }) else {
        throw TableError(
          file: file, line: item.line, column: column.name, message: "is there twice; delete one")
      }
      columns.append(column)
    }
    let targets = columns.filter { $0.role == .target }
    if targets.count > 1 {
      throw TableError(
        file: file, column: targets[1].name, message: "a second target; a table has one at most")
    }
  }
}

/// Reads one column of a schema.
struct SchemaReader {
  /// The most bytes of a schema.
  static let limit = 4 << 20

  private static let keys = [
    "name", "role", "kind", "missing", "absent", "categories", "code", "format", "range",
    "decimals",
    "scaling", "masses",
  ]

  private let file: String
  private var line: Int?
  private var name: String?
  private var values: [String: YAMLNode] = [:]

  init(file: String, line: Int?) {
    self.file = file
    self.line = line
  }

  mutating func column(_ node: YAMLNode) throws(TableError) -> ColumnSchema {
    guard case .map(let entries) = node.content else { throw failure("expected keys and values") }
    for entry in entries {
      line = entry.line
      guard Self.keys.contains(entry.key) else {
        throw failure(
          "no key is called \"\(SafeText.sanitized(entry.key))\"; the keys are "
            + Self.keys.joined(separator: ", "))
      }
      values[entry.key] = entry.value
    }
    line = node.line
    name = try text("name")
    guard let name, !name.isEmpty else { throw failure("a column needs a name") }
    let role = try choice("role", ColumnSchema.Role.self) ?? .feature
    let unread = role == .ignored ? ColumnSchema.Kind.categorical : nil
    guard let kind = try choice("kind", ColumnSchema.Kind.self) ?? unread else {
      throw failure(
        "expected kind: one of "
          + ColumnSchema.Kind.allCases.map(\.rawValue).joined(separator: ", "))
    }
    var column = ColumnSchema(name: name, kind: kind)
    column.role = role
    if role == .ignored {
      column.kind = .categorical
      return column
    }
    column.missing = try choice("missing", ColumnSchema.Missing.self) ?? .mask
    column.absent = try texts("absent") ?? []
    if kind.hasCategories { try readCategories(&column) } else { try readNumbers(&column) }
    return column
  }

  private mutating func readCategories(_ column: inout ColumnSchema) throws(TableError) {
    column.categories = try texts("categories") ?? []
    let count = column.categories.count
    guard count > 0, column.kind != .binary || count == 2 else {
      throw failure(
        column.kind == .binary
          ? "expected categories: [...] with two texts" : "expected categories: [...] with texts")
    }
    guard Set(column.categories).count == count, !column.categories.contains("") else {
      throw failure("a category is empty or there twice")
    }
    column.code =
      try choice("code", ColumnSchema.Code.self)
      ?? (count > ColumnSchema.mostOneHot ? .bits : .oneHot)
    try refuse("format", "range", "decimals", "scaling", "masses", of: column.kind)
  }

  private mutating func readNumbers(_ column: inout ColumnSchema) throws(TableError) {
    try refuse("categories", "code", of: column.kind)
    if column.kind == .datetime {
      guard let pattern = try text("format"), let format = DateFormat(pattern) else {
        throw failure("expected format: one of \(DateFormat.patterns.joined(separator: ", "))")
      }
      column.format = format
      try refuse("decimals", of: column.kind)
    } else {
      try refuse("format", of: column.kind)
    }
    column.decimals = column.kind == .integer ? 0 : nil
    if column.kind == .numeric, let decimals = try number("decimals") {
      let allowed = 0...ColumnSchema.mostDecimals
      guard let whole = Int(exactly: decimals), allowed.contains(whole) else {
        throw failure("expected decimals from 0 to \(ColumnSchema.mostDecimals)")
      }
      column.decimals = whole
    }
    column.scaling = try choice("scaling", ColumnSchema.Scaling.self) ?? .quantile
    column.range = try range(column)
    column.masses = try numbers("masses", as: column) ?? []
    guard column.masses.allSatisfy({ column.accepts($0) }),
      Set(column.masses).count == column.masses.count
    else {
      throw failure("masses must be different values of the column, within its range")
    }
  }

  private func range(_ column: ColumnSchema) throws(TableError) -> ClosedRange<Double> {
    guard let ends = try numbers("range", as: column), ends.count == 2, ends[0] <= ends[1] else {
      throw failure("expected range: [lowest, highest]")
    }
    guard ends.allSatisfy({ column.rounded($0) == $0 && abs($0) <= SchemaGuess.largest }) else {
      throw failure("the ends of the range must have the column's decimals and be at most 1e150")
    }
    return ends[0]...ends[1]
  }

  // Values

  private func refuse(_ keys: String..., of kind: ColumnSchema.Kind) throws(TableError) {
    for key in keys where values[key] != nil {
      throw failure("\(key) has no meaning for the kind \(kind.rawValue); delete it", at: key)
    }
  }

  private func scalar(_ node: YAMLNode) -> String? {
    guard case .scalar(let text, _) = node.content else { return nil }
    return text
  }

  private func text(_ key: String) throws(TableError) -> String? {
    guard let node = values[key] else { return nil }
    guard let text = scalar(node) else { throw failure("\(key) must be one text", at: key) }
    return text
  }

  private func texts(_ key: String) throws(TableError) -> [String]? {
    guard let node = values[key] else { return nil }
    guard case .list(let items) = node.content else {
      throw failure("\(key) must be a list: [...]", at: key)
    }
    let texts = items.compactMap(scalar)
    guard texts.count == items.count else { throw failure("\(key) must hold texts only", at: key) }
    return texts
  }

  private func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Value.Type
  ) throws(TableError) -> Value? {
    guard let text = try text(key) else { return nil }
    guard let value = Value(rawValue: text) else {
      let allowed = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw failure(
        "\(key) \"\(SafeText.sanitized(text))\" is none of \(allowed)", at: key)
    }
    return value
  }

  private func number(_ key: String) throws(TableError) -> Double? {
    guard let text = try text(key) else { return nil }
    guard let value = RawNumber.value(text) else {
      throw failure("\(key) must be a number", at: key)
    }
    return value
  }

  private func numbers(
    _ key: String, as column: ColumnSchema
  ) throws(TableError) -> [Double]? {
    guard let texts = try texts(key) else { return nil }
    let values = texts.compactMap { text in
      column.format.map { $0.seconds(text) } ?? RawNumber.value(text).map { $0 + 0 }
    }
    guard values.count == texts.count else {
      let form = column.format.map { "of the form \($0.pattern)" } ?? "numbers"
      throw failure("\(key) must hold values \(form)", at: key)
    }
    return values
  }

  private func failure(_ message: String, at key: String? = nil) -> TableError {
    TableError(
      file: file, line: key.flatMap { values[$0]?.line } ?? line, column: name, message: message)
  }
}
