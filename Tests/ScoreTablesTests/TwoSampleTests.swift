import ScoreCore
import Testing

@testable import ScoreTables

/// The numbers of scikit-learn 1.9.1 are of the same rows, made from the same formula.
@Suite struct TwoSampleTests {
  /// The rows of ``MetricTests``, half of them moved in one coordinate and narrowed in another.
  private static let isMade = (0..<400).map { $0 % 4 < 2 }
  private static let halves = (0..<400).map { ($0 / 2 + $0) % 2 }
  private static let x = Points(
    values: (0..<400).flatMap { row in
      let x = MetricTests.x.row(row)
      return isMade[row] ? [x[0] + 0.5, 0.5 * x[1], x[2], x[3]] : Array(x)
    }, dimension: 4)

  @Test("Each half scored by a logistic regression of the other has scikit-learn's numbers")
  func logistic() {
    var stream = RandomStream(seed: 1, purpose: .test)
    let found = TwoSampleTest.judgement(
      TwoSampleTest.logistic(Self.x, Self.isMade, Self.halves), Self.isMade, Self.halves,
      draws: 399, &stream)
    #expect(abs(found.auc.value - 0.60275) < 1e-9)
    #expect(abs(found.accuracy - 0.5775) < 1e-12)
    #expect(found.auc.isAbove)
  }

  @Test("The forest is as good as scikit-learn's, which differ among their seeds")
  func forest() {
    var stream = RandomStream(seed: 1, purpose: .test)
    let found = TwoSampleTest.judgement(
      TwoSampleTest.forest(Self.x, Self.isMade, Self.halves, seed: 3), Self.isMade, Self.halves,
      draws: 399, &stream)
    // Twenty seeds of RandomForestClassifier(50): 0.8165 with deviation 0.0054, 0.7333 with 0.0079.
    #expect(abs(found.auc.value - 0.8165) < 4 * 0.0054)
    #expect(abs(found.accuracy - 0.7333) < 4 * 0.0079)
    #expect(found.auc.isAbove)
  }

  @Test("Rows of one law are above their null 5 times in 100 at most; moved and copied ones are")
  func nulls() throws {
    var (logistic, forest, boosting) = (0, 0, 0)
    for seed in 0..<100 {
      var stream = RandomStream(seed: 6, purpose: .test, index: UInt64(seed))
      let (a, b) = (
        stream.normals(count: 60, dimension: 3), stream.normals(count: 70, dimension: 3)
      )
      let found = TwoSampleTest(rows: a, real: b, seed: UInt64(seed), draws: 99)
      logistic += found.logistic.auc.upperShare <= 0.05 ? 1 : 0
      forest += found.forest.auc.upperShare <= 0.05 ? 1 : 0
      boosting += try #require(found.boosting).auc.upperShare <= 0.05 ? 1 : 0
    }
    // Beyond 14 of 100 has a probability of 1e-4 at 5 %.
    let words = "\(logistic) \(forest) \(boosting)"
    #expect(logistic <= 14 && forest <= 14 && boosting <= 14, "\(words)")
    var stream = RandomStream(seed: 7, purpose: .test)
    let real = stream.normals(count: 200, dimension: 3)
    let moved = Points(values: real.values.map { $0 + 0.5 }, dimension: 3)
    #expect(TwoSampleTest(rows: moved, real: real, seed: 1).logistic.auc.isAbove)
    // Ten rows many times over: a forest knows them again.
    let copied = Points(values: (0..<200).flatMap { real.row($0 % 10) }, dimension: 3)
    let fresh = stream.normals(count: 200, dimension: 3)
    let known = TwoSampleTest(rows: copied, real: fresh, seed: 1)
    #expect(known.forest.auc.isAbove && known.boosting?.auc.isAbove == true)
    let same = TwoSampleTest(rows: real, real: fresh, seed: 1)
    #expect(same == TwoSampleTest(rows: real, real: fresh, seed: 1))
  }
}
