import ScoreCore
import TestSupport

/// What a sampler does to the variance of a Gaussian, measured on its own step.
///
/// With a linear score a step is `x' = a x + b xi`, so the variance follows
/// `var' = a^2 var + b^2` exactly, without any sampling error. Only for methods without memory that
/// draw at most once a step.
enum LinearRecursion {
  /// The factors `a` and `b` of one step, from a start at 1 and one at 0 with the same noise.
  static func gains(
    of sampler: any Sampler, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction
  ) -> (a: Double, b: Double) {
    let fresh = RandomStream(seed: 71, purpose: .test)
    func image(of start: Double) -> Double {
      var (points, noise) = (Points(values: [start], dimension: 1), fresh)
      var memory = SamplerMemory()
      sampler.step(
        &points, over: step, process: process, score: score, noise: &noise, memory: &memory)
      return points[0, 0]
    }
    var noise = fresh
    let xi = noise.normals(count: 1, dimension: 1)[0, 0]
    let origin = image(of: 0)
    return (image(of: 1) - origin, origin / xi)
  }

  /// The variance at the last time of a pass that starts with a given variance.
  static func variance(
    _ start: Double, of sampler: any Sampler, times: [Double], process: any ForwardProcess,
    distribution: ReferenceGaussian
  ) -> Double {
    zip(times, times.dropFirst()).reduce(start) { variance, times in
      let (a, b) = gains(
        of: sampler, over: TimeStep(from: times.0, to: times.1), process: process,
        score: ExactScore(distribution))
      return a * a * variance + b * b
    }
  }
}
