import ScoreCore
import Testing

@testable import ScoreTables

@Suite struct BaselineTests {
  /// Two numbers that hang together, a class that goes with them, and gaps.
  private static func table(rows: Int) -> Table {
    var stream = RandomStream(seed: 4, purpose: .test)
    var columns = ["x", "y"].map { ColumnSchema(name: $0, kind: .numeric) }
    for index in columns.indices {
      columns[index].range = -20...20
      columns[index].decimals = 2
    }
    var kind = ColumnSchema(name: "k", kind: .categorical)
    kind.categories = ["a", "b", "c"]
    var values: [[Double]] = [[], [], []]
    for _ in 0..<rows {
      let x = stream.normal()
      values[0].append(columns[0].valid(x))
      values[1].append(
        stream.uniform() < 0.1 ? .nan : columns[1].valid(2 * x + 0.5 * stream.normal()))
      values[2].append(x < -0.5 ? 0 : x < 0.5 ? 1 : 2)
    }
    return Table(columns: columns + [kind], values: values)
  }

  private func correlation(_ table: Table) -> Double {
    let rows = (0..<table.rowCount).filter { !table.values[1][$0].isNaN }
    let (x, y) = (rows.map { table.values[0][$0] }, rows.map { table.values[1][$0] })
    let n = Double(rows.count)
    let (mx, my) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    let sxy = zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
    let (sxx, syy) = (
      x.reduce(0) { $0 + ($1 - mx) * ($1 - mx) }, y.reduce(0) { $0 + ($1 - my) * ($1 - my) }
    )
    return sxy / (sxx * syy).squareRoot()
  }

  @Test(
    "Rows are as many as asked for, valid, and the same for the same seed",
    arguments: TableBaseline.allCases)
  func contract(_ baseline: TableBaseline) {
    for index in 0..<200 {
      var random = RandomTable(index)
      let table = random.table()
      // A value that does not fit stops the program in the initialiser.
      #expect(baseline.rows(7, from: table, seed: 3).rowCount == 7)
    }
    let table = Self.table(rows: 100)
    #expect(baseline.rows(50, from: table, seed: 3) == baseline.rows(50, from: table, seed: 3))
    #expect(baseline.rows(50, from: table, seed: 3) != baseline.rows(50, from: table, seed: 4))
  }

  @Test("Each keeps what it should: columns, pairs, or the rows themselves")
  func kept() {
    let table = Self.table(rows: 600)
    let (train, heldOut) = (table.rows(Array(0..<300)), table.rows(Array(300..<600)))
    #expect(abs(correlation(train) - 0.97) < 0.02)
    let encoding = TableEncoding(fitting: train)
    for baseline in TableBaseline.allCases {
      let rows = baseline.rows(300, from: train, seed: 1)
      let found = TableComparison(rows, against: heldOut, seed: 1)
      let privacy = PrivacyComparison(
        rows: encoding.points(rows), trained: encoding.points(train),
        heldOut: encoding.points(heldOut), seed: 1)
      switch baseline {
      case .bootstrap:
        #expect(correlation(rows) > 0.95 && privacy.attack.isAbove)
        #expect(privacy.nearestIsTrained.value > 0.9)
      case .independent:
        #expect(abs(correlation(rows)) < 0.2)
        // A sample of a sample is further off than the null's fresh rows, but not far.
        #expect(found.pairMean?.isAbove == true && found.columnMean.value < 0.12)
      case .copula:
        // Rows of 300 of 300 against 300: Kolmogorov's 99 % point is 1.63 sqrt(3 / 300).
        #expect(found.columnMean.value < 0.163)
      case .interpolation: #expect(correlation(rows) > 0.95 && privacy.nearestIsTrained.isAbove)
      case .kernel: #expect((0.6...0.97).contains(correlation(rows)))
      }
    }
  }

  @Test("The copula keeps the correlation of a normal table, within five standard errors")
  func copula() {
    var stream = RandomStream(seed: 9, purpose: .test)
    var columns = ["x", "y"].map { ColumnSchema(name: $0, kind: .numeric) }
    for index in columns.indices { columns[index].range = -20...20 }
    let (rho, n) = (0.8, 4000)
    var values: [[Double]] = [[], []]
    for _ in 0..<n {
      let x = stream.normal()
      values[0].append(x)
      values[1].append(rho * x + (1 - rho * rho).squareRoot() * stream.normal())
    }
    let table = Table(columns: columns, values: values)
    // Of a correlation of n normal pairs it is (1 - rho^2) / sqrt(n); the rows have the table's too.
    let error = (1 - rho * rho) / Double(n).squareRoot()
    #expect(abs(correlation(table) - rho) < 5 * error)
    let rows = TableBaseline.copula.rows(n, from: table, seed: 2)
    #expect(abs(correlation(rows) - rho) < 5 * 2.0.squareRoot() * error)
    let apart = TableBaseline.independent.rows(n, from: table, seed: 2)
    #expect(abs(correlation(apart)) < 5 / Double(n).squareRoot())
  }
}
