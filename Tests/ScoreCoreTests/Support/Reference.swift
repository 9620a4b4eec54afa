import Foundation

/// Values computed independently with numpy and scipy in float64 (Fixtures/reference.json).
struct Reference: Decodable {
  struct Mixture: Decodable {
    var weights: [Double]
    var means: [[Double]]
    var covariances: [[[Double]]]
    var alpha: Double
    var sigma: Double
    var x: [[Double]]
    var logDensity: [Double]
    var score: [[Double]]
  }

  struct Interval: Decodable {
    var low: Double
    var high: Double
    var alpha: Double
    var sigma: Double
    var x: [Double]
    var logDensity: [Double]
    var score: [Double]
  }

  struct Circle: Decodable {
    var kappa: Double
    var radius: Double
    var alpha: Double
    var sigma: Double
    var x: [[Double]]
    var logDensity: [Double]
    var score: [[Double]]
  }

  struct Pair: Decodable {
    var R: Double
    var eta: Double
    var t: Double
    var l2Squared: Double
    /// D_delta by delta, the keys as decimal text.
    var quantileError: [String: Double]
    var totalVariation: Double
    var wasserstein1: Double
  }

  /// Output variances of samplers on N(0, v0) with the exact score.
  struct SamplerVariance: Decodable {
    var v0: Double
    var schedule: String
    var steps: Int
    var T: Double
    var gamma: Double
    var target: Double
    /// By sampler: eulerMaruyama, exponentialIntegrator, ancestral, ddim, odeEuler, odeHeun.
    var variance: [String: Double]
  }

  /// Two pairs of samples, x and y on the line, X and Y in the plane, and distances of each.
  struct SampleMetrics: Decodable {
    var x: [Double]
    var y: [Double]
    var wasserstein1: Double
    var wasserstein2: Double
    var X: [[Double]]
    var Y: [[Double]]
    var energyDistanceVStatistic: Double
    var mmdSquaredUnbiasedRBFLength1: Double
    var slicedWasserstein2Squared64AnglesFirst100: Double
    var exactWasserstein2SquaredFirst100: Double
  }

  var gaussianMixture: [Mixture]
  var uniformInterval: [Interval]
  var vonMisesCircle: [Circle]
  var lowerBoundPair: [Pair]
  var samplerVariance: [SamplerVariance]
  var sampleMetrics: SampleMetrics

  struct Missing: Error {}

  static func load() throws -> Reference {
    guard
      let url = Bundle.module.url(
        forResource: "reference", withExtension: "json", subdirectory: "Fixtures")
    else { throw Missing() }
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
  }
}
