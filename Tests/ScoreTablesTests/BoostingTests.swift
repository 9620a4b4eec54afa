import ScoreCore
import Testing

@testable import ScoreTables

/// The numbers of Python's xgboost 1.7.4 and scikit-learn 1.9.1 are of the rows of ``MetricTests``.
@Suite struct BoostingTests {
  private let train = MetricTests.x.rows(0..<250)
  private let test = MetricTests.x.rows(250..<400)

  @Test("Two classes have the probabilities and scores of Python's xgboost")
  func two() throws {
    let found = try #require(
      GradientBoosting.probabilities(
        train, Array(MetricTests.two[..<250]), classCount: 2, testing: test))
    let expected = [
      0.9946662187576294, 0.054649386554956436, 0.9082069396972656, 0.04031921923160553,
      0.9722074270248413,
    ]
    for (row, probability) in zip(found, expected) { #expect(abs(row[1] - probability) < 1e-6) }
    let scores = ClassScores(found, Array(MetricTests.two[250...]))
    #expect(abs(try #require(scores.auc) - 0.940521802590768) < 1e-12)
    #expect(abs(scores.accuracy - 0.8666666666666667) < 1e-12)
    #expect(abs(scores.f1 - 0.8651321704729364) < 1e-12)
  }

  @Test("So do three classes")
  func three() throws {
    let found = try #require(
      GradientBoosting.probabilities(
        train, Array(MetricTests.three[..<250]), classCount: 3, testing: test))
    let expected = [
      [0.004694168455898762, 0.44185781478881836, 0.5534480214118958],
      [0.772711455821991, 0.2164955884218216, 0.010792973451316357],
    ]
    for (row, other) in zip(found, expected) {
      for (a, b) in zip(row, other) { #expect(abs(a - b) < 1e-6) }
    }
    let scores = ClassScores(found, Array(MetricTests.three[250...]))
    #expect(abs(try #require(scores.auc) - 0.8952827864414122) < 1e-9)
    #expect(abs(scores.accuracy - 0.7266666666666667) < 1e-12)
  }

  @Test("Numbers have its predictions, of labels that are centred and scaled in the same way")
  func numbers() throws {
    let found = try #require(
      GradientBoosting.numbers(train, Array(MetricTests.sums[..<250]), testing: test))
    for (a, b) in zip(found, [1.0187374864376226, -0.738105174221175, 1.3594463347335723]) {
      #expect(abs(a - b) < 1e-5)
    }
    let scores = NumberScores(found, Array(MetricTests.sums[250...]))
    #expect(abs(try #require(scores.rSquared) - 0.7111398557848596) < 1e-5)
    #expect(abs(scores.rmse - 0.9865895498139086) < 1e-5)
  }

  @Test("Coordinates and numbers beyond single precision, and equal numbers, have finite answers")
  func extremes() throws {
    var large = train
    for row in 0..<100 { large[row, 0] = row % 2 == 0 ? 1e150 : -1e150 }
    let classes = Array(MetricTests.two[..<250])
    let found = try #require(
      GradientBoosting.probabilities(large, classes, classCount: 2, testing: large))
    #expect(found.joined().allSatisfy { $0.isFinite })
    let huge = (0..<250).map { $0 % 2 == 0 ? 1e150 : -1e150 }
    let numbers = try #require(GradientBoosting.numbers(train, huge, testing: test))
    #expect(numbers.allSatisfy { $0.isFinite })
    let same = GradientBoosting.numbers(train, Array(repeating: 0.3, count: 250), testing: test)
    #expect(try #require(same).allSatisfy { abs($0 - 0.3) < 1e-12 })
  }
}
