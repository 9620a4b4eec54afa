import Foundation
import ScoreCore
import TestSupport
import Testing

@testable import ScoreTables

/// The numbers of scikit-learn 1.9.1, scipy 1.17.1 and numpy are of the same rows, made from the same
/// formula.
@Suite struct MetricTests {
  static func share(_ i: Int, _ j: Int) -> Double {
    let value = sin(12.9898 * Double(i) + 78.233 * Double(j)) * 43758.5453
    return value - value.rounded(.down)
  }

  static let x = Points(
    values: (0..<400).flatMap { i in (0..<4).map { 4 * share(i, $0) - 2 } }, dimension: 4)
  static let sums = (0..<400).map { i in
    x[i, 0] + x[i, 1] * x[i, 2] + 0.8 * (2 * share(i, 9) - 1)
  }
  static let two = sums.map { $0 > 0 ? 1 : 0 }
  static let three = sums.map { $0 < -1 ? 0 : $0 < 1 ? 1 : 2 }

  private let train = MetricTests.x.rows(0..<250)
  private let test = MetricTests.x.rows(250..<400)

  @Test("Logistic regression has scikit-learn's weights and scores")
  func logistic() throws {
    let model = LogisticRegression(train, Self.two[..<250].map { $0 == 1 })
    let expected = [
      1.339689459038092, 0.1237634757739776, -0.14463094693415743, -0.06771498152323752,
      -0.16273409300825503,
    ]
    for (a, b) in zip(model.weights, expected) { #expect(abs(a - b) < 1e-6) }
    let p = model.probabilities(test)
    let scores = ClassScores(p.map { [1 - $0, $0] }, Array(Self.two[250...]))
    #expect(abs(scores.accuracy - 0.7133333333333334) < 1e-12)
    #expect(abs(scores.f1 - 0.7122976047102904) < 1e-12)
    #expect(abs(try #require(scores.auc) - 0.8252143769385148) < 1e-12)
  }

  @Test("Three classes, each against the others, have scikit-learn's scores")
  func oneAgainstOthers() throws {
    let models = (0..<3).map { kind in
      LogisticRegression(train, Self.three[..<250].map { $0 == kind })
    }
    let p = models.map { $0.probabilities(test) }
    let scores = ClassScores(
      (0..<150).map { row in p.map { $0[row] } }, Array(Self.three[250...]))
    #expect(abs(scores.accuracy - 0.5533333333333333) < 1e-12)
    #expect(abs(scores.f1 - 0.5620134818804231) < 1e-12)
    #expect(abs(try #require(scores.auc) - 0.6970720976824779) < 1e-12)
  }

  @Test("A tree and a forest are as good as scikit-learn's, which differ among their seeds")
  func forest() throws {
    var stream = RandomStream(seed: 1, purpose: .test)
    let tree = DecisionTree(
      RankedRows(train), ClassTarget(classes: Array(Self.three[..<250]), count: 3),
      rows: Array(0..<250), tried: 4, using: &stream)
    let own = (0..<250).count { row in tree.leaf(train, row)[Self.three[row]] == 1 }
    #expect(own == 250)
    let right = (0..<150).count { row in tree.leaf(test, row)[Self.three[250 + row]] == 1 }
    // Eight seeds of DecisionTreeClassifier: 0.607 to 0.66.
    #expect((0.58...0.69).contains(Double(right) / 150))
    let forest = RandomForest(train, Array(Self.two[..<250]), classCount: 2, seed: 3)
    let scores = ClassScores(forest.probabilities(test), Array(Self.two[250...]))
    // Twenty seeds of RandomForestClassifier(50): 0.9317 with deviation 0.0045, 0.856 with 0.0122.
    #expect(abs(try #require(scores.auc) - 0.9317) < 4 * 0.0045)
    #expect(abs(scores.accuracy - 0.856) < 4 * 0.0122)
  }

  @Test("Differences of columns and pairs are scipy's and numpy's")
  func differences() {
    var schemas = ["a", "b"].map { ColumnSchema(name: $0, kind: .numeric) }
    for index in schemas.indices { schemas[index].range = -10...10 }
    let a = Table(columns: schemas, values: [train.column(0), Array(Self.sums[..<250])])
    let b = Table(columns: schemas, values: [test.column(0), Array(Self.sums[250...])])
    let pair = TableComparison(a, against: b, seed: 1, draws: 9).pairMean?.value ?? .nan
    #expect(abs(pair - 0.06723253539062868) < 1e-12)
    let c = Table(columns: [schemas[0]], values: [train.column(0)])
    let d = Table(columns: [schemas[0]], values: [test.column(1)])
    let column = TableComparison(c, against: d, seed: 1, draws: 9)
    #expect(abs(column.columns[0].difference.value - 0.05733333333333333) < 1e-12)
    #expect(column.pairMean == nil)
    var kinds = ColumnSchema(name: "k", kind: .categorical)
    kinds.categories = ["x", "y", "z"]
    let e = Table(columns: [kinds], values: [[0, 0, 1, .nan]])
    let f = Table(columns: [kinds], values: [[0, 2, 2, 2]])
    #expect(TableComparison(e, against: f, seed: 1).columns[0].difference.value == 0.75)
    #expect(TableComparison(e, against: f, seed: 1).columns[0].measure == .tv)
  }

  @Test(
    "Where both tables are of one law, about 5 of 100 are above the 95 % of their null; another is")
  func nulls() throws {
    let guess = SchemaGuess(try rawTable(SchemaTests.mixed(rows: 400))).schema
    let table = try Table(try rawTable(SchemaTests.mixed(rows: 400)), schema: guess)
    var stream = RandomStream(seed: 9, purpose: .test)
    var (columns, pairs) = (0, 0)
    for seed in 0..<100 {
      let order = stream.permutation(of: 400)
      let found = TableComparison(
        table.rows(Array(order[..<60])), against: table.rows(Array(order[60..<130])),
        seed: UInt64(seed), draws: 39)
      columns += found.columnMean.upperShare <= 0.05 ? 1 : 0
      pairs += found.pairMean.map { $0.upperShare <= 0.05 } == true ? 1 : 0
    }
    // Beyond 14 of 100 has a probability of 1e-4 at 5 %.
    #expect(columns <= 14 && pairs <= 14, "\(columns) \(pairs)")
    let sorted = table.rows(Array(0..<200))
    let other = TableComparison(sorted, against: table.rows(Array(200..<400)), seed: 1)
    #expect(other.columnMean.isAbove)
  }

  @Test("Density and coverage are those of their definitions, by numpy")
  func density() {
    let half = Points(values: train.values.map { $0 / 2 }, dimension: 4)
    let found = DensityCoverage(rows: half, real: test)
    #expect(abs(found.density - 1.3464) < 1e-12)
    #expect(abs(found.coverage - 0.8333333333333334) < 1e-12)
    let same = DensityCoverage(rows: test, real: test)
    #expect(same.coverage == 1)
  }

  @Test("Copied rows give their origin away; fresh ones do not")
  func privacy() {
    let (a, b) = (Self.x.rows(0..<150), Self.x.rows(150..<300))
    let copied = PrivacyComparison(rows: a, trained: a, heldOut: b, seed: 1)
    #expect(copied.nearestIsTrained.value == 1 && copied.nearestIsTrained.isAbove)
    #expect(copied.attack.value == 1 && copied.attack.isAbove)
    #expect(copied.medianDistance.rows == 0 && copied.medianDistance.heldOut > 0)
    let fresh = PrivacyComparison(rows: test, trained: a, heldOut: b.rows(0..<100), seed: 1)
    #expect(!fresh.nearestIsTrained.isAbove && !fresh.attack.isAbove)
    #expect(abs(fresh.attack.band.lowerBound + fresh.attack.band.upperBound - 1) < 0.05)
  }

  @Test("The judges find a target that rows tell of, and nothing in rows dealt at random")
  func target() throws {
    var kind = ColumnSchema(name: "y", kind: .binary)
    kind.categories = ["0", "1"]
    kind.role = .target
    var numbers = (0..<4).map { ColumnSchema(name: "x\($0)", kind: .numeric) }
    for index in numbers.indices { numbers[index].range = -2...2 }
    let values = [Self.two.map(Double.init)] + (0..<4).map { Self.x.column($0) }
    let table = Table(columns: [kind] + numbers, values: values)
    let (a, b) = (table.rows(Array(0..<250)), table.rows(Array(250..<400)))
    let found = try #require(TargetJudgement(training: a, testing: b, target: 0, seed: 1))
    #expect(try #require(found.logistic.auc) > 0.75 && found.forest.accuracy > 0.78)
    var stream = RandomStream(seed: 2, purpose: .test)
    let dealt = stream.permutation(of: 250).map { a.values[0][$0] }
    let random = Table(columns: table.columns, values: [dealt] + a.values.dropFirst())
    let none = try #require(TargetJudgement(training: random, testing: b, target: 0, seed: 1))
    #expect(abs(try #require(none.forest.auc) - 0.5) < 0.2)
    #expect(TargetJudgement(training: a, testing: b, target: 1, seed: 1) == nil)
    let one = a.rows((0..<250).filter { a.values[0][$0] == 1 })
    #expect(TargetJudgement(training: one, testing: b, target: 0, seed: 1) == nil)
  }

  @Test(
    "A number of the null itself is in its band as often as ranks say, and in the upper 5% in 5%")
  func nullBand() {
    let (repeats, draws) = (2000, 99)
    var (inside, above) = (0, 0)
    for index in 0..<repeats {
      var stream = RandomStream(seed: 55, purpose: .test, index: UInt64(index))
      let null = (0..<draws).map { _ in stream.normal() }
      let found = NullBand(stream.normal(), null: null)
      if found.band.contains(found.value) { inside += 1 }
      if found.upperShare <= 0.05 { above += 1 }
    }
    HeldShare.tell("band of a table's null", inside, of: repeats, stated: 0.94)
    HeldShare.tell("upper share of a table's null", repeats - above, of: repeats, stated: 0.95)
    // Of 100 equal ranks 94 are within the third from either end; four standard errors.
    #expect(abs(Double(inside) / Double(repeats) - 0.94) < 4 * (0.94 * 0.06 / 2000).squareRoot())
    #expect(abs(Double(above) / Double(repeats) - 0.05) < 4 * (0.95 * 0.05 / 2000).squareRoot())
  }
}
