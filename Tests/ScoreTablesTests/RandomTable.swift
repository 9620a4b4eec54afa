import ScoreCore

@testable import ScoreTables

/// Small tables of every kind of column, with gaps, masses and one-row cases.
struct RandomTable {
  var stream: RandomStream

  init(_ index: Int) { stream = RandomStream(seed: 5, purpose: .test, index: UInt64(index)) }

  mutating func table() -> Table {
    let rows = 1 + stream.integer(below: 8)
    let columns = (0..<1 + stream.integer(below: 3)).map { column("x\($0)") }
    return Table(columns: columns, values: columns.map { values($0, rows) })
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[stream.integer(below: values.count)]
  }

  private mutating func column(_ name: String) -> ColumnSchema {
    var column = ColumnSchema(name: name, kind: pick(ColumnSchema.Kind.allCases))
    column.scaling = pick(ColumnSchema.Scaling.allCases)
    column.code = pick(ColumnSchema.Code.allCases)
    column.missing = pick(ColumnSchema.Missing.allCases)
    switch column.kind {
    case .binary: column.categories = ["no", "NA"]
    case .ordinal, .categorical:
      column.categories = (0...stream.integer(below: 20)).map { "w\($0)" }
    case .datetime:
      column.format = DateFormat(pick(DateFormat.patterns))
      column.range = column.rounded(-1e9)...column.rounded(2e9)
    case .integer, .numeric:
      column.decimals = column.kind == .integer ? 0 : pick([nil, 0, 1, 2, 5])
      let centre = pick([0, 1, -50, 1e4, 1e8])
      let half = pick([0, 1, 1000, 1e6])
      column.range = column.rounded(centre - half)...column.rounded(centre + half)
      if pick([true, false]) { column.masses = [column.range.lowerBound] }
    }
    return column
  }

  private mutating func values(_ column: ColumnSchema, _ rows: Int) -> [Double] {
    (0..<rows).map { _ in
      if column.missing == .mask && stream.uniform() < 0.2 { return .nan }
      if column.kind.hasCategories { return Double(stream.integer(below: column.categories.count)) }
      if let mass = column.masses.first, stream.uniform() < 0.3 { return mass }
      let (low, high) = (column.range.lowerBound, column.range.upperBound)
      return column.valid(low + (high - low) * stream.uniform())
    }
  }
}
