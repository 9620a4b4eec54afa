import ScoreCore
package import ScoreLab

/// Everything that lessons can ask for by name: the closed list behind conditions, answers and numbers.
package enum LessonQuantity: String, Sendable, CaseIterable {
  // Exact, from the configuration.
  case alpha, sigma
  case logSNR = "log_snr"
  case variance
  case density, score, denoised
  case planeDensity = "plane_density"
  case planeScoreX = "plane_score_x"
  case planeScoreY = "plane_score_y"
  case flowEnd = "flow_end"
  case sampledVariance = "sampled_variance"
  case pairL2 = "pair_l2"
  case pairQuantile = "pair_d"
  case pairTotalVariation = "pair_tv"
  case pairDivergence = "pair_kl"
  case pairWrongChoice = "pair_wrong"
  case setting
  // Measured.
  case step, loss, floor
  case heldOutLoss = "held_out_loss"
  case heldOutExcess = "held_out_excess"
  case bestStep = "best_step"
  case l2
  case quantile = "d_delta"
  case markovGap = "markov_gap"
  case worstShare = "worst_share"
  case approximationError = "approximation_error"
  case statisticalError = "statistical_error"
  case optimizationError = "optimisation_error"
  case levelFloor = "level_floor"
  case levelExcess = "level_excess"
  case recoverable
  case foundDimension = "found_dimension"
  case metric
  case metricLimit = "metric_limit"
  case rareCount = "rare_count"
  case rareExpected = "rare_expected"
  case sampleVariance = "sample_variance"
  case along, across
  case offManifold = "off_manifold"
  case angularDivergence = "angular_kl"
  case angularLimit = "angular_kl_limit"
  // What the person looks at.
  case shownTime = "shown_time"
  case shownLevel = "shown_level"

  /// What a quantity takes in brackets.
  package enum Parameter: Sendable {
    /// A number, by its name.
    case value(String)
    /// One of some names, and what they are names of.
    case name(String, of: [String])

    var label: String {
      switch self {
      case .value(let name), .name(let name, _): name
      }
    }
  }

  /// What it takes in brackets, in order.
  package var parameters: [Parameter] {
    switch self {
    case .alpha, .sigma, .logSNR, .variance, .l2, .quantile, .markovGap, .worstShare, .pairL2,
      .pairDivergence, .approximationError, .statisticalError, .optimizationError, .levelFloor,
      .levelExcess, .recoverable, .foundDimension,
      .along, .across, .offManifold:
      [.value("t")]
    case .density, .score, .denoised, .flowEnd: [.value("x"), .value("t")]
    case .planeDensity, .planeScoreX, .planeScoreY: [.value("x"), .value("y"), .value("t")]
    case .sampledVariance:
      [.name("sampler", of: SamplerCatalog.names), .value("steps")]
    case .pairQuantile: [.value("delta"), .value("t")]
    case .pairWrongChoice: [.value("m"), .value("t")]
    case .setting: [.name("key", of: Self.numericKeys)]
    case .metric, .metricLimit: [.name("metric", of: SampleMetricsMeasurement.names)]
    case .pairTotalVariation, .step, .loss, .floor, .heldOutLoss, .heldOutExcess, .bestStep,
      .rareCount, .rareExpected, .sampleVariance, .angularDivergence, .angularLimit, .shownTime,
      .shownLevel:
      []
    }
  }

  /// Each once, though several distributions, processes or optimisers have a key of that name.
  private static let numericKeys: [String] = {
    var seen: Set<String> = []
    return ConfigurationCatalog.fields.filter { field in
      switch field.kind {
      case .number, .integer, .size: true
      case .seed, .flag, .text, .choice, .integers, .structured, .map: false
      }
    }.map(\.path).filter { seen.insert($0).inserted }
  }()

  /// Its name with what it takes, such as `score(x, t)`.
  package var signature: String {
    let names = parameters.map(\.label)
    return rawValue + (names.isEmpty ? "" : "(\(names.joined(separator: ", ")))")
  }

  /// What it is, in a few words.
  package var summary: String {
    switch self {
    case .alpha: "what is left of the data at time t"
    case .sigma: "the deviation of the noise at time t"
    case .logSNR: "log(alpha^2 / sigma^2) at time t"
    case .variance: "the variance of q_t along an axis"
    case .density: "the density of q_t at a point of the line"
    case .score: "the exact score of q_t at a point of the line"
    case .denoised: "the mean of x_0 given x_t at a point of the line"
    case .planeDensity: "the density of q_t at a point of the plane"
    case .planeScoreX: "the first coordinate of the exact score of q_t at a point of the plane"
    case .planeScoreY: "the second coordinate of that score"
    case .flowEnd:
      "where the probability flow with the exact score takes a point of the line from time t"
    case .sampledVariance:
      "the variance that a sampler with the exact score gives normal data of the same variance"
    case .pairL2: "L2 between the two scores of the pair, not times sigma"
    case .pairQuantile: "D_delta between the two scores of the pair, not times sigma"
    case .pairTotalVariation: "total variation between the two distributions of the pair at time 0"
    case .pairDivergence: "Kullback-Leibler divergence between the two distributions of the pair"
    case .pairWrongChoice: "the probability that m samples choose the wrong score of the pair"
    case .setting: "the value of a numeric key of the configuration"
    case .step: "the training steps taken"
    case .loss: "the smoothed training loss"
    case .floor: "the Bayes floor"
    case .heldOutLoss: "the loss on fresh data"
    case .heldOutExcess: "the loss on fresh data minus the floor"
    case .bestStep: "the step of the least loss on fresh data"
    case .l2: "L2 times sigma at the noise level nearest to t"
    case .quantile: "D_delta times sigma at the noise level nearest to t"
    case .markovGap: "Markov's bound over D_delta at the noise level nearest to t"
    case .worstShare:
      "the share of L2^2 of the worst delta of the points, at the level nearest to t"
    case .approximationError: "L2 times sigma between the exact score and s_a, nearest to t"
    case .statisticalError: "L2 times sigma between s_a and s_b, at the level nearest to t"
    case .optimizationError: "L2 times sigma between s_b and the run, at the level nearest to t"
    case .levelFloor: "the Bayes floor of the run's target at the noise level nearest to t"
    case .levelExcess: "what the run's target has above that floor, at the level nearest to t"
    case .recoverable:
      "the share of the target's mean square that the noisy point tells, at the level nearest to t"
    case .foundDimension: "the dimension that the learned score finds at the level nearest to t"
    case .metric: "a metric of the samples"
    case .metricLimit: "the upper end of that metric's null"
    case .rareCount: "how many samples are in the rare part"
    case .rareExpected: "how many samples are expected there"
    case .sampleVariance: "the variance of the samples along the first axis"
    case .along: "the mean eigenvalue along the manifold at the noise level nearest to t"
    case .across: "the mean eigenvalue across the manifold at the noise level nearest to t"
    case .offManifold: "how far denoised points are from the manifold at the level nearest to t"
    case .angularDivergence: "the divergence of the angles of the samples from the exact ones"
    case .angularLimit: "the upper end of that divergence's null"
    case .shownTime: "the time of the cursor of the Samples pane"
    case .shownLevel: "the time of the noise level that the Error pane shows"
    }
  }

  /// What has to be measured for it; nil for what is known without.
  package var measurement: (any Measurement.Type)? {
    switch self {
    case .alpha, .sigma, .logSNR, .variance, .density, .score, .denoised, .planeDensity,
      .planeScoreX, .planeScoreY, .flowEnd, .sampledVariance, .pairL2, .pairQuantile,
      .pairTotalVariation, .pairDivergence, .pairWrongChoice, .setting,
      .step, .loss, .shownLevel:
      nil
    case .floor: FloorMeasurement.self
    case .heldOutLoss, .heldOutExcess, .bestStep: HeldOutMeasurement.self
    case .l2, .quantile, .markovGap, .worstShare: ProbeMeasurement.self
    case .approximationError, .statisticalError, .optimizationError: ErrorPartsMeasurement.self
    case .levelFloor, .levelExcess, .recoverable: LevelLossesMeasurement.self
    case .foundDimension: IntrinsicDimensionMeasurement.self
    case .metric, .metricLimit: SampleMetricsMeasurement.self
    case .rareCount, .rareExpected, .sampleVariance: SamplesMeasurement.self
    case .along, .across, .offManifold: DenoiserSpectraMeasurement.self
    case .angularDivergence, .angularLimit: AngularDensityMeasurement.self
    case .shownTime: NoisedDataMeasurement.self
    }
  }

  /// Whether it follows from the configuration alone.
  package var isExact: Bool { measurement == nil && ![.step, .loss, .shownLevel].contains(self) }

  /// All that has to be measured for some quantities, with what those depend on.
  package static func measurements(for quantities: [LessonQuantity]) -> [any Measurement.Type] {
    var needed = quantities.compactMap(\.measurement)
    if quantities.contains(.heldOutLoss) { needed.append(FloorMeasurement.self) }
    if quantities.contains(where: {
      [.metric, .metricLimit, .angularDivergence, .angularLimit].contains($0)
    }) {
      needed.append(SamplesMeasurement.self)
    }
    return needed
  }
}
