import ScoreClaims
import ScoreLab
import Testing

/// A report in which something is deliberately wrong, and the checks that must see it.
struct ExperimentFault: Sendable, CustomTestStringConvertible {
  /// What is wrong, such as `score scaled by 1.2`.
  let name: String
  /// The names of the checks that must fail; of several with one name, one must.
  let fails: [String]
  /// Makes the finished report: with a wrong score, rate, distribution or sampler for claim and
  /// agreement checks, with altered records for identities.
  let report: @Sendable () throws -> ExperimentReport

  var testDescription: String { name }
}

/// An experiment at small values, as it is and with each fault.
struct FaultSubject: Sendable, CustomTestStringConvertible {
  let experiment: String
  /// Makes the finished report without a fault.
  let healthy: @Sendable () throws -> ExperimentReport
  let faults: [ExperimentFault]

  var testDescription: String { experiment }
}

extension FaultSubject {
  /// One line an experiment; its subject stands in a file of its own in this folder.
  static let all: [FaultSubject] = [
    .sampleComplexity,
    .noiseLevels,
    .sampleExponents,
    .certificate,
    .corruptedScore,
    .schedules,
    .realImages,
    .hardPair,
    .outlierScore,
    .reluERM,
    .outlierTraining,
    .finiteClass,
    .threeErrors,
    .polyakLojasiewicz,
    .freshNoise,
    .earlyStopping,
    .creditDefault,
    .kernelCoupling,
    .kernelRates,
    .localisedRegression,
    .memorisation,
    .flowMatching,
    .posteriorEstimation,
    .guidance,
    .digitsByClass,
    .imageCopies,
    .convexMinimiser,
    .kernelScoreRates,
    .recoverability,
    .collapseAndRefine,
    .twoStages,
    .conservativeNetworks,
    .intrinsicSampleComplexity,
  ]
}
