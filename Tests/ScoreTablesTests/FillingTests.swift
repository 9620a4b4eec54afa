import ScoreCore
import ScoreLab
import TestSupport
import Testing

@testable import ScoreTables

@Suite struct FillingTests {
  /// x normal, y = 0.8 x + 0.6 e, z = x - 0.5 y + 0.5 e, with gaps in z, in y and z, or in x, whatever the
  /// values.
  private static func gaussian(_ rows: Int) -> Table {
    var stream = RandomStream(seed: 11, purpose: .test)
    let columns = ["x", "y", "z"].map { name in
      var column = ColumnSchema(name: name, kind: .numeric)
      column.range = -20...20
      column.scaling = .standard
      return column
    }
    var values: [[Double]] = [[], [], []]
    for _ in 0..<rows {
      let x = stream.normal()
      let y = 0.8 * x + 0.6 * stream.normal()
      let z = x - 0.5 * y + 0.5 * stream.normal()
      let u = stream.uniform()
      values[0].append(u > 0.9 ? .nan : x)
      values[1].append(u > 0.2 && u < 0.4 ? .nan : y)
      values[2].append(u < 0.4 ? .nan : z)
    }
    return Table(columns: columns, values: values)
  }

  /// A network's fill of a table from its rows without gaps.
  private static func filled(_ table: Table, steps: Int) throws -> Table {
    var configuration = RunConfiguration()
    configuration.network.hidden = [64, 64]
    let gaps = GapPatterns(table)
    var model = FillingModel(
      table.rows(gaps.completeRows), gaps: gaps, configuration: configuration, threads: 1)
    for _ in 0..<steps { _ = model.train() }
    var drawing = model.filling(table)
    while drawing.step() {}
    return try #require(drawing.filled())
  }

  /// Least squares of a column on others and a constant: the coefficients, constant last, their standard
  /// errors, and the deviation of the rest.
  private func fit(
    _ target: Int, on given: [Int], _ table: Table, rows: [Int]
  ) throws -> (weights: [Double], errors: [Double], deviation: Double) {
    let p = given.count + 1
    var equations = NormalEquations(featureCount: p, outputCount: 1)
    var features: [Double] = []
    for row in rows { features += given.map { table.values[$0][row] } + [1] }
    let outputs = rows.map { table.values[target][$0] }
    equations.add(
      features: features, outputs: outputs, weights: Array(repeating: 1, count: rows.count))
    let weights = try #require(equations.weights(ridge: 0))
    var rest = 0.0
    for (index, y) in outputs.enumerated() {
      let fitted = (0..<p).reduce(0.0) { $0 + weights[$1] * features[index * p + $1] }
      rest += (y - fitted) * (y - fitted)
    }
    let variance = rest / Double(rows.count - p)
    let identity = (0..<p * p).map { $0 % (p + 1) == 0 ? 1.0 : 0 }
    let inverse = try #require(equations.solution(of: identity, columns: p, ridge: 0))
    let errors = (0..<p).map { (variance * inverse[$0 * p + $0]).squareRoot() }
    return (weights, errors, variance.squareRoot())
  }

  /// The true regressions of each pattern: hidden column, given columns, coefficients and a constant, the
  /// deviation of the rest.
  private static let laws: [([Int], Int, [Int], [Double], Double)] = {
    // x given y and z, from the inverse of the covariance: the density has
    // -(x^2 + (y - 0.8 x)^2 / 0.36 + (z - x + 0.5 y)^2 / 0.25) / 2.
    let precision = 1 + 0.64 / 0.36 + 4
    let x = [(0.8 / 0.36 + 2) / precision, 4 / precision, 0]
    return [
      ([2], 2, [0, 1], [1, -0.5, 0], 0.5), ([1, 2], 1, [0], [0.8, 0], 0.6),
      ([1, 2], 2, [0, 1], [1, -0.5, 0], 0.5), ([0], 0, [1, 2], x, (1 / precision).squareRoot()),
    ]
  }()

  /// Coefficients within four standard errors of the fit, and of the training rows', and `allowance`.
  private func check(_ filled: Table, _ gaps: GapPatterns, allowance: Double) throws {
    for (pattern, target, given, weights, deviation) in Self.laws {
      let rows = gaps.rows[try #require(gaps.patterns.firstIndex(of: pattern))]
      let found = try fit(target, on: given, filled, rows: rows)
      let trained = try fit(target, on: given, filled, rows: gaps.completeRows)
      for place in weights.indices {
        let error =
          (found.errors[place] * found.errors[place]
          + trained.errors[place] * trained.errors[place]).squareRoot()
        #expect(
          abs(found.weights[place] - weights[place]) < 4 * error + allowance,
          "\(pattern) \(target) given \(given): \(found.weights)")
      }
      let error = deviation * (1 / Double(2 * rows.count) + 1 / Double(2 * 2000)).squareRoot()
      #expect(
        abs(found.deviation - deviation) < 4 * error + allowance,
        "\(pattern) \(target) given \(given): deviation \(found.deviation)")
    }
  }

  @Test("Gaps of a Gaussian table get its conditional laws, for every pattern")
  func gaussian() throws {
    let table = Self.gaussian(4000)
    let filled = try Self.filled(table, steps: 4000)
    for (before, after) in zip(table.values, filled.values) {
      #expect(zip(before, after).allSatisfy { $0.isNaN ? $1.isFinite : $0 == $1 })
    }
    try check(filled, GapPatterns(table), allowance: 0.05)
  }

  @Test("The Gaussian copula fills a Gaussian table by its conditional laws")
  func copula() throws {
    let table = Self.gaussian(4000)
    let gaps = GapPatterns(table)
    let trained = table.rows(gaps.completeRows)
    let filled = FillingBaseline.copula.fill(table, from: trained, seed: 3)
    try check(filled, gaps, allowance: 0.02)
  }

  @Test("Gaps of a table of categories get the exact conditional probabilities")
  func categories() throws {
    // P(b = 1 | a, c) for a in 0, 1, 2 and c in 0, 1, far from a sum of effects.
    let law = [[0.1, 0.9], [0.8, 0.3], [0.5, 0.05]]
    var stream = RandomStream(seed: 12, purpose: .test)
    let columns = [3, 2, 2].enumerated().map { place, count in
      var column = ColumnSchema(name: "k\(place)", kind: count == 2 ? .binary : .categorical)
      column.categories = (0..<count).map { "w\($0)" }
      return column
    }
    var values: [[Double]] = [[], [], []]
    for _ in 0..<6000 {
      let (a, c) = (stream.integer(below: 3), stream.integer(below: 2))
      let b: Double = stream.uniform() < law[a][c] ? 1 : 0
      values[0].append(Double(a))
      values[1].append(stream.uniform() < 0.4 ? .nan : b)
      values[2].append(Double(c))
    }
    let table = Table(columns: columns, values: values)
    let filled = try Self.filled(table, steps: 4000)
    for a in 0..<3 {
      for c in 0..<2 {
        func ones(_ isGap: Bool) -> (share: Double, count: Double) {
          let rows = values[1].indices.filter {
            values[1][$0].isNaN == isGap && values[0][$0] == Double(a) && values[2][$0] == Double(c)
          }
          let count = rows.count { filled.values[1][$0] == 1 }
          return (Double(count) / Double(rows.count), Double(rows.count))
        }
        let (p, made, trained) = (law[a][c], ones(true), ones(false))
        let error = (p * (1 - p) * (1 / made.count + 1 / trained.count)).squareRoot()
        #expect(abs(made.share - p) < 4 * error + 0.05, "\(a) \(c): \(made.share) for \(p)")
      }
    }
  }

  @Test("Gaps that depend on known values do not move the mean, as leaving out their rows does")
  func atRandom() throws {
    var stream = RandomStream(seed: 13, purpose: .test)
    var values: [[Double]] = [[], []]
    var truth: [Double] = []
    for _ in 0..<4000 {
      let x = stream.normal()
      truth.append(x + 0.5 * stream.normal())
      values[0].append(x)
      values[1].append(stream.uniform() < (x > 0 ? 0.7 : 0.05) ? .nan : truth[truth.count - 1])
    }
    let table = Table(columns: Array(Self.gaussian(1).columns.prefix(2)), values: values)
    let filled = try Self.filled(table, steps: 4000)
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    let gaps = Double(values[1].count { $0.isNaN })
    // What is hidden and what is filled vary about the same mean given x.
    let error = (2 * 0.25 * gaps).squareRoot() / 4000
    #expect(abs(mean(filled.values[1]) - mean(truth)) < 4 * error + 0.02)
    #expect(mean(values[1].filter { !$0.isNaN }) < mean(truth) - 0.2)
  }

  @Test("A category of rows with gaps alone is named, and so are columns that are hardly judged")
  func warnings() throws {
    let table = Table(
      columns: [Self.kind, Self.gaussian(1).columns[0]],
      values: [[0, 0, 1, 0], [1, 2, .nan, .nan]])
    let gaps = GapPatterns(table)
    let complete = table.rows(gaps.completeRows)
    let hidden = FillingJudgement.Hidden(complete, gaps: gaps, seed: 5)
    let judged = FillingJudgement(complete, by: "a", hidden: hidden, trained: complete, seed: 6)
    let report = FillingReport(
      table, gaps: gaps, hidden: hidden, judged: [judged], trainedCount: 2)
    let unseen = "Kind: 1 row with gaps has a value that no row without gaps has; "
    #expect(report.warnings.first == unseen + "what is filled there is a guess")
    #expect(report.warnings.last == "fewer than 30 hidden values tell little: x (2)")
    #expect(report.text.contains("2 of 4 rows have gaps, in 1 pattern; 2 gaps filled"))
  }

  @Test(
    "Every baseline fills every gap and changes nothing else", arguments: FillingBaseline.allCases)
  func baselines(baseline: FillingBaseline) throws {
    let table = Self.gaussian(200)
    let trained = table.rows(GapPatterns(table).completeRows)
    let filled = baseline.fill(table, from: trained, seed: 4)
    for (before, after) in zip(table.values, filled.values) {
      #expect(zip(before, after).allSatisfy { $0.isNaN ? $1.isFinite : $0 == $1 })
    }
  }

  @Test("Hidden values that come back are right; others are counted by hand")
  func judgement() throws {
    let truth = Table(
      columns: Self.gaussian(1).columns.dropLast() + [Self.kind],
      values: [[1, 2, 3, 4], [0, 0, 0, 0], [0, 1, 1, 0]])
    let gaps = GapPatterns(truth.hiding([[0, 2]]))
    let hidden = FillingJudgement.Hidden(truth, gaps: gaps, seed: 5)
    #expect((0..<3).map { hidden.count($0) } == [4, 0, 4])
    let same = FillingJudgement(truth, by: "a", hidden: hidden, trained: truth, seed: 6)
    #expect(same.scores.map(\.value) == [0, 1] && same.scores.map(\.column) == [0, 2])
    let mean = FillingBaseline.mean.fill(hidden.rows, from: truth, seed: 6)
    #expect(mean.values[0] == [2.5, 2.5, 2.5, 2.5])
    let judged = FillingJudgement(mean, by: "mean", hidden: hidden, trained: truth, seed: 6)
    // The unit is the deviation, so the mean's error is 1; half of the categories are the commonest.
    #expect(abs(judged.scores[0].value - 1) < 1e-12 && judged.scores[1].value == 0.5)
    #expect(judged.scores[1].difference.difference.value == 0.5)
  }

  private static var kind: ColumnSchema {
    var column = ColumnSchema(name: "Kind", kind: .binary)
    column.categories = ["low", "a;b"]
    return column
  }

  @Test("Only gaps of the file change: marks, quotes, blanks, line ends and ignored columns stay")
  func text() throws {
    let before =
      "\u{FEFF}x; \"Kind\" ;id\r\n1.50; low ;7\r\n NA ;\"a;b\";\"q\"\"q\"\r\n2;?;NA\r\n3;\"-\";9"
    let text = try TableText(Array(before.utf8), file: "t.csv")
    var (x, kind) = (ColumnSchema(name: "x", kind: .numeric), Self.kind)
    (x.range, kind.absent) = (0...9, ["-"])
    let table = try Table(text.raw, schema: TableSchema(columns: [x, kind]))
    let filled = Table(columns: [x, kind], values: [[1.5, 2.25, 2, 3], [0, 1, 1, 0]])
    let after = try text.filling(table, with: filled)
    #expect(
      String(decoding: after, as: UTF8.self)
        == "\u{FEFF}x; \"Kind\" ;id\r\n1.50; low ;7\r\n 2.25 ;\"a;b\";\"q\"\"q\"\r\n2;\"a;b\";NA\r\n3;low;9"
    )
    #expect(try text.filling(table, with: table) == Array(before.utf8))
  }

  @Test("A table without gaps, and one with too few rows without, are refused")
  func refuses() throws {
    let table = Self.gaussian(60)
    let complete = table.rows(GapPatterns(table).completeRows)
    let none = message { try GapPatterns(complete).check(complete, file: "t.csv") }
    #expect(none == "t.csv: no kept column has a gap; nothing to fill")
    let few = message { try GapPatterns(table).check(table, file: "t.csv") }
    #expect(few?.contains("column \"z\": has the most gaps") == true, "\(few ?? "nothing")")
    #expect(few?.contains("at least 50 are needed to learn from") == true)
    let array = message { _ = try TableText([0x93] + Array("NUMPY".utf8) + [1, 0], file: "t.npy") }
    #expect(array?.contains("t.npy") == true)
  }
}
