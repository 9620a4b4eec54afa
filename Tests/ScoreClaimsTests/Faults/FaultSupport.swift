import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension ExperimentConfiguration {
  /// An experiment with some keys set and its plan changed before the first unit.
  static func finished<Plan: ExperimentPlan>(
    _ name: String, _ assignments: [String], changing: Plan.Type,
    _ change: (inout Plan) -> Void
  ) throws -> ExperimentReport {
    try ExperimentConfiguration(name).setting(assignments).finishedDriver(Plan.self, change).report
  }
}

extension ExperimentReport {
  /// A report of nothing but checks, for identities that are handed altered records.
  static func of(_ checks: [Check]) -> ExperimentReport {
    ExperimentReport(title: "", claim: "", source: "", checks: checks)
  }
}

/// The exponential integrator with too much noise.
struct LoudSampler: Sampler {
  /// The factor on the deviation of each step's noise.
  let factor: Double

  var isDeterministic: Bool { false }
  var order: Int { 0 }

  func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout some NoiseSource, memory: inout SamplerMemory
  ) {
    var loud = LoudNoise(source: noise, factor: factor)
    ExponentialIntegrator().step(
      &points, over: step, process: process, score: score, noise: &loud, memory: &memory)
    noise = loud.source
  }

  private struct LoudNoise<Source: NoiseSource>: NoiseSource {
    var source: Source
    let factor: Double

    mutating func normals(count: Int, dimension: Int) -> Points {
      var points = source.normals(count: count, dimension: dimension)
      for place in points.values.indices { points.values[place] *= factor }
      return points
    }
  }
}
