import NumberFormatting
import OutsideText

/// A schema as far as a table's cells show it, and what a reader should know of it.
public struct SchemaGuess: Sendable, Equatable {
  public private(set) var schema: TableSchema
  /// One line a column that was left out or may be meant otherwise, with what to do; safe to show.
  public private(set) var notes: [String] = []

  /// How many distinct whole numbers may be categories with an order, and in how many rows each.
  private static let mostRanks = 12
  private static let rowsARank = 5
  /// The share of the rows, and the rows, that have a number which counts as a mass of its own.
  private static let massShare = 0.05
  private static let massRows = 10
  private static let mostMasses = 3
  /// A column of fewer distinct numbers has no masses: every number would be one.
  private static let leastDistinct = 20
  /// Squares of larger numbers leave the range of float64.
  static let largest = 1e150

  /// Guesses the schema of a table.
  public init(_ table: RawTable) {
    schema = TableSchema(columns: [])
    for column in table.columns {
      let (guessed, note) = Self.guess(column, rowCount: table.rowCount)
      schema.columns.append(guessed)
      if let note { notes.append("column \"\(SafeText.sanitized(column.name))\" \(note)") }
    }
  }

  /// What a column seems to be, and what a reader should know of it.
  static func guess(
    _ column: RawTable.Column, rowCount: Int
  ) -> (ColumnSchema, note: String?) {
    if column.missingCount == rowCount {
      return ignored(column.name, "has no value in any row; it is ignored")
    }
    switch column.cells {
    case .numbers(let values, let decimals):
      return guess(column.name, values: values, decimals: decimals)
    case .texts(let places, let words):
      return guess(column.name, words: words, rowCount: places.count { $0 >= 0 })
    }
  }

  private static func ignored(_ name: String, _ note: String) -> (ColumnSchema, note: String?) {
    var column = ColumnSchema(name: name, kind: .categorical)
    column.role = .ignored
    return (column, note)
  }

  // Texts

  private static func guess(
    _ name: String, words: [String], rowCount: Int
  ) -> (ColumnSchema, note: String?) {
    if words.count == 1 { return constant(name, words[0]) }
    if let format = DateFormat.common(to: words) {
      var column = ColumnSchema(name: name, kind: .datetime)
      column.format = format
      let seconds = words.compactMap { format.seconds($0) }
      column.range = (seconds.min() ?? 0)...(seconds.max() ?? 0)
      return (column, nil)
    }
    let limit = ColumnSchema.mostCategories
    if let (text, share) = strayText(words), share > 0.5 {
      return ignored(
        name,
        "has numbers and text such as \"\(SafeText.sanitized(text))\"; it is ignored; if the text "
          + "means no value, write absent: [...] and kind: numeric with a range in the schema")
    }
    if words.count > limit || rowCount >= 20 && words.count * 2 > rowCount {
      return ignored(
        name,
        "has \(words.count) different texts in \(rowCount) rows; it is ignored; to keep it, merge "
          + "them into at most \(limit) categories")
    }
    return (categories(name, words.sorted()), nil)
  }

  /// A word that is no number, and the share of the words that are numbers; nil if none is.
  private static func strayText(_ words: [String]) -> (text: String, numbers: Double)? {
    let strays = words.filter { RawNumber.value($0) == nil }
    guard let first = strays.first, strays.count < words.count else { return nil }
    return (first, 1 - Double(strays.count) / Double(words.count))
  }

  static func categories(_ name: String, _ words: [String]) -> ColumnSchema {
    var column = ColumnSchema(name: name, kind: words.count == 2 ? .binary : .categorical)
    column.categories = words
    column.code = words.count > ColumnSchema.mostOneHot ? .bits : .oneHot
    return column
  }

  private static func constant(_ name: String, _ text: String) -> (ColumnSchema, note: String?) {
    ignored(name, "has the one value \"\(SafeText.sanitized(text))\"; it is ignored")
  }

  // Numbers

  private static func guess(
    _ name: String, values: [Double], decimals: Int
  ) -> (ColumnSchema, note: String?) {
    let sorted = values.filter { !$0.isNaN }.sorted()
    let runs = runs(of: sorted)
    guard runs.count > 1 else { return constant(name, NumberText.exact(sorted[0])) }
    if let large = [sorted[0], sorted[sorted.count - 1]].first(where: { abs($0) > largest }) {
      return ignored(
        name,
        "has \(NumberText.exact(large)), beyond 1e150; it is ignored; if that means no value, "
          + "write it into absent: [...], else change the unit")
    }
    let isWhole = decimals == 0
    let countsRows = values.indices.allSatisfy { values[$0] == values[0] + Double($0) }
    if isWhole && values.count >= 20 && countsRows {
      return ignored(name, "numbers the rows; it is ignored")
    }
    let areRanks = runs.count <= mostRanks && sorted.count >= rowsARank * runs.count
    if isWhole && (runs.count == 2 || areRanks) {
      var column = categories(name, runs.map { NumberText.exact($0.value) })
      if runs.count > 2 { column.kind = .ordinal }
      return (column, nil)
    }
    var column = ColumnSchema(name: name, kind: isWhole ? .integer : .numeric)
    column.decimals = decimals <= ColumnSchema.mostDecimals ? decimals : nil
    column.range = sorted[0]...sorted[sorted.count - 1]
    column.masses = masses(runs, rowCount: sorted.count)
    return (column, nil)
  }

  /// The distinct numbers of a sorted list, and how often each is there.
  static func runs(of sorted: [Double]) -> [(value: Double, count: Int)] {
    var runs: [(value: Double, count: Int)] = []
    for value in sorted {
      if let last = runs.last, last.value == value {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((value, 1))
      }
    }
    return runs
  }

  static func masses(_ runs: [(value: Double, count: Int)], rowCount: Int) -> [Double] {
    guard runs.count >= leastDistinct else { return [] }
    let least = max(massRows, Int((massShare * Double(rowCount)).rounded(.up)))
    // Where all numbers are as common, none is a mass: it must stand out from the usual one.
    let usual = runs.map(\.count).sorted()[runs.count / 2]
    let heavy = runs.filter { $0.count >= least && $0.count >= 10 * usual }
    return heavy.sorted { $0.count > $1.count }.prefix(mostMasses).map(\.value).sorted()
  }
}
