import Glibc
import OutsideText
import ScoreCore
import ScoreLab

/// The distribution and the level of a run, which must be a pair at one level.
struct ReLUERMSetting: Sendable {
  let pair: LowerBoundPair
  let time: Double
  let level: NoiseLevel
  let sampleCount: Int

  init(_ run: RunConfiguration, delta: Double) throws(ParameterError) {
    guard run.distribution.kind == "pair" else {
      throw ParameterError(
        path: ["run", "distribution", "kind"],
        message: "must be pair, found \(SafeText.sanitized(run.distribution.kind))")
    }
    guard let time = run.onlyTrainedTime else {
      throw ParameterError(
        path: ["run", "objective", "levels"],
        message: "must be fixed, found \(run.objective.levels.name)")
    }
    let least = 2 * (ReLUERM.farCounts.max() ?? 0)
    guard let count = run.trainingSet.fixedCount, count >= least else {
      throw ParameterError(
        path: ["run", "training_set", "count"], message: "must be a number from \(least) on")
    }
    let values: CatalogParameters
    do throws(ParameterError) {
      values = try CatalogParameters(
        run.distribution.parameters,
        describedBy: DistributionCatalog.entry(named: "pair")?.parameters ?? [])
    } catch {
      throw error.under("distribution").under("run")
    }
    pair = LowerBoundPair(
      eta: values.number("eta"), separation: values.number("separation"))
    guard delta > pair.eta else {
      throw ParameterError(
        path: ["delta"], message: "must be above eta \(pair.eta), found \(delta)")
    }
    self.time = time
    level = run.process.make().level(at: time)
    sampleCount = count
  }

  /// The distance of the parts in noisy data.
  var separation: Double { level.alpha * pair.separation }
  /// What the squared L2 error is of a score that does not know of the far part.
  var unit: Double { pair.eta * separation * separation }
}
