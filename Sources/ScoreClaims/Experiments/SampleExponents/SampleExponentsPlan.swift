import ScoreCore
import ScoreLab
import ScoreTheory

/// Fits lines to data sets of every n, follows the sampler with them, and resamples their errors.
struct SampleExponentsPlan: ExperimentPlan {
  enum Unit: Codable, Hashable, Sendable {
    /// A batch of the data sets of n points.
    case fits(n: Int, batch: Int)
    /// Formulas against points drawn and quadrature, on data sets of the least n.
    case draws
    /// Powers of eps with their intervals.
    case powers
  }

  enum Record: Codable, Sendable {
    case fits(FitErrors)
    case draws(DrawnErrors)
    /// In the order of ``ErrorMeasure``.
    case powers([NeededSamples])
  }

  /// The errors of a batch of data sets.
  struct FitErrors: Codable, Sendable {
    /// The largest over the levels of sigma L2 and of sigma D_delta, one a data set.
    var l2: [Double] = []
    var dDelta: [Double] = []
    /// The total variation distance of the samples to those of the exact score by the same steps.
    var variation: [Double] = []
    /// That to the distribution at the stop.
    var toTarget: [Double] = []
    /// The sums over data sets of sigma^2 L2^2 and of its square, `[levels]`.
    var sums: [Double]
    var squares: [Double]
  }

  /// What points and quadrature say.
  struct DrawnErrors: Codable, Sendable {
    /// The share of the points with errors above D_delta, at each level.
    var shares: [Double]
    /// The total variation distance from the share of drawn samples between the crossings, and from
    /// the formula, with the standard error of the first.
    var drawnVariation: Double
    var variation: Double
    var standardError: Double
    /// The largest difference of the formula and quadrature, as a share of the distance.
    var quadratureGap: Double
  }

  static var lanes: Int { 4 }

  let values: SampleExponents
  let seed: UInt64
  let process: OrnsteinUhlenbeck
  /// The times that samples visit, decreasing.
  let times: [Double]
  /// Where the score is learned: at the start of each step.
  let levels: [NoiseLevel]
  /// The steps of the sampler.
  let gains: [StepGain]
  /// The samples of the exact score.
  let exactSamples: NormalLaw
  /// The distribution that the fits are of; a test puts another in its place.
  var fitted: NormalLaw
  /// How many of n rows a fit uses; all but in tests.
  var usedRows: @Sendable (Int) -> Int = { $0 }
  /// The distribution of the points that errors are measured at; a test puts another in its place.
  var probed: NormalLaw
  /// What draws samples; a test puts another in its place.
  var drawing: any Sampler = ExponentialIntegrator()
  /// The total variation distance of two normal distributions; a test puts another in its place.
  var distance: @Sendable (NormalLaw, NormalLaw) -> Double = { $0.totalVariation(to: $1) }

  init(values: SampleExponents, seed: UInt64) {
    (self.values, self.seed) = (values, seed)
    let (process, data) = (values.process, values.data)
    let times = ExponentialDecayGrid().times(stepCount: values.steps, process: process)
    let levels = times.dropLast().map { process.level(at: $0) }
    gains = StepGain.gains(of: ExponentialIntegrator(), times: times, process: process)
    exactSamples = Self.samples(
      gains: gains, lines: levels.map { ScoreLine(of: data.noisy(at: $0)) })
    (self.process, self.times, self.levels) = (process, times, levels)
    (fitted, probed) = (data, data)
  }

  /// The samples that steps make of N(0, 1) with a line at each.
  static func samples(gains: [StepGain], lines: [ScoreLine]) -> NormalLaw {
    zip(gains, lines).reduce(NormalLaw(mean: 0, variance: 1)) { $1.0.law(after: $0, $1.1) }
  }

  /// The distribution that samples are of where nothing errs.
  var target: NormalLaw { values.data.noisy(at: process.level(at: process.stop)) }

  /// The largest data sets come first, so that those at work together are of one size.
  var units: [Unit] {
    values.counts.reversed().flatMap { n in
      (0..<SampleExponents.batchCount).map { Unit.fits(n: n, batch: $0) }
    } + [.draws, .powers]
  }

  func needs(of unit: Unit) -> [Unit] {
    switch unit {
    case .fits, .draws: []
    case .powers: units.filter { $0 != .draws && $0 != .powers }
    }
  }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .fits(let n, _): max(1, n / values.firstPoints)
    case .draws, .powers: 1
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .fits(let n, let batch):
      "least squares, n = \(n), batch \(batch + 1) of \(SampleExponents.batchCount)"
    case .draws: "formulas against points"
    case .powers: "resampling"
    }
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    SingleStep {
      switch unit {
      case .fits(let n, let batch): .fits(fits(n, sets: values.sets(batch)))
      case .draws: .draws(drawn())
      case .powers: .powers(powers(records))
      }
    }
  }

  func findings(_ records: Records) -> SampleExponentsFindings {
    SampleExponentsFindings(self, records)
  }
}
