import ScoreCore
import ScoreLab

/// Images in a random order: the first are learned, the others left out.
struct CopySplit: Sendable {
  /// The most images left out that either the null or the fresh ones are.
  private static let heldOutLimit = 500
  /// In how many groups the energy distance is taken, so that it has an interval.
  static let groupCount = 10
  /// How many samples are kept to be shown.
  static let shownCount = 10

  private let images: SmoothedPoints
  private let order: [Int]
  /// The numbers of training images, ascending.
  let counts: [Int]
  /// Images left out whose distances are the null.
  let null: Points
  /// Images left out that are read as samples are.
  let fresh: Points

  /// Shuffles the images of a distribution.
  ///
  /// - Throws: ``ParameterError`` where it has no images, or too few.
  init(_ distribution: any KnownScoreDistribution, values: ImageCopies, setup: ExperimentSetup)
    throws(ParameterError)
  {
    guard let images = distribution as? SmoothedPoints, images.images != nil else {
      throw ParameterError(
        path: ["run", "distribution", "kind"],
        message: "expected images such as digits, found \(setup.run.distribution.kind)")
    }
    let total = images.data.count
    let left = 2 * NearestNull.leastCount
    guard let most = setup.run.trainingSet.fixedCount, most > values.least, most <= total - left
    else {
      throw ParameterError(
        path: ["run", "training_set", "count"],
        message: "expected more than least \(values.least) and at most \(total - left) of the "
          + "\(total) images, for some are left out; found \(setup.run.trainingSet.count.text)")
    }
    var stream = RandomStream(seed: setup.seed, purpose: .experiment)
    order = stream.permutation(of: total)
    counts = values.counts(upTo: most)
    self.images = images
    let rest = Array(order.dropFirst(most).prefix(2 * Self.heldOutLimit))
    null = images.data.rows(at: rest.prefix(rest.count / 2))
    fresh = images.data.rows(at: rest.dropFirst(rest.count / 2))
  }

  /// The first images, each smoothed; the data of fewer are among those of more.
  func training(_ place: Int) -> SmoothedPoints {
    images.keeping(rows: Array(order.prefix(counts[place])))
  }

  /// How a sample compares with some training images.
  ///
  /// - Parameters:
  ///   - sample: In model coordinates.
  ///   - training: The images that may be copied.
  /// - Returns: Nil where a coordinate is not finite, or where there is no null.
  func reading(_ sample: Points, training: Points) -> CopyReading? {
    func distances(_ points: Points) -> [(row: Int, distance: Double)] {
      (0..<points.count).map { training.nearest(to: points.row($0)) }
    }
    guard sample.values.allSatisfy(\.isFinite),
      let null = NearestNull(distances(null).map(\.distance))
    else { return nil }
    let found = distances(sample)
    let size = sample.count / Self.groupCount
    let shown = min(Self.shownCount, sample.count)
    return CopyReading(
      copies: found.count { $0.distance < null.threshold }, total: found.count,
      median: found.map(\.distance).sorted()[found.count / 2], threshold: null.threshold,
      energies: (0..<Self.groupCount).map { group in
        EnergyDistance.value(sample.rows(group * size..<(group + 1) * size), fresh)
      },
      shown: KeptPoints(sample.rows(0..<shown)),
      nearest: KeptPoints(training.rows(at: found.prefix(shown).map(\.row))))
  }

  var coordinates: CoordinateFrame { images.coordinates }
  var format: ImageFormat? { images.images }
}

/// How a sample compares with the training images.
struct CopyReading: Codable, Sendable {
  /// Samples nearer to a training image than the null's 5 % quantile.
  var copies: Int
  var total: Int
  /// The median distance from the nearest training image, in model coordinates.
  var median: Double
  /// The null's 5 % quantile.
  var threshold: Double
  /// The energy distance of each group of samples to images left out.
  var energies: [Double]
  /// The first samples and their nearest training images.
  var shown: KeptPoints
  var nearest: KeptPoints

  var share: Double { Double(copies) / Double(total) }
  /// The interval of Clopper and Pearson.
  var interval: ClosedRange<Double> { .share(copies, of: total) }
}
