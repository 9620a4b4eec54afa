public import ScoreCore

/// The pictures nearest to the first samples.
public struct NearestImages: Sendable, Equatable {
  /// The training step whose averaged weights drove the samples.
  public var step: Int
  /// The nearest of each sample, in model coordinates, `[samples, dimension]`.
  public var images: Points
  /// How far each sample is from it, the Euclidean norm in model coordinates, `[samples]`.
  public var distances: [Double]
  /// How many pictures there are to be near to; 0 where points are none.
  public var total: Int
  /// Whether these are the pictures that are trained on, not all there are.
  public var isTrainingSet: Bool
  /// How far pictures are that were left out; nil until it is known, or where it cannot be.
  public var null: NearestNull?

  /// The most samples whose nearest picture is looked for.
  public static let limit = 60

  public init(
    step: Int, images: Points, distances: [Double], total: Int, isTrainingSet: Bool,
    null: NearestNull? = nil
  ) {
    self.step = step
    self.images = images
    self.distances = distances
    self.total = total
    self.isTrainingSet = isTrainingSet
    self.null = null
  }

  /// Whether a sample is nearer to its picture than nearly all that were left out are to theirs.
  public func isSuspicious(_ sample: Int) -> Bool {
    null.map { distances[sample] < $0.threshold } ?? false
  }

  /// How many of the samples are.
  public var suspiciousCount: Int { distances.indices.count(where: isSuspicious) }
}

/// Looks for the pictures nearest to the first samples, one sample a unit: among those that are
/// trained on, or all of the data where every draw is fresh.
///
/// After the samples, once in a run, it looks how far pictures of the data are from the nearest that do
/// not come from them.
public struct NearestImagesMeasurement: Measurement {
  public static let name = "nearest_images"
  public static let dependencies = [MeasurementDependency.value(of: SamplesMeasurement.self)]

  private let images: Points?
  private let isTrainingSet: Bool
  private var null: NearestNullSearch?
  private var pass: (step: Int, samples: Points)?
  private var found: [(row: Int, distance: Double)] = []
  public private(set) var reading = Reading<NearestImages>()

  public init(of subject: MeasurementSubject) {
    isTrainingSet = subject.trainingPoints != nil
    let points = subject.distribution as? SmoothedPoints
    images =
      subject.distribution.images == nil ? nil : subject.trainingPoints ?? points?.data
    if let points, let images, points.images != nil {
      null = NearestNullSearch(
        of: points, among: images, ownsRows: subject.trainingPoints == nil,
        seed: subject.configuration.seed)
    }
  }

  // A sum over all pixels of all pictures.
  public var unitCost: Double { 512 }

  public mutating func begin(_ input: MeasurementInput) {
    guard let samples = input.measurement(SamplesMeasurement.self)?.reading.value else { return }
    let way = samples.trajectories
    let count = min(NearestImages.limit, way.tracked)
    found = []
    pass = (
      samples.step,
      Points(
        values: way.frames[way.frames.count - 1].prefix(count * way.dimension).map(Double.init),
        dimension: way.dimension)
    )
  }

  public mutating func step() -> Bool {
    guard let (step, samples) = pass else { return true }
    guard let images else {
      // Points that are no pictures have none near them, which is known as well.
      reading.value = NearestImages(
        step: step, images: Points(zeros: 0, dimension: samples.dimension), distances: [],
        total: 0, isTrainingSet: false)
      pass = nil
      return true
    }
    guard found.count == samples.count else {
      found.append(images.nearest(to: samples.row(found.count)))
      if found.count == samples.count { publish(step, images) }
      return false
    }
    // The samples are there at once; what they are held against follows.
    if null?.step() == false { return false }
    publish(step, images)
    pass = nil
    return true
  }

  private mutating func publish(_ step: Int, _ images: Points) {
    reading.value = NearestImages(
      step: step, images: images.rows(at: found.map(\.row)), distances: found.map(\.distance),
      total: images.count, isTrainingSet: isTrainingSet, null: null?.result)
  }
}

extension MeasurementResults {
  /// The pictures nearest to the first samples; nil where there are no pictures.
  public var nearestImages: NearestImages? {
    self[NearestImagesMeasurement.self].value.flatMap { $0.total > 0 ? $0 : nil }
  }
}
