import NumberFormatting
import OutsideText
import ScoreCore

extension RunConfiguration {
  /// Checks what sections say of one another.
  package static func check(
    _ section: Self, reader: ConfigurationReader
  ) throws(ConfigurationError) {
    try section.checkUnlimitedData(reader)
    try section.checkFixedLevel(reader)
    try section.checkLogNormalLevels(reader)
    try section.checkGrid(reader)
    try section.checkInputRadius(reader)
    try section.checkCondition(reader)
  }

  private func checkCondition(_ reader: ConfigurationReader) throws(ConfigurationError) {
    guard network.condition == .label, !distribution.hasLabels else { return }
    throw reader.error(
      at: ["network", "condition"],
      "expected none, for \(distribution.kind) has no labels here; digits has them, points with "
        + "label and images with labels")
  }

  private func checkUnlimitedData(_ reader: ConfigurationReader) throws(ConfigurationError) {
    guard trainingSet.count == .unlimited else { return }
    let demand = "training_set.count must be a number, found \(ValueKind.unlimited)"
    if optimizer.make().rule.usesWholeTrainingSet {
      throw reader.error(
        at: ["optimizer", "kind"],
        "\(optimizer.kind.name) descends on all training points: \(demand)")
    }
    if objective.noise != .fresh {
      throw reader.error(
        at: ["objective", "noise"], "fixed noise belongs to training points: \(demand)")
    }
  }

  private func checkFixedLevel(_ reader: ConfigurationReader) throws(ConfigurationError) {
    guard let time = objective.levels.number("level_time") else { return }
    let process = process.make()
    guard time < process.stop || time > process.horizon else { return }
    let allowed = FieldDescription.bounded("a time of the process", process.stop...process.horizon)
    throw reader.error(
      at: ["objective", "level_time"],
      "expected \(allowed), found \(ConfigurationText.number(time))")
  }

  /// Refuses a normal distribution of log(sigma / alpha) of which the process sees nothing.
  private func checkLogNormalLevels(_ reader: ConfigurationReader) throws(ConfigurationError) {
    guard let draw = objective.make().levels as? LogNormalSigma else { return }
    let (process, least) = (process.make(), 1e-6)
    guard draw.mass(inRangeOf: process) < least else { return }
    let bounds = [process.logSNRRange.upperBound, process.logSNRRange.lowerBound].map {
      NumberText.plain(-$0 / 2)
    }
    throw reader.error(
      at: ["objective", "sigma_mean"],
      "expected levels that the process has, log(sigma / alpha) from \(bounds[0]) to \(bounds[1]); "
        + "with sigma_mean \(ConfigurationText.number(draw.mean)) and sigma_deviation "
        + "\(ConfigurationText.number(draw.deviation)) less than a millionth of the normal "
        + "distribution lies "
        + "there")
  }

  private func checkInputRadius(_ reader: ConfigurationReader) throws(ConfigurationError) {
    guard network.kind == .conservative, network.inputRadius > 0 else { return }
    throw reader.error(
      at: ["network", "input_radius"],
      "expected 0 with network.kind conservative, which has no gradient where points are brought "
        + "back; found \(ConfigurationText.number(network.inputRadius))")
  }

  private func checkGrid(_ reader: ConfigurationReader) throws(ConfigurationError) {
    do throws(ParameterError) {
      try sampler.makeGrid().check(for: process.make())
    } catch {
      throw reader.error(error.under("sampler"))
    }
  }
}
