import ScoreCore
import ScoreLab
import Testing

@testable import ScoreTables

@Suite struct TableConditionTests {
  /// A class, a number x that goes with it, and y = 0.8 x + 0.6 e for a normal e.
  private static let table: Table = {
    var stream = RandomStream(seed: 3, purpose: .test)
    var kind = ColumnSchema(name: "Kind", kind: .binary)
    kind.categories = ["low", "high"]
    var numbers = ["x", "y"].map { ColumnSchema(name: $0, kind: .numeric) }
    for index in numbers.indices {
      numbers[index].range = -20...20
      numbers[index].scaling = .standard
    }
    var values: [[Double]] = [[], [], []]
    for _ in 0..<1500 {
      let isHigh = stream.uniform() < 0.4
      let x = (isHigh ? 1.5 : -1.5) + 0.5 * stream.normal()
      values[0].append(isHigh ? 1 : 0)
      values[1].append(x)
      values[2].append(0.8 * x + 0.6 * stream.normal())
    }
    return Table(columns: [kind] + numbers, values: values)
  }()

  private var schema: TableSchema { TableSchema(columns: Self.table.columns) }

  private func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    return (mean, (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n).squareRoot())
  }

  /// Rows that a small network makes given values, the same at each call.
  private func made(_ texts: [String]) throws -> Table {
    var configuration = RunConfiguration()
    configuration.network.hidden = [48, 48]
    let condition = try TableCondition(texts, schema: schema, file: "t.csv")
    var model = TableModel(
      Self.table, given: condition.places, configuration: configuration, threads: 1)
    for _ in 0..<2500 { #expect(model.train().isFinite) }
    var drawing = model.drawing(given: condition.rows(2000, like: Self.table))
    while drawing.step() {}
    return try #require(drawing.table())
  }

  @Test("Given a number, another has the mean and deviation of the Gaussian conditional")
  func gaussian() throws {
    let rows = try made(["x=-1.5", "kind=low"])
    #expect(rows.values[0].allSatisfy { $0 == 0 } && rows.values[1].allSatisfy { $0 == -1.5 })
    let found = moments(rows.values[2])
    #expect(abs(found.mean + 1.2) < 0.12 && abs(found.deviation - 0.6) < 0.1, "\(found)")
    #expect(try made(["x=-1.5", "kind=low"]) == rows)
  }

  @Test("Given a class, numbers have the law of its part of the mixture")
  func mixture() throws {
    for (text, sign) in [("Kind=low", -1.0), ("KIND=high", 1)] {
      let rows = try made([text])
      let (x, y) = (moments(rows.values[1]), moments(rows.values[2]))
      #expect(abs(x.mean - 1.5 * sign) < 0.12 && abs(x.deviation - 0.5) < 0.1, "\(x)")
      let deviation = (0.16 + 0.36).squareRoot()
      #expect(abs(y.mean - 1.2 * sign) < 0.12 && abs(y.deviation - deviation) < 0.1, "\(y)")
    }
  }

  @Test(arguments: [
    ("x", "--condition x: write column=value"), ("z=1", "no column \"z\""),
    ("Kind=middle", "is not a value of it; give one of low, high"),
    ("x=21", "give a value from -20 to 20"), ("x=one", "give a value from -20 to 20"),
    ("Kind=", "give one of low, high"),
  ])
  func refuses(text: String, expected: String) {
    let found = message { _ = try TableCondition([text], schema: schema, file: "t.csv") }
    #expect(found?.contains(expected) == true, "\(found ?? "nothing")")
  }

  @Test("Two conditions on a column, and conditions on all, are refused")
  func tooMany() {
    let two = message { _ = try TableCondition(["x=1", "X=2"], schema: schema, file: "t.csv") }
    #expect(two?.contains("column \"x\": has two conditions") == true)
    let all = message {
      _ = try TableCondition(["x=1", "y=2", "Kind=low"], schema: schema, file: "t.csv")
    }
    #expect(all?.contains("leave at least one to be made") == true)
  }
}
