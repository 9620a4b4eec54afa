import Glibc
import Testing

@testable import ScoreCore

/// Data points with classes: labels of digits and files, exact scores of classes, dropped labels.
@Suite struct LabelledPointsTests {
  private static func make(
    _ kind: String, _ given: [String: ParameterValue], _ source: any DataSource = Files()
  ) throws -> any KnownScoreDistribution {
    let entry = try #require(DistributionCatalog.entry(named: kind))
    return try entry.make(CatalogParameters(given, describedBy: entry.parameters), source)
  }

  /// Four images of 4 by 4 pixels, their labels, and a table.
  private struct Files: DataSource {
    var labels = [7.0, 3, 7, 3]

    func table(file: String, columns: [String]) throws -> DataTable {
      if file == "labels" {
        return DataTable(names: ["c1"], points: Points(rows: labels.map { [$0] }))
      }
      if file == "table" {
        let all = DataTable(
          names: ["x", "kind", "y"], points: Points(rows: [[0, 2, 1], [1, 5, 3], [4, 2, 0.5]]))
        guard !columns.isEmpty else { return all }
        let places = columns.compactMap { all.names.firstIndex(of: $0) }
        return DataTable(
          names: columns,
          points: Points(rows: (0..<3).map { row in places.map { all.points[row, $0] } }))
      }
      let names = (0..<4).flatMap { row in (0..<4).map { "r\(row)c\($0)" } }
      let rows = (0..<4).map { image in (0..<16).map { Double(($0 * 5 + image * 3) % 17) } }
      return DataTable(names: names, points: Points(rows: rows))
    }
  }

  @Test("The digits' labels are those of scikit-learn's load_digits")
  func digitLabels() throws {
    let digits = try #require(try Self.make("digits", [:]) as? SmoothedPoints)
    let labels = try #require(digits.labels)
    #expect(labels.names == (0...9).map { "\($0)" })
    // numpy.bincount(load_digits().target), and its first and last ten.
    let counts = (0...9).map { digit in labels.values.count { $0 == digit } }
    #expect(counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    #expect(Array(labels.values.prefix(10)) == Array(0...9))
    #expect(Array(labels.values.suffix(10)) == [5, 4, 8, 8, 4, 9, 0, 8, 9, 8])
  }

  @Test("The score of all digits is the mean of the classes' under the posterior of the label")
  func bayes() throws {
    let labelled = try #require(LabelledPoints(try Self.make("digits", [:])))
    let level = NoiseLevel(alpha: 0.7, sigma: 0.71)
    var stream = RandomStream(seed: 4, purpose: .test)
    let x = labelled.points.noisySample(count: 6, level: level, using: &stream)
    let classes = (0..<10).map {
      labelled.given(labelled.condition(ofClass: $0)).logDensityAndScore(at: x, level: level)
    }
    let marginal = labelled.marginal.logDensityAndScore(at: x, level: level)
    for row in 0..<x.count {
      let joint = (0..<10).map {
        labelled.share(ofClass: $0) * exp(classes[$0].logDensity[row] - marginal.logDensity[row])
      }
      #expect(abs(joint.reduce(0, +) - 1) < 1e-9)
      for axis in 0..<64 {
        let mean = (0..<10).reduce(0.0) { $0 + joint[$1] * classes[$1].score[row, axis] }
        #expect(abs(mean - marginal.score[row, axis]) < 1e-8)
      }
    }
    // Zeros are the condition of a point without a label.
    let none = labelled.given(Condition(Array(repeating: 0, count: 10)))
    #expect(none.score(at: x, level: level) == marginal.score)
  }

  @Test("Draws have the shares of their classes, and lose their label as often as asked")
  func sample() throws {
    let labelled = try #require(
      LabelledPoints(try Self.make("digits", [:]), unlabelledShare: 0.25))
    var stream = RandomStream(seed: 5, purpose: .test)
    let drawn = labelled.sample(count: 4000, using: &stream)
    let sums = (0..<4000).map { drawn.conditions.row($0).reduce(0, +) }
    #expect(sums.allSatisfy { $0 == 0 || $0 == 1 })
    let dropped = Double(sums.count { $0 == 0 }) / 4000
    #expect(abs(dropped - 0.25) < 5 * (0.1875 / 4000).squareRoot())
    // A labelled draw lies near an image of its class: 64 deviations of 0.1 make 0.8.
    let row = try #require(sums.firstIndex(of: 1))
    let index = try #require(drawn.conditions.row(row).firstIndex(of: 1))
    let own = try #require(
      labelled.given(labelled.condition(ofClass: index)) as? SmoothedPoints)
    let nearest = own.data.row(own.data.nearestRows(to: drawn.points.rows(row..<row + 1))[0])
    let gap = zip(nearest, drawn.points.row(row)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect(gap.squareRoot() < 1.2)
  }

  @Test("A column of a table, or a second file of images, holds the classes")
  func files() throws {
    let points = try #require(
      try Self.make("points", ["file": .text("table"), "label": .text("kind")]) as? SmoothedPoints)
    #expect(points.coordinates.names == ["x", "y"])
    #expect(points.labels == PointLabels(names: ["2", "5"], values: [0, 1, 0]))
    let given: [String: ParameterValue] = [
      "file": .text("images"), "labels": .text("labels"), "count": .number(3),
    ]
    let images = try #require(try Self.make("images", given) as? SmoothedPoints)
    #expect(images.labels == PointLabels(names: ["3", "7"], values: [1, 0, 1]))
    #expect(images.images?.width == 4)
    let averaged = try #require(
      try Self.make("images", given.merging(["average": .number(2)]) { $1 }) as? SmoothedPoints)
    #expect(averaged.dimension == 4 && averaged.images?.width == 2)
    let (all, mean) = (
      images.coordinates.userUnits(images.data), averaged.coordinates.userUnits(averaged.data)
    )
    let corner = (all[1, 0] + all[1, 1] + all[1, 4] + all[1, 5]) / 4
    #expect(abs(mean[1, 0] - corner) < 1e-12)
  }

  @Test("Classes are in the order of numbers where all labels are some, else in that of texts")
  func order() throws {
    #expect(
      try PointLabels(["10", "9", "9.0"], path: "label")
        == PointLabels(names: ["9", "10"], values: [1, 0, 0]))
    #expect(
      try PointLabels(["b", "10", "9"], path: "label")
        == PointLabels(names: ["10", "9", "b"], values: [2, 0, 1]))
    let error = #expect(throws: ParameterError.self) { try PointLabels(["a", "a"], path: "label") }
    #expect(error?.message == "expected 2 to 100 classes, found 1 values")
  }

  @Test("Labels that are too few, too many or not as many as images are refused at their key")
  func refused() throws {
    func path(_ given: [String: ParameterValue], _ source: Files = Files()) throws -> [String] {
      let error = #expect(throws: ParameterError.self) {
        _ = try Self.make("images", given.merging(["file": .text("images")]) { $1 }, source)
      }
      return try #require(error).path
    }
    let labels: [String: ParameterValue] = ["labels": .text("labels"), "count": .number(4)]
    #expect(try path(labels, Files(labels: [1, 2, 3])) == ["labels"])
    #expect(try path(labels, Files(labels: [1, 1, 1, 1])) == ["labels"])
    #expect(try path(labels, Files(labels: (0..<101).map { Double($0) })) == ["labels"])
    #expect(try path(["average": .number(3), "count": .number(4)]) == ["average"])
  }

  @Test(
    "A fixed set loses conditions anew in every step, as often as asked, and the record shows it")
  func dropout() {
    let rows = TrainingRows(
      points: Points(zeros: 50, dimension: 1),
      conditions: Points(values: Array(repeating: 1, count: 50), dimension: 1),
      conditionDropout: 0.3)
    var trainer = Trainer(
      architecture: Perceptron(
        dimension: 1, hidden: [4], timeFeatures: TimeFeatures(.logSNR, pairs: 2), conditionCount: 1),
      process: OrnsteinUhlenbeck(horizon: 4, stop: 0.02), trainingSet: .rows(rows),
      optimization: Optimization(learningRate: 1e-3), batch: 400, seed: 5, threads: 1)
    let steps = (0..<5).map { _ in trainer.recordedStep().batch.conditions }
    let dropped = steps.flatMap { $0 }.count { $0 == 0 }
    #expect(abs(Double(dropped) / 2000 - 0.3) < 5 * (0.21 / 2000).squareRoot())
    #expect(Set(steps.map { $0.map { "\($0)" }.joined() }).count == 5)
  }
}
