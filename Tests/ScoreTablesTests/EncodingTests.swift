import Foundation
import ScoreCore
import Testing

@testable import ScoreTables

@Suite struct EncodingTests {
  /// Whether a value came back: exactly where the column has steps, else to rounding.
  private static func isSame(_ a: Double, _ b: Double, _ column: ColumnSchema) -> Bool {
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
    if column.kind.hasCategories || column.decimals != nil || column.format != nil { return a == b }
    let size = max(abs(column.range.lowerBound), abs(column.range.upperBound))
    return abs(a - b) <= 1e-9 * max(size, 1e-300)
  }

  @Test("100,000 random tables come back from their points, and from their CSV")
  func roundTrips() throws {
    var failures: [String] = []
    for index in 0..<100_000 where failures.count < 5 {
      var random = RandomTable(index)
      let table = random.table()
      let encoding = TableEncoding(fitting: table)
      let points = encoding.points(table)
      let back = encoding.table(points)
      let isSame = zip(table.columns.indices, table.columns).allSatisfy { place, column in
        zip(table.values[place], back.values[place]).allSatisfy { Self.isSame($0, $1, column) }
      }
      if !isSame || !points.values.allSatisfy(\.isFinite) {
        failures.append("\(index): \(table.csv)")
      }
      guard index % 10 == 0 else { continue }
      let read = try Table(try rawTable(table.csv), schema: TableSchema(columns: table.columns))
      if read != table { failures.append("\(index) read: \(table.csv)") }
    }
    #expect(failures.isEmpty, "\(failures)")
  }

  @Test("Whatever the coordinates are, the rows are valid")
  func anyPoints() {
    for index in 0..<5000 {
      var random = RandomTable(index)
      let table = random.table()
      let encoding = TableEncoding(fitting: table)
      let wild = [Double.nan, .infinity, -.infinity, 1e300, -1e300, 0, 1e-300]
      let values = (0..<20 * encoding.dimension).map { _ in
        random.stream.uniform() < 0.3
          ? wild[random.stream.integer(below: wild.count)] : 3 * random.stream.normal()
      }
      // A value that does not fit stops the program in the initialiser.
      let rows = encoding.table(Points(values: values, dimension: encoding.dimension))
      for (place, column) in table.columns.enumerated()
      where !table.values[place].contains(where: \.isNaN) {
        #expect(rows.values[place].allSatisfy { column.accepts($0) })
      }
    }
  }

  @Test("Scales are those of their definitions")
  func scales() {
    let values = [1.0, 2, 3, 4, 100]
    let standard = ColumnScale(.standard, fitting: values)
    #expect(abs(standard.coordinate(22)) < 1e-12)
    #expect(abs(standard.coordinate(100) - 78 / 1522.0.squareRoot()) < 1e-9)
    let robust = ColumnScale(.robust, fitting: values)
    #expect(robust.coordinate(3) == 0)
    #expect(abs(robust.coordinate(4) - 1.3489795003921634 / 2) < 1e-12)
    let quantile = ColumnScale(.quantile, fitting: values)
    #expect(quantile.coordinate(3) == 0)
    #expect(abs(quantile.coordinate(100) - StandardNormal.quantile(0.9)) < 1e-15)
    #expect(quantile.coordinate(2.5) == (quantile.coordinate(2) + quantile.coordinate(3)) / 2)
    let log = ColumnScale(.log, fitting: [-3, 0, 3])
    #expect(abs(log.coordinate(3) - 1.5.squareRoot()) < 1e-12)
    #expect(abs(log.value(log.coordinate(-1.7)) + 1.7) < 1e-12)
  }

  @Test("A ten-thousandth of a large column is found again between the ranks that are kept")
  func manyNumbers() {
    var stream = RandomStream(seed: 1, purpose: .test)
    var column = ColumnSchema(name: "x", kind: .numeric)
    column.decimals = 4
    let values = (0..<20_000).map { _ in column.rounded(exp(3 * stream.normal())) }
    column.range = (values.min() ?? 0)...(values.max() ?? 0)
    for scaling in ColumnSchema.Scaling.allCases {
      column.scaling = scaling
      let encoding = TableEncoding(fitting: Table(columns: [column], values: [values]))
      let table = Table(columns: [column], values: [values])
      #expect(encoding.table(encoding.points(table)) == table, "\(scaling)")
    }
  }

  @Test("A pattern of bits that no category has goes to the nearest that one has")
  func bits() {
    let code = OptionCode(count: 5, .bits)
    #expect(code.width == 3)
    for option in 0..<5 { #expect(code.option(code.coordinates(option)[...]) == option) }
    #expect(code.option([0.1, -1, 1]) == 4)
    #expect(code.option([1, 0.1, 0.9]) == 3)
    #expect(code.option([.nan, .nan, .nan]) < 5)
  }
}
