import OutsideText

/// The columns of a table by name and number.
struct ColumnNames {
  /// The names as they stand in the file.
  let raw: [String]
  let file: String

  /// The names, safe to show; a column without one is called by its number.
  var shown: [String] { raw.indices.map { shown($0) } }

  init(raw: [String], file: String) {
    self.raw = raw
    self.file = file
  }

  /// Names for a table without a header: c1, c2, ...
  init(count: Int, file: String) {
    self.init(raw: (1...max(count, 1)).map { "c\($0)" }.prefix(count).map { $0 }, file: file)
  }

  func shown(_ index: Int) -> String {
    raw[index].isEmpty ? "c\(index + 1)" : SafeText.sanitized(raw[index])
  }

  /// A list of names for a message, cut where it gets long.
  func list(_ indices: some Collection<Int>) -> String {
    let names = indices.prefix(20).map { shown($0) }.joined(separator: ", ")
    return indices.count > 20 ? "\(names) and \(indices.count - 20) more" : names
  }

  /// The places of the columns asked for, in that order; all when none is asked for.
  ///
  /// A name as in the file comes first, then a name as it is shown, then a number from 1.
  ///
  /// - Throws: ``DataFileError`` for a column that is not there, unclear or asked for twice.
  func places(of wanted: [String]) throws(DataFileError) -> [Int] {
    guard !wanted.isEmpty else { return Array(raw.indices) }
    var places: [Int] = []
    for name in wanted {
      let place = try place(of: name)
      guard !places.contains(place) else {
        throw failure("column \"\(shown(place))\" is asked for twice")
      }
      places.append(place)
    }
    return places
  }

  private func place(of name: String) throws(DataFileError) -> Int {
    for candidates in [
      raw.indices.filter { raw[$0] == name }, raw.indices.filter { shown($0) == name },
    ]
    where !candidates.isEmpty {
      guard candidates.count == 1 else {
        let numbers = candidates.map { "\($0 + 1)" }.joined(separator: ", ")
        throw failure(
          "several columns are called \"\(SafeText.sanitized(name))\"; ask by number: \(numbers)")
      }
      return candidates[0]
    }
    if let number = Int(name), raw.indices.contains(number - 1) { return number - 1 }
    throw failure(
      "no column \"\(SafeText.sanitized(name))\"; the columns are \(list(raw.indices))")
  }

  private func failure(_ message: String) -> DataFileError {
    DataFileError(file: file, message: message)
  }
}
