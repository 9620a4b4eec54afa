import NumberFormatting
import OutsideText

extension ColumnSchema {
  /// What a column of a table would be as another kind.
  ///
  /// Name, role, what becomes of gaps, and the texts that mean one stay; the rest is found in the cells.
  ///
  /// - Throws: ``TableError`` where cells cannot be of the kind, with what to do.
  public func asKind(_ kind: Kind, of cells: RawTable.Cells) throws(TableError) -> ColumnSchema {
    var column = ColumnSchema(name: name, kind: kind)
    (column.role, column.missing, column.absent) = (role, missing, absent)
    if kind.hasCategories {
      try column.takeCategories(of: cells)
    } else if kind == .datetime {
      try column.takeTimes(of: cells)
    } else {
      try column.takeNumbers(of: cells)
    }
    return column
  }

  private func failure(_ message: String) -> TableError {
    TableError(file: "", column: name, message: message)
  }

  /// The distinct texts that are not missing.
  private func words(of cells: RawTable.Cells) -> [String] {
    switch cells {
    case .numbers(let values, _):
      SchemaGuess.runs(of: values.filter { !$0.isNaN }.sorted()).map { NumberText.exact($0.value) }
        .filter { !absent.contains($0) }
    case .texts(_, let words): words.filter { !absent.contains($0) }.sorted()
    }
  }

  private mutating func takeCategories(of cells: RawTable.Cells) throws(TableError) {
    categories = words(of: cells)
    guard categories.count > 1 else {
      throw failure("has \(NumberText.counted(categories.count, "value")); at least two are needed")
    }
    guard categories.count <= Self.mostCategories else {
      throw failure(
        "has \(categories.count) different values; at most \(Self.mostCategories) are categories")
    }
    guard kind != .binary || categories.count == 2 else {
      throw failure(
        "has \(categories.count) different values, and binary has two; write all but two "
          + "into absent, or choose categorical")
    }
    code = categories.count > Self.mostOneHot ? .bits : .oneHot
  }

  private mutating func takeTimes(of cells: RawTable.Cells) throws(TableError) {
    let words = words(of: cells)
    guard let format = DateFormat.common(to: words), !words.isEmpty else {
      throw failure(
        "has values that are no days or times of one form; write those that mean no value into "
          + "absent")
    }
    self.format = format
    let seconds = words.compactMap { format.seconds($0) }
    range = (seconds.min() ?? 0)...(seconds.max() ?? 0)
  }

  private mutating func takeNumbers(of cells: RawTable.Cells) throws(TableError) {
    let words = words(of: cells)
    let numbers = words.compactMap(RawNumber.value)
    guard numbers.count == words.count else {
      let stray = words.first { RawNumber.value($0) == nil } ?? ""
      throw failure(
        "has text such as \"\(SafeText.sanitized(stray))\"; if it means no value write it into "
          + "absent")
    }
    guard let lowest = numbers.min(), let highest = numbers.max(), lowest < highest else {
      throw failure("has \(NumberText.counted(numbers.count, "number")); at least two are needed")
    }
    guard max(-lowest, highest) <= SchemaGuess.largest else {
      throw failure("has numbers beyond 1e150; write them into absent, or change the unit")
    }
    let digits = numbers.map { NumberText.exact($0) }.map(Self.decimals).max() ?? 0
    guard kind != .integer || digits == 0 else {
      throw failure("has numbers that are not whole; choose numeric")
    }
    decimals = kind == .integer ? 0 : digits <= Self.mostDecimals ? digits : nil
    range = lowest...highest
    guard case .numbers(let values, _) = cells else { return }
    let present = values.filter { !$0.isNaN && range.contains($0) }.sorted()
    masses = SchemaGuess.masses(SchemaGuess.runs(of: present), rowCount: present.count)
  }

  /// The digits behind the point of a number as it is written; as many as can be for one with an exponent.
  private static func decimals(_ text: String) -> Int {
    guard !text.contains("e") else { return mostDecimals + 1 }
    return text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count
      ?? 0
  }
}
