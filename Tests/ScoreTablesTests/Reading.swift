import ScoreTables
import Testing

@testable import ScoreTables

/// Shorter ways to write what the tests need.
func rawTable(_ text: String) throws -> RawTable {
  try RawTable.parse(Array(text.utf8), file: "t.csv")
}

/// What a failing body says, or nil if it does not fail.
func message(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return "\(error)"
  }
}

extension RawTable {
  /// The texts of a column as they were read; nil for a missing one.
  func texts(_ name: String) throws -> [String?] {
    switch columns[try place(of: name)].cells {
    case .numbers(let values, _): values.map { $0.isNaN ? nil : "\($0)" }
    case .texts(let places, let words): places.map { $0 < 0 ? nil : words[Int($0)] }
    }
  }
}
