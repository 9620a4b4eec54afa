import ScoreLab
import ScoreTables

/// The table "Default of credit card clients" in the three forms in which it circulates.
///
/// They differ in names and layout: UCI's has a line `X1, ..., X23, Y` above the names and a column `ID`,
/// OpenML's has the names `x1` to `x23` and `y`, Kaggle's has points in the target's name.
///
/// Source: Yeh and Lien 2009, Expert Systems with Applications 36(2), 2473-2480; UCI, DOI 10.24432/C55S3H.
enum CreditTable {
  /// The 23 features in UCI's order; `PAY_0` is also called `PAY_1`.
  static let features: [String] =
    ["LIMIT_BAL", "SEX", "EDUCATION", "MARRIAGE", "AGE", "PAY_0"]
    + (2...6).map { "PAY_\($0)" } + (1...6).map { "BILL_AMT\($0)" }
    + (1...6).map { "PAY_AMT\($0)" }
  static let target = "default_payment_next_month"

  /// Codes without an order.
  private static let unordered: Set<String> = ["EDUCATION", "MARRIAGE"]
  private static let whereToGet =
    "get \"Default of credit card clients\" from UCI (DOI 10.24432/C55S3H), OpenML or Kaggle as CSV, "
    + "and pass it with --set file=PATH"

  /// Reads any of the forms; the target is the last column.
  ///
  /// - Parameters:
  ///   - file: The file; empty where none was given.
  ///   - folder: What a relative name starts from; empty for the current folder.
  /// - Returns: 24 columns, the same for all forms.
  /// - Throws: ``TableError`` that says where to get the file, or which column is missing or wrong.
  static func read(file: String, folder: String) throws(TableError) -> Table {
    guard !file.isEmpty else {
      throw TableError(file: "", message: "credit_default needs its file: \(whereToGet)")
    }
    let path = folder.isEmpty || file.hasPrefix("/") ? file : "\(folder)/\(file)"
    guard FileReader.exists(path) else {
      throw TableError(file: file, message: "no such file; \(whereToGet)")
    }
    let raw = try renamed(RawTable.read(file: path, hasLineAboveNames: hasLineAboveNames))
    var schema = SchemaGuess(raw).schema
    for place in schema.columns.indices {
      if unordered.contains(schema.columns[place].name), schema.columns[place].kind == .ordinal {
        schema.columns[place].kind = .categorical
      }
    }
    try schema.setTarget(target, file: file)
    let table = try Table(raw, schema: schema)
    try schema.check(table, file: file)
    return table
  }

  /// Whether the names stand in the second line, below UCI's numbers of columns.
  private static func hasLineAboveNames(_ first: String, _ second: String) -> Bool {
    !first.uppercased().contains(features[0]) && second.uppercased().contains(features[0])
  }

  /// The columns in UCI's order and with its names; others, such as `ID`, are left out.
  private static func renamed(_ raw: RawTable) throws(TableError) -> RawTable {
    var found: [String: RawTable.Column] = [:]
    for column in raw.columns {
      let name = plain(column.name)
      guard let place = place(of: name), found[place] == nil else { continue }
      found[place] = column
    }
    var columns: [RawTable.Column] = []
    for name in features + [target] {
      guard let column = found[name] else {
        throw TableError(
          file: raw.file, column: name,
          message: "missing; this is not \"Default of credit card clients\"; \(whereToGet)")
      }
      guard case .numbers(let values, _) = column.cells else {
        throw TableError(
          file: raw.file, column: column.name, message: "has text; expected numbers alone")
      }
      guard !values.contains(where: { $0.isNaN }) else {
        throw TableError(
          file: raw.file, column: column.name, message: "has gaps; this table has none")
      }
      // Some copies write 20000 as 20000.0.
      let isWhole = values.allSatisfy { $0 == $0.rounded() }
      columns.append(
        RawTable.Column(name: name, cells: .numbers(values, decimals: isWhole ? 0 : 2)))
    }
    return RawTable(file: raw.file, columns: columns, rowCount: raw.rowCount)
  }

  /// A name in small letters and digits, everything else as `_`.
  private static func plain(_ name: String) -> String {
    String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  private static func place(of name: String) -> String? {
    if let place = features.firstIndex(where: { $0.lowercased() == name }) {
      return features[place]
    }
    if name == "pay_1" { return "PAY_0" }
    if name == target || name == "y" { return target }
    guard name.hasPrefix("x"), let number = Int(name.dropFirst()),
      (1...features.count).contains(number)
    else { return nil }
    return features[number - 1]
  }
}
