import Glibc
import ScoreCore
import Testing

@Suite struct SmoothedPointsTests {
  private struct Source: DataSource {
    var result: DataTable
    func table(file: String, columns: [String]) throws -> DataTable {
      #expect(file == "my.csv")
      #expect(columns == ["x", "y"])
      return result
    }
  }

  private func make(
    rows: [[Double]], standardize: Bool = true
  ) throws -> SmoothedPoints {
    let entry = try #require(DistributionCatalog.entry(named: "points"))
    let parameters = try CatalogParameters(
      [
        "file": .text("my.csv"), "columns": .list([.text("x"), .text("y")]),
        "standardize": .flag(standardize), "bandwidth": .number(0.2),
      ], describedBy: entry.parameters)
    let source = Source(result: DataTable(names: ["x", "y"], points: Points(rows: rows)))
    return try #require(try entry.make(parameters, source) as? SmoothedPoints)
  }

  @Test("The frame leads from standardised points back to the table")
  func frameLeadsBack() throws {
    let rows = [[1.0, 100], [2, 300], [6, 250]]
    let distribution = try make(rows: rows)
    #expect(distribution.coordinates.names == ["x", "y"])
    for axis in 0..<2 {
      let column = distribution.data.column(axis)
      #expect(abs(column.reduce(0, +)) <= 1e-14)
      #expect(abs(column.reduce(0) { $0 + $1 * $1 } / 3 - 1) <= 1e-14)
    }
    for (value, expected) in zip(
      distribution.coordinates.userUnits(distribution.data).values, rows.joined())
    {
      #expect(abs(value - expected) <= 1e-13 * abs(expected))
    }
  }

  @Test("Without standardising the points stay as they are")
  func rawPointsStay() throws {
    let distribution = try make(rows: [[1, 5], [2, 5]], standardize: false)
    #expect(distribution.data.values == [1, 5, 2, 5])
    #expect(distribution.coordinates.scale == [1, 1] && distribution.coordinates.offset == [0, 0])
    #expect(distribution.mixture.deviations == [0.2, 0.2])
  }

  @Test("Tables that cannot be used are refused with the reason")
  func badTablesAreRefused() {
    func message(_ rows: [[Double]]) -> String {
      (#expect(throws: ParameterError.self) { _ = try make(rows: rows) })?.description ?? ""
    }
    #expect(message([[1, 2]]).contains("at least 2 rows"))
    #expect(message([[0.1, 2], [0.1, 3], [0.1, 4]]).contains("column \"x\" is constant"))
    #expect(message([[1e308, 2], [-1e308, 3]]).contains("column \"x\" has numbers too large"))
    #expect(message([[1e-200, 2], [2e-200, 3]]).contains("column \"x\" varies too little"))
    #expect(message([[1, 2], [2, .nan]]).contains("row 2 of column \"y\""))
    let many = Points(zeros: 100_001, dimension: 1)
    let wide = Points(zeros: 2, dimension: 785)
    for points in [many, wide] {
      let names = (0..<points.dimension).map { "c\($0)" }
      let error = #expect(throws: ParameterError.self) {
        _ = try SmoothedPoints(
          table: DataTable(names: names, points: points), scaling: .none, bandwidth: 1)
      }
      #expect(error?.message.contains("at most") == true)
    }
  }

  @Test("Names of columns must be text, each error at its place")
  func columnNamesAreText() throws {
    let entry = try #require(DistributionCatalog.entry(named: "points"))
    let parameters = try CatalogParameters(
      ["file": .text("my.csv"), "columns": .list([.text("x"), .number(2)])],
      describedBy: entry.parameters)
    let error = #expect(throws: ParameterError.self) {
      _ = try entry.make(parameters, FixedTable())
    }
    #expect(error?.path == ["columns", "2"])
    #expect(throws: ParameterError.self) {
      _ = try CatalogParameters([:], describedBy: entry.parameters)
    }
  }

  @Test("Old Faithful holds the published measurements")
  func oldFaithfulIsComplete() throws {
    let entry = try #require(DistributionCatalog.entry(named: "old_faithful"))
    let distribution = try #require(
      try entry.make(CatalogParameters([:], describedBy: entry.parameters), FixedTable())
        as? SmoothedPoints)
    #expect(distribution.data.count == 272)
    #expect(distribution.coordinates.names == ["eruptions (min)", "waiting (min)"])
    // R: colMeans(faithful) and the range of each column.
    #expect(abs(distribution.coordinates.offset[0] - 3.487783) <= 5e-7)
    #expect(abs(distribution.coordinates.offset[1] - 70.897059) <= 5e-7)
    let user = distribution.coordinates.userUnits(distribution.data)
    let (eruptions, waiting) = (user.column(0), user.column(1))
    for (value, expected) in zip(
      [eruptions.min(), eruptions.max(), waiting.min(), waiting.max()], [1.6, 5.1, 43, 96])
    {
      #expect(abs((value ?? 0) - expected) <= 1e-12)
    }
  }
}
