/// Brings the rows of shards, each sorted, into one order while they come by.
///
/// Shards come in the order of their runs, but the units of one run may lie in several of them.
struct RowOrder {
  private var waiting: [ArraySlice<UInt8>] = []
  /// The last run of those that wait.
  private var lastRun = -1

  /// Takes the rows of the next shard.
  ///
  /// - Returns: Rows that no later shard can come before; nil for none.
  mutating func take(_ lines: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let first = Self.firstLine(lines).flatMap(UnitPlace.init),
      let last = Self.lastLine(lines).flatMap(UnitPlace.init)
    else { return nil }
    let finished = first.run > lastRun ? finish() : nil
    waiting.append(lines)
    lastRun = max(lastRun, last.run)
    return finished
  }

  /// The rows that are left.
  mutating func finish() -> ArraySlice<UInt8>? {
    defer { waiting = [] }
    guard waiting.count > 1 else { return waiting.first }
    let lines = waiting.flatMap { $0.split(separator: 0x0A) }
    let placed = lines.compactMap { line in UnitPlace(line: line).map { ($0, line) } }
    return ArraySlice(placed.sorted { $0.0 < $1.0 }.flatMap { $0.1 + [0x0A] })
  }

  private static func firstLine(_ lines: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    lines.firstIndex(of: 0x0A).map { lines[..<$0] }
  }

  private static func lastLine(_ lines: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let rest = lines.dropLast()
    return rest.isEmpty
      ? nil : rest[(rest.lastIndex(of: 0x0A).map { $0 + 1 } ?? rest.startIndex)...]
  }
}
