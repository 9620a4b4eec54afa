import Glibc
import ScoreCore
import ScoreLab

/// Labelled images in two parts: those to learn, and those that the judge knows.
struct ClassSplit: Sendable {
  /// The fewest images of a class in either part.
  private static let leastOfClass = 3
  /// The ratio of the distances to the two nearest images to learn below which a sample is a copy.
  static let copyRatio = 1.0 / 3

  /// The images to learn, smoothed.
  let training: SmoothedPoints
  /// The judge's images.
  let judge: Points
  private let judgeLabels: [Int]
  let labelled: LabelledPoints

  /// Splits the images of a distribution at random.
  ///
  /// - Throws: ``ParameterError`` where it has no labelled rows, or too few.
  init(_ distribution: any KnownScoreDistribution, setup: ExperimentSetup) throws(ParameterError) {
    guard let distribution = distribution as? SmoothedPoints, let labels = distribution.labels
    else {
      throw ParameterError(
        path: ["run", "distribution", "kind"],
        message: "expected data with labels such as digits, found \(setup.run.distribution.kind)")
    }
    let total = distribution.data.count
    guard let count = setup.run.trainingSet.fixedCount, count < total else {
      throw ParameterError(
        path: ["run", "training_set", "count"],
        message: "expected fewer than the \(total) rows, found \(setup.run.trainingSet.count.text)")
    }
    var stream = RandomStream(seed: setup.seed, purpose: .experiment)
    let order = stream.permutation(of: total)
    training = distribution.keeping(rows: Array(order.prefix(count)))
    judge = distribution.data.rows(at: order.dropFirst(count))
    judgeLabels = order.dropFirst(count).map { labels.values[$0] }
    guard let labelled = LabelledPoints(training) else {
      preconditionFailure("Rows keep their labels.")
    }
    self.labelled = labelled
    let parts = [training.labels?.values ?? [], judgeLabels]
    for index in labels.names.indices {
      guard parts.allSatisfy({ part in part.count { $0 == index } >= Self.leastOfClass }) else {
        throw ParameterError(
          path: ["run", "training_set", "count"],
          message:
            "expected at least \(Self.leastOfClass) images of each class in both parts; class "
            + "\(labels.names[index]) has fewer")
      }
    }
  }

  var classNames: [String] { labelled.classNames }

  /// The classes that the samples of a source are meant to be of.
  func classes(of source: DigitsByClassPlan.Source, _ run: RunConfiguration) -> [Int] {
    switch source {
    case .real: training.labels?.values ?? []
    case .network, .guided, .blind, .gaussians, .memorizing: wanted(run)
    }
  }

  /// The classes of samples, in the shares of the images to learn.
  private func wanted(_ run: RunConfiguration) -> [Int] {
    var run = run
    run.network.condition = .label
    run.sampler.classNumber = -1
    return ClassSampling(run, training)?.classes(of: 0..<run.sampler.count) ?? []
  }

  // MARK: - Baselines

  /// Draws of one Gaussian a class, with mean and covariance of its smoothed images.
  func gaussianSample(_ run: RunConfiguration) -> Points {
    sample(run, index: 1) { distribution in
      let mean = distribution.moments?.mean ?? []
      let covariance = distribution.covariance ?? []
      return GaussianMixture([.init(mean: mean, spread: .full(covariance))])
    }
  }

  /// Draws of the images to learn, smoothed.
  func memorizingSample(_ run: RunConfiguration) -> Points { sample(run, index: 2) { $0 } }

  private func sample(
    _ run: RunConfiguration, index: UInt64,
    _ distribution: (any KnownScoreDistribution) -> any KnownScoreDistribution
  ) -> Points {
    var stream = RandomStream(seed: run.seed, purpose: .experiment, index: index)
    let classes = wanted(run)
    var points = Points(zeros: classes.count, dimension: training.dimension)
    for index in Set(classes).sorted() {
      let rows = classes.indices.filter { classes[$0] == index }
      let drawn = distribution(labelled.given(labelled.condition(ofClass: index)))
        .sample(count: rows.count, using: &stream)
      for (place, row) in rows.enumerated() {
        for axis in 0..<points.dimension { points[row, axis] = drawn[place, axis] }
      }
    }
    return points
  }

  // MARK: - The judge

  /// Reads each sample as the class of the nearest of the judge's images.
  ///
  /// - Parameters:
  ///   - sample: In model coordinates.
  ///   - classes: What each is meant to be.
  ///   - shift: By how many classes the judge is made to err; 0 but in tests.
  /// - Returns: Nil where a coordinate is not finite.
  func reading(_ sample: Points, of classes: [Int], shift: Int) -> ClassReading? {
    guard sample.values.allSatisfy(\.isFinite) else { return nil }
    let count = classNames.count
    let read = judge.nearestRows(to: sample).map { (judgeLabels[$0] + shift) % count }
    let share = Memorization.share(of: sample, training: training.data, ratio: Self.copyRatio)
    return ClassReading(
      classes: (0..<count).map { index in
        let rows = classes.indices.filter { classes[$0] == index }
        let known = judgeLabels.indices.filter { judgeLabels[$0] == index }
        return ClassReading.Class(
          right: rows.count { read[$0] == index }, total: rows.count,
          energy: rows.isEmpty
            ? .nan : EnergyDistance.value(sample.rows(at: rows), judge.rows(at: known)))
      }, copies: Int((share * Double(sample.count)).rounded()))
  }

  /// The largest gap of the score of all images to the mean of the classes' scores under the posterior
  /// of the label (Bayes' rule), times sigma, over the length of the score where that is above 1.
  func bayesGap(
    _ marginal: any KnownScoreDistribution, at levels: [NoiseLevel], seed: UInt64
  ) -> Double {
    levels.map { level in
      var stream = RandomStream(seed: seed, purpose: .experiment, index: 3)
      let x = training.noisySample(count: 8, level: level, using: &stream)
      let parts = classNames.indices.map { index in
        labelled.given(labelled.condition(ofClass: index)).logDensityAndScore(at: x, level: level)
      }
      let whole = marginal.score(at: x, level: level)
      return (0..<x.count).map { row in
        let logs = parts.indices.map {
          log(labelled.share(ofClass: $0)) + parts[$0].logDensity[row]
        }
        let top = logs.max() ?? 0
        let weights = logs.map { exp($0 - top) }
        let total = weights.reduce(0, +)
        let gap = (0..<x.dimension).reduce(0.0) { sum, axis in
          let mean = parts.indices.reduce(0.0) { $0 + weights[$1] * parts[$1].score[row, axis] }
          return sum + pow(mean / total - whole[row, axis], 2)
        }
        let size = whole.row(row).reduce(0) { $0 + $1 * $1 }.squareRoot()
        return level.sigma * gap.squareRoot() / max(1, level.sigma * size)
      }.max() ?? .nan
    }.max() ?? .nan
  }
}

/// How a sample was read.
struct ClassReading: Codable, Sendable, Equatable {
  /// Of the samples of one class.
  struct Class: Codable, Sendable, Equatable {
    var right: Int
    var total: Int
    /// The energy distance to the judge's images of the class, in model coordinates.
    var energy: Double
  }

  var classes: [Class]
  /// Near copies of images to learn.
  var copies: Int

  var right: Int { classes.reduce(0) { $0 + $1.right } }
  var total: Int { classes.reduce(0) { $0 + $1.total } }
  var share: Double { Double(right) / Double(total) }
  var copyShare: Double { Double(copies) / Double(total) }
}
