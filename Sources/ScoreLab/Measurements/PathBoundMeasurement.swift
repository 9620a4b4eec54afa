import ScoreCore
import ScoreTheory

/// The first paper's bound on the run as it is: score errors along paths of the exact reverse process at
/// the sampler's own steps, what its steps and its start cost, and the distance of its samples.
///
/// As many paths as the probe has points; the same ones in every pass. What steps and start cost is
/// worked out once.
package struct PathBoundMeasurement: Measurement {
  package typealias Value = PathBound
  package static let name = "path_bound"
  package static let isTakenUnasked = false
  package static let dependencies: [MeasurementDependency] = [
    .weights, .sampler, .value(of: SamplesMeasurement.self),
  ]

  /// The most errors that are kept: 32 MB.
  private static let errorLimit = 8_000_000
  /// Draws where the Fisher information, the start or the second moment have no closed form.
  private static let draws = 4096
  /// Draws of the null of the samples' distance: see ``SampleMetricsMeasurement``.
  private static let nullDraws = SampleMetricsMeasurement.nullDraws

  /// What does not depend on the weights.
  private struct Fixed {
    let freezing: Estimate
    let start: Estimate
    let secondMoment: Double
  }

  private struct Pass {
    let step: Int
    let score: any ScoreFunction
    let samples: SamplePass
    var accumulated: [Double] = []
    /// `[steps][paths]`.
    var errors: [[Float]]
  }

  private let subject: MeasurementSubject
  private let times: [Double]
  private let obstacle: PathBound.Obstacle?
  private var fixed: Fixed?
  private var pass: Pass?
  package private(set) var reading = Reading<PathBound>()

  package init(of subject: MeasurementSubject) {
    self.subject = subject
    let sampler = subject.configuration.sampler
    times = sampler.makeGrid().times(stepCount: sampler.steps, process: subject.process)
    obstacle =
      !(subject.process is OrnsteinUhlenbeck)
      ? .process
      : sampler.kind.name != "exponential_integrator"
        ? .sampler
        : times.count * subject.configuration.probe.points > Self.errorLimit
          ? .tooManySteps(limit: Self.errorLimit) : nil
  }

  package var unitCost: Double { 16_384 }

  private var stepCount: Int { times.count - 1 }

  /// Paths of a unit, which takes a score of both kinds at each step.
  private var blockSize: Int {
    max(16, min(1024, 65_536 / (stepCount * subject.distribution.dimension)))
  }

  package mutating func begin(_ input: MeasurementInput) {
    pass = nil
    if let obstacle {
      reading.value = .missing(obstacle)
      return
    }
    guard let samples = input.measurement(SamplesMeasurement.self)?.reading.value else { return }
    pass = Pass(
      step: input.step, score: input.score(), samples: samples,
      errors: Array(repeating: [], count: stepCount))
  }

  package mutating func step() -> Bool {
    guard var pass, let process = subject.process as? OrnsteinUhlenbeck else { return true }
    guard let fixed else {
      self.fixed = makeFixed(process)
      return false
    }
    let count = subject.configuration.probe.points
    self.pass = nil
    guard pass.accumulated.count >= count else {
      follow(&pass, process, count: count)
      self.pass = pass
      return false
    }
    end(pass, fixed, process)
    return true
  }

  /// Follows a block of paths.
  private func follow(_ pass: inout Pass, _ process: OrnsteinUhlenbeck, count: Int) {
    let first = pass.accumulated.count
    var stream = stream(2 + UInt64(first))
    let block = PathIntegral(
      distribution: subject.distribution, process: process, estimate: pass.score, times: times,
      resolvesSteps: false
    ).block(count: min(blockSize, count - first), using: &stream)
    pass.accumulated += block.scoreError
    for (k, errors) in block.errors.enumerated() {
      let sigma = Float(process.level(at: times[k]).sigma)
      pass.errors[k] += errors.map { sigma * $0 }
    }
  }

  private func stream(_ index: UInt64) -> RandomStream {
    RandomStream(seed: subject.configuration.seed, purpose: .reversePaths, index: index)
  }

  private func makeFixed(_ process: OrnsteinUhlenbeck) -> Fixed {
    var stream = stream(0)
    let curve = FisherCurve(
      distribution: subject.distribution, process: process, draws: Self.draws, using: &stream)
    var starts = self.stream(1)
    let start = StartGap(
      distribution: subject.distribution, level: process.level(at: process.horizon),
      draws: Self.draws, using: &starts)
    return Fixed(
      freezing: curve.frozenScoreCost(times: times), start: start.variation,
      secondMoment: subject.distribution.secondMoment(draws: Self.draws, using: &starts))
  }

  private mutating func end(_ pass: Pass, _ fixed: Fixed, _ process: OrnsteinUhlenbeck) {
    let errors = zip(times, pass.errors).map { time, errors in
      ScoreErrorDistribution(level: process.level(at: time), time: time, unsorted: errors)
    }
    let broken = errors.count { !$0.l2.isFinite }
    let terms = PathBound.Terms(
      step: pass.step, dimension: subject.distribution.dimension, stepCount: stepCount,
      process: process, secondMoment: fixed.secondMoment, errors: errors,
      explicit: ExplicitBound(
        score: PathCertificate(
          accumulated: pass.accumulated, confidence: ExplicitBound.confidence),
        freezing: fixed.freezing, start: fixed.start),
      variation: variation(of: pass.samples))
    reading.end(with: .known(terms), step: pass.step, brokenCount: broken, of: errors.count)
  }

  /// How far samples are from the distribution at the stop; nil where histograms are not for them.
  private func variation(of samples: SamplePass) -> MetricResult? {
    let way = samples.trajectories
    let (last, units) = (way.frames.count - 1, subject.distribution.coordinates)
    let points = Points(
      values: way.frames[last].prefix(way.tracked * way.dimension).map(Double.init),
      dimension: way.dimension)
    let reference = NoisyDistribution(
      subject.distribution, level: subject.process.level(at: way.times[last]), units: units)
    return try? HistogramTotalVariation().measure(
      units.userUnits(points), against: MetricReference(.distribution(reference)),
      settings: MetricSettings(seed: subject.configuration.seed, draws: Self.nullDraws))
  }

  package mutating func forget(after step: Int) {
    pass = nil
    reading.forget(after: step) { value in
      if case .known(let terms) = value, terms.step > step { return nil }
      return value
    }
  }
}

extension MeasurementResults {
  /// The newest bound.
  package var pathBound: PathBound? { self[PathBoundMeasurement.self].value }
}
