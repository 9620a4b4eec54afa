public import ScoreCore

/// The pictures nearest to the first samples.
public struct NearestImages: Sendable, Equatable {
  /// The training step whose averaged weights drove the samples.
  public var step: Int
  /// The nearest of each sample, in model coordinates, `[samples, dimension]`.
  public var images: Points
  /// How many pictures there are to be near to; 0 where points are none.
  public var total: Int
  /// Whether these are the pictures that are trained on, not all there are.
  public var isTrainingSet: Bool

  /// The most samples whose nearest picture is looked for.
  public static let limit = 60

  public init(step: Int, images: Points, total: Int, isTrainingSet: Bool) {
    self.step = step
    self.images = images
    self.total = total
    self.isTrainingSet = isTrainingSet
  }
}

/// Looks for the pictures nearest to the first samples, one sample a unit: among those that are
/// trained on, or all of the data where every draw is fresh.
public struct NearestImagesMeasurement: Measurement {
  public static let name = "nearest_images"
  public static let dependencies = [MeasurementDependency.value(of: SamplesMeasurement.self)]

  private let images: Points?
  private let isTrainingSet: Bool
  private var pass: (step: Int, samples: Points)?
  private var rows: [Int] = []
  public private(set) var reading = Reading<NearestImages>()

  public init(of subject: MeasurementSubject) {
    isTrainingSet = subject.trainingPoints != nil
    images =
      subject.distribution.images == nil
      ? nil : subject.trainingPoints ?? (subject.distribution as? SmoothedPoints)?.data
  }

  // A sum over all pixels of all pictures.
  public var unitCost: Double { 512 }

  public mutating func begin(_ input: MeasurementInput) {
    guard let samples = input.measurement(SamplesMeasurement.self)?.reading.value else { return }
    let way = samples.trajectories
    let count = min(NearestImages.limit, way.tracked)
    rows = []
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
        step: step, images: Points(zeros: 0, dimension: samples.dimension), total: 0,
        isTrainingSet: false)
      pass = nil
      return true
    }
    if rows.count < samples.count {
      rows += images.nearestRows(to: samples.rows(rows.count..<rows.count + 1))
    }
    guard rows.count == samples.count else { return false }
    pass = nil
    reading.value = NearestImages(
      step: step, images: images.rows(at: rows), total: images.count,
      isTrainingSet: isTrainingSet)
    return true
  }
}

extension MeasurementResults {
  /// The pictures nearest to the first samples; nil where there are no pictures.
  public var nearestImages: NearestImages? {
    self[NearestImagesMeasurement.self].value.flatMap { $0.total > 0 ? $0 : nil }
  }
}
