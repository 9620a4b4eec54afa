import ScoreCore

/// The search for particles of which the exact score brings one to the rare part.
///
/// Of twenty samples seldom one goes to a part with a hundredth of the weight. So the particles are
/// the first of a later block of the same stream where none of an earlier one goes there, and those
/// that go come first. How many of all samples go there is counted elsewhere.
struct RareParticleSearch: Sendable {
  /// The most blocks that are tried: at a weight of 0.01, all but three searches in a million find one.
  static let blockLimit: UInt32 = 64
  /// The sampler's steps of one unit.
  private static let stepsAtOnce = 32

  /// The block of the particles.
  private(set) var block: UInt32 = 0
  /// The rows of the block in the order in which they are shown.
  private(set) var rows: [Int]
  private(set) var isFinished = false
  private let subject: MeasurementSubject
  private let part: RarePart
  private var pass: SamplingPass

  /// Starts the search; nil where there is no rare part.
  init?(_ subject: MeasurementSubject) {
    guard let part = subject.distribution.rarePart else { return nil }
    self.subject = subject
    self.part = part
    pass = Self.pass(subject, block: 0)
    rows = Array(0..<pass.points.count)
  }

  private static func pass(_ subject: MeasurementSubject, block: UInt32) -> SamplingPass {
    subject.configuration.sampler.particles(
      of: subject, score: ExactScore(subject.distribution), block: block)
  }

  /// Does one unit of work.
  mutating func step() {
    for _ in 0..<Self.stepsAtOnce where pass.step() == nil { break }
    guard pass.isFinished else { return }
    let goes = rows.map { part.contains(pass.points.row($0)) }
    if goes.contains(true) {
      rows = rows.filter { goes[$0] } + rows.filter { !goes[$0] }
      isFinished = true
    } else if block + 1 < Self.blockLimit {
      block += 1
      pass = Self.pass(subject, block: block)
    } else {
      block = 0
      isFinished = true
    }
  }
}

extension SamplerConfiguration {
  /// The pass of the particles that are followed, which are the first of a block of samples.
  func particles(
    of subject: MeasurementSubject, score: any ScoreFunction, block: UInt32
  ) -> SamplingPass {
    SamplingPass(
      sampler: makeSampler(), grid: makeGrid(), stepCount: steps, process: subject.process,
      score: score, count: min(Walk.particleLimit, count), seed: subject.configuration.seed,
      block: block)
  }
}
