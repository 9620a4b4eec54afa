import ScoreCore
import Testing

@testable import ScoreTables

/// Numbers of other programs for two small stored tables: sdmetrics 0.32.0 with pandas 2.3.3, and prdc 0.2.
///
/// Theirs are 1 for equal tables and ours 0, so 1 less theirs is ours. They leave missing values out where
/// ours are a value of their own; where that matters, theirs had them filled in with one.
@Suite struct StoredCaseTests {
  private static let real: [[Double]] = [
    [
      0.35, 0.82, 0.33, -1.3, 0.91, 0.45, -0.54, 0.58, 0.36, 0.29, 0.03, 0.55, -0.74, -0.16, -0.48,
      0.6, 0.04, -0.29, -0.78, -0.26, 0.01, -0.28, 1.29, 1.01, -2.71, -1.89, -0.17, -0.42, 0.21,
      0.22,
    ],
    [
      .nan, -0.62, -0.18, 1.26, 1.19, 0.93, -0.84, -1.3, 0.38, 0.28, -1.21, -0.35, -0.52, -1.04,
      .nan, 0.46, 0.06, -0.68, 0.13, 0.74, 0.33, -0.99, 1.51, 0.1, .nan, -2.21, 0.81, -0.27, -1.12,
      -0.18,
    ],
    [0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 2, 1, 2, 0, 1, 0, 2, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1],
    [
      1, 1, 0, .nan, 0, .nan, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, .nan, 1, 1,
      0,
      0,
    ],
    [3, 4, 3, 1, 2, 4, 2, 2, 2, 2, 1, 3, 1, 3, 2, 1, 2, 1, 2, 2, 2, 1, 4, 4, 0, 0, 1, 2, 1, 4],
  ]
  private static let made: [[Double]] = [
    [
      0.69, -0.02, 0.09, -1.94, 2.3, 1.64, 0.17, 1.27, 0.78, -0.05, 1.48, 0.19, 0.17, -0.29, 0.95,
      0.4, 1.05, -0.11, 0.63, -0.39, 1.34, 0.69, 0.83, 0.91,
    ],
    [
      .nan, .nan, 2.11, -2.8, -0.35, -0.52, 0.94, 0.89, 1.55, 0.69, 1.1, 0.4, -0.07, 0.69, -0.56,
      .nan, .nan, 1.74, .nan, -1.31, 0.24, 1.38, 0.26, 1.87,
    ],
    [2, 1, 2, 1, 2, 0, 2, 1, 0, 0, 2, 2, 0, 0, 0, 2, 0, 0, 2, 1, 1, 0, 1, 1],
    [.nan, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, .nan, 0, 0, 0, .nan, 1, 0, .nan, .nan, 0, 1],
    [2, 2, 2, 0, 3, 4, 2, 4, 3, 3, 3, 2, 2, 1, 3, 2, 3, 2, 3, 2, 2, 2, 3, 1],
  ]

  private static let columns: [ColumnSchema] = {
    let kinds: [(String, ColumnSchema.Kind, Int)] = [
      ("a", .numeric, 0), ("b", .numeric, 0), ("c", .categorical, 3), ("d", .binary, 2),
      ("o", .ordinal, 5),
    ]
    return kinds.map { name, kind, count in
      var column = ColumnSchema(name: name, kind: kind)
      column.range = -5...5
      column.categories = (0..<count).map { "w\($0)" }
      return column
    }
  }()

  private static func tables(_ names: String) -> (made: Table, real: Table) {
    let places = columns.indices.filter { names.contains(columns[$0].name) }
    let chosen = places.map { columns[$0] }
    return (
      Table(columns: chosen, values: places.map { made[$0] }),
      Table(columns: chosen, values: places.map { real[$0] })
    )
  }

  private static func comparison(_ names: String) -> TableComparison {
    let (made, real) = tables(names)
    return TableComparison(made, against: real, seed: 1, draws: 9)
  }

  @Test("Differences of columns are those of KSComplement and TVComplement")
  func columns() {
    let found = Self.comparison("abcdo").columns
    // b with gaps below all numbers, d with gaps as a category.
    let theirs = [
      0.5916666666666667, 0.775, 0.7666666666666667, 0.7916666666666667, 0.7916666666666666,
    ]
    for (column, complement) in zip(found, theirs) {
      #expect(abs(1 - column.difference.value - complement) < 1e-12, "\(column.name)")
    }
    #expect(found.map(\.measure) == [.ks, .ks, .tv, .tv, .ks])
  }

  @Test("Without gaps they are those of KSComplement and TVComplement as they are")
  func presentValues() {
    for (place, complement) in [(1, 0.6803118908382066), (3, 0.8128654970760234)] {
      let column = Self.columns[place]
      let parts = [Self.made, Self.real].map { table in
        Table(columns: [column], values: [table[place].filter { !$0.isNaN }])
      }
      let found = TableComparison(parts[0], against: parts[1], seed: 1, draws: 9)
      #expect(abs(1 - found.columns[0].difference.value - complement) < 1e-12)
    }
  }

  @Test(
    "Differences of pairs are twice those of CorrelationSimilarity, and those of ContingencySimilarity",
    arguments: [
      ("ab", 0.9775148978827908, 2), ("ao", 0.9903330721803318, 2), ("bo", 0.9276891031153583, 2),
      ("cd", 0.6583333333333334, 1),
      // The numbers cut at the quarters of both tables together.
      ("ac", 0.4916666666666667, 1),
    ])
  func pairs(names: String, similarity: Double, factor: Double) throws {
    let found = try #require(Self.comparison(names).pairMean)
    #expect(abs(found.value - factor * (1 - similarity)) < 1e-12)
  }

  @Test("The share of copies is 1 less NewRowSynthesis")
  func copies() {
    let (made, real) = Self.tables("cdo")
    #expect(abs(1 - JudgedRows.copies(of: real, in: made) - 0.5833333333333334) < 1e-12)
  }

  @Test(
    "Density and coverage are those of prdc",
    arguments: [
      (3, 1.2559999999999998, 0.5466666666666666), (5, 1.3464, 0.8333333333333334),
    ])
  func density(k: Int, density: Double, coverage: Double) {
    let half = Points(
      values: MetricTests.x.rows(0..<250).values.map { $0 / 2 }, dimension: 4)
    let found = DensityCoverage(rows: half, real: MetricTests.x.rows(250..<400), k: k)
    #expect(abs(found.density - density) < 1e-12 && abs(found.coverage - coverage) < 1e-12)
  }
}
