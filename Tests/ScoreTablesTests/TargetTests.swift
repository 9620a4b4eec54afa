import ScoreCore
import TestSupport
import Testing

@testable import ScoreTables

/// The numbers of scikit-learn 1.9.1 are of the rows of ``MetricTests``.
@Suite struct TargetTests {
  private let train = MetricTests.x.rows(0..<250)
  private let test = MetricTests.x.rows(250..<400)
  private let sums = MetricTests.sums

  /// The rows of ``MetricTests`` with a target that has categories or is their sum.
  private func table(classes: Bool) -> Table {
    var target = ColumnSchema(name: "y", kind: classes ? .binary : .numeric)
    target.categories = classes ? ["no", "yes"] : []
    target.range = -100...100
    target.role = .target
    var columns = (0..<4).map { ColumnSchema(name: "x\($0)", kind: .numeric) }
    for index in columns.indices { columns[index].range = -2...2 }
    let values = (0..<4).map { MetricTests.x.column($0) }
    return Table(
      columns: [target] + columns,
      values: [classes ? MetricTests.two.map { Double($0) } : sums] + values)
  }

  /// Of one table and one seed.
  private static func scores(_ table: Table, _ tested: Table) -> TargetScores? {
    TargetScores([table], by: "rows", testing: tested, target: 0, seeds: 1, seed: 4) {}
  }

  @Test("Linear regression has scikit-learn's weights and scores")
  func linear() throws {
    let model = LinearRegression(train, Array(sums[..<250]))
    let expected = [
      1.120494362709555, 0.05036669863459797, 0.04064067913958089, -0.10567062996853994,
    ]
    for (a, b) in zip(model.weights, expected) { #expect(abs(a - b) < 1e-12) }
    #expect(abs(model.intercept - 0.039944890375427936) < 1e-12)
    let scores = NumberScores(model.numbers(test), Array(sums[250...]))
    #expect(abs(try #require(scores.rSquared) - 0.365423363589927) < 1e-12)
    #expect(abs(scores.rmse - 1.4622941356815944) < 1e-12)
  }

  @Test("The forest of numbers is as good as scikit-learn's, which differ among their seeds")
  func forest() throws {
    let forest = RandomForest(train, numbers: Array(sums[..<250]), seed: 3)
    let scores = NumberScores(forest.numbers(test), Array(sums[250...]))
    // Twenty seeds of RandomForestRegressor(50, max_features=1/3, min_samples_leaf=5): 0.4789 with
    // deviation 0.0228, and 1.3249 with 0.0294.
    #expect(abs(try #require(scores.rSquared) - 0.4789) < 4 * 0.0228)
    #expect(abs(scores.rmse - 1.3249) < 4 * 0.0294)
  }

  @Test("Numbers near the largest allowed have finite scores, and equal ones no R^2")
  func extremes() throws {
    let large = NumberScores([1e150, -1e150, 0], [-1e150, 1e150, 1e150])
    #expect(try #require(large.rSquared).isFinite && large.rmse.isFinite)
    #expect(NumberScores([1, 2], [3, 3]).rSquared == nil)
    #expect(NumberScores([0, 0], [0, 0]).rmse == 0)
  }

  @Test("F1 of the rarer class is scikit-learn's; without rows of both classes there is none")
  func rarer() throws {
    let model = LogisticRegression(train, MetricTests.two[..<250].map { $0 == 1 })
    let p = model.probabilities(test).map { [1 - $0, $0] }
    let scores = ClassScores(p, Array(MetricTests.two[250...]))
    #expect(abs(try #require(scores.rareF1) - 0.6950354609929078) < 1e-12)
    #expect(ClassScores([[0.4, 0.6], [0.3, 0.7]], [1, 1]).rareF1 == nil)
    #expect(ClassScores([[0.4, 0.6], [0.3, 0.7]], [0, 1]).rareF1 == 2.0 / 3)
    #expect(ClassScores([[0.4, 0.6, 0]], [0]).rareF1 == nil)
  }

  @Test("Every table and seed counts, and the first are those of one table and one seed")
  func repeats() throws {
    for classes in [true, false] {
      let table = table(classes: classes)
      let parts = (0..<3).map { part in table.rows(Array(part * 80..<part * 80 + 80)) }
      let tested = table.rows(Array(250..<400))
      var count = 0
      let made = TargetScores(
        parts, by: "rows", testing: tested, target: 0, seeds: 2, seed: 4, check: { count += 1 })
      let found = try #require(made)
      #expect(count == 3 * (1 + 2 + 1) && found.tableCount == 3)
      #expect(found.measures == (classes ? [.f1, .rareF1, .auc, .accuracy] : [.rSquared, .rmse]))
      let main: TargetMeasure = classes ? .auc : .rSquared
      let score = try #require(found[.forest, main])
      #expect(try #require(score.seedDeviation) > 0)
      #expect(found[.linear, main]?.seedDeviation == nil)
      #expect(try #require(score.interval).contains(score.mean))
      let task = try #require(TargetTask(training: parts[1], testing: tested, target: 0))
      let seeds = [4, TargetScores.seed(4, 1)].compactMap {
        TargetJudge.forest.measures(task, seed: $0)[main]
      }
      #expect(abs(score.tables[1] - (seeds[0] + seeds[1]) / 2) < 1e-15)
      let one = Self.scores(parts[0], tested)
      #expect(one?[.forest, main]?.interval == nil)
      #expect(one?[.linear, main]?.mean == found[.linear, main]?.tables[0])
    }
  }

  @Test("A table of one class teaches it, and knows no more than the commonest class")
  func oneClass() throws {
    let table = table(classes: true)
    let ones = table.rows((0..<250).filter { table.values[0][$0] == 1 })
    let tested = table.rows(Array(250..<400))
    let found = try #require(Self.scores(ones, tested))
    let simplest = try #require(TargetScores.simplest(table, testing: tested, target: 0))
    for judge in TargetJudge.allCases {
      #expect(found[judge, .auc]?.mean == 0.5)
      #expect(found[judge, .accuracy]?.mean == simplest[.accuracy])
      #expect(found[judge, .rareF1]?.mean == 0)
    }
    let mean = try #require(
      TargetScores.simplest(
        self.table(classes: false), testing: self.table(classes: false), target: 0))
    #expect(abs(try #require(mean[.rSquared])) < 1e-12)
  }

  @Test("Intervals over tables hold the mean 95 times in 100; over all scores they would not")
  func coverage() {
    var stream = RandomStream(seed: 8, purpose: .test)
    var (nested, flat) = (0, 0)
    for _ in 0..<1000 {
      let scores = (0..<5).map { _ in
        let table = 0.02 * stream.normal()
        return (0..<5).map { _ in 0.7 + table + 0.01 * stream.normal() }
      }
      let score = TargetScores.Score(scores)
      nested += score.interval?.contains(0.7) == true ? 1 : 0
      flat += Estimate.meanInterval(of: scores.flatMap { $0 })?.contains(0.7) == true ? 1 : 0
    }
    HeldShare.tell("score of a table, over tables", nested, of: 1000, stated: 0.95)
    // Four standard errors of 1000 draws, 6.9 each.
    #expect(abs(nested - 950) <= 28, "\(nested)")
    #expect(flat < 800, "\(flat)")
  }

  @Test("Means of real scores are near enough to normal for the interval")
  func coverageOfScores() throws {
    let tested = table(classes: true).rows(Array(250..<400))
    var stream = RandomStream(seed: 9, purpose: .test)
    let scores = try (0..<500).map { _ in
      let x = stream.normals(count: 60, dimension: 4)
      let y = (0..<60).map { x[$0, 0] + x[$0, 1] * x[$0, 2] + 0.5 * stream.normal() > 0 ? 1.0 : 0 }
      let values = [y] + (0..<4).map { axis in x.column(axis).map { min(max($0, -2), 2) } }
      let table = Table(columns: tested.columns, values: values)
      return try #require(Self.scores(table, tested)?[.linear, .auc]?.mean)
    }
    let mean = Estimate(scores).value
    let held = stride(from: 0, to: 500, by: 5).count {
      Estimate.meanInterval(of: Array(scores[$0..<$0 + 5]))?.contains(mean) == true
    }
    // Fewer than 86 of 100 has a probability of 1e-4 at 95 %.
    #expect(held >= 86, "\(held)")
  }
}
