import ScoreCore

/// The error of every pixel of pictures, one noise level a unit; nothing of other points.
public struct PixelErrorsMeasurement: Measurement {
  public typealias Value = PixelErrors
  public static let name = "pixel_errors"
  public static let dependencies = [MeasurementDependency.weights]
  /// Only the view of pixels wants it.
  public static let isTakenUnasked = false

  private let arePictures: Bool
  private var probe: ErrorProbe
  /// The score of one Gaussian, found in the first pass; nil where there is none.
  private var gaussian: ExactScore?
  private var isGaussianKnown = false
  /// What stays the same in every pass, a level each.
  private var baselines: [[PixelErrors.Field]] = []
  private var pass: (score: any ScoreFunction, found: PixelErrors)?
  public private(set) var reading = Reading<PixelErrors>()

  public init(of subject: MeasurementSubject) {
    arePictures = subject.distribution.images != nil
    probe = subject.probe(points: PixelErrors.pointLimit)
  }

  public var unitCost: Double { Double(probe.pointCount) }

  public mutating func begin(_ input: MeasurementInput) {
    pass = (input.score(), PixelErrors(step: input.step, levels: []))
  }

  public mutating func step() -> Bool {
    guard let (score, begun) = pass else { return true }
    guard arePictures else {
      reading.value = begun
      pass = nil
      return true
    }
    guard isGaussianKnown else {
      findGaussian()
      return false
    }
    var found = begun
    found.levels.append(level(found.levels.count, score))
    pass = (score, found)
    guard found.levels.count == probe.times.count else { return false }
    pass = nil
    let broken = found.levels.count { level in
      level.fields.contains { $0.whole.errors.last?.isFinite != true }
    }
    reading.end(with: found, step: found.step, brokenCount: broken, of: found.levels.count)
    return true
  }

  private mutating func level(_ index: Int, _ score: any ScoreFunction) -> PixelErrors.Level {
    let (level, time, points, exact) = probe.points(levelIndex: index)
    func field(_ source: PixelErrors.Source, _ estimate: Points) -> PixelErrors.Field {
      PixelErrors.Field(source, estimate: estimate, exact: exact, level: level, time: time)
    }
    if baselines.count == index {
      let zero = field(.zero, Points(zeros: exact.count, dimension: exact.dimension))
      let one = gaussian.map { field(.gaussian, $0.score(at: points, level: level)) }
      baselines.append([zero] + (one.map { [$0] } ?? []))
    }
    return PixelErrors.Level(
      time: time, level: level,
      fields: [field(.network, score.score(at: points, level: level))] + baselines[index])
  }

  private mutating func findGaussian() {
    isGaussianKnown = true
    let law = probe.distribution
    guard law.dimension <= PixelErrors.gaussianLimit, let mean = law.moments?.mean,
      let covariance = law.covariance
    else { return }
    gaussian = ExactScore(GaussianMixture([.init(mean: mean, spread: .full(covariance))]))
  }

  public mutating func forget(after step: Int) {
    pass = nil
    reading.forget(after: step) { $0.step > step ? nil : $0 }
  }
}

extension MeasurementResults {
  /// The error of every pixel; nil where points are no pictures.
  public var pixelErrors: PixelErrors? {
    self[PixelErrorsMeasurement.self].value.flatMap { $0.levels.isEmpty ? nil : $0 }
  }
}
