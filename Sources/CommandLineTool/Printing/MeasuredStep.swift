import NumberFormatting
import ScoreCore
package import ScoreLab

/// What is printed of a measured step.
package struct MeasuredStep {
  package let step: Int
  private let configuration: RunConfiguration
  private let rate: Double
  private let loss: Double
  /// NaN where it was not measured.
  private let heldOut: Double
  private let heldOutError: Double
  private let floor: BayesFloor?
  private let probe: [ScoreErrorDistribution]
  private let quantiles: [QuantileEstimate]
  /// The numbers of the step by name, for a series.
  package let scalars: [SeriesFile.Value]

  /// Takes what a session has measured at its step.
  package init(_ session: Session, stepsPerSecond rate: Double) {
    self.rate = rate
    step = session.step
    scalars = session.reportedNumbers
    configuration = session.configuration
    loss = session.history.smoothed ?? .nan
    let measurements = session.measurements
    let floor = measurements.floor
    self.floor = floor
    // One that is not finite was dropped, and the last is then of an earlier step.
    let excess = measurements.heldOut.last { $0.step == session.step }
    heldOut = floor.flatMap { floor in excess.map { floor.value + $0.excess } } ?? .nan
    heldOutError = excess?.standardError ?? .nan
    probe = measurements.probe?.levels ?? []
    let delta = configuration.probe.delta
    quantiles = probe.map { $0.quantileEstimate(delta: delta) }
  }

  /// The cells of a row of the table.
  var cells: [String] {
    [
      "\(step)", NumberText.short(loss, digits: 5),
      NumberText.short(heldOut, digits: 5), NumberText.short(floor?.value ?? .nan, digits: 5),
      NumberText.short(probe.map(\.l2).max() ?? .nan),
    ] + worstQuantile
  }

  /// What follows the step and its loss in a sentence.
  var sentence: String {
    let name = configuration.objective.make().isHuber ? "the exact score's loss" : "floor"
    var parts: [String] = []
    if heldOut.isFinite { parts.append("held-out loss \(NumberText.short(heldOut, digits: 4))") }
    if let floor { parts.append("\(name) \(NumberText.short(floor.value, digits: 4))") }
    if let worst = probe.max(by: { $0.l2 < $1.l2 }) {
      parts.append(
        "worst L2 error \(NumberText.short(worst.l2)) at time \(NumberText.short(worst.time))")
    }
    let quantile = worstQuantile
    let delta = NumberText.short(configuration.probe.delta)
    parts.append(
      quantile[1].isEmpty
        ? "worst D_\(delta) unknown"
        : "worst D_\(delta) \(quantile[0]), from \(quantile[1]) to \(quantile[2])")
    return parts.map { ", " + $0 }.joined()
  }

  /// The JSON line.
  var line: JSONLine {
    var line = JSONLine()
    line.add("step", step)
    line.add("loss", loss)
    line.add("held_out_loss", heldOut)
    line.add("held_out_error", heldOutError)
    // The least Huber loss is not known, only that it is at most the exact score's.
    let least = floor.flatMap { $0.isLeast ? $0 : nil }
    line.add("floor", least?.value ?? .nan)
    line.add("floor_error", least?.error ?? .nan)
    line.add("exact_score_loss", floor?.value ?? .nan)
    line.add("exact_score_loss_error", floor?.error ?? .nan)
    line.add("delta", configuration.probe.delta)
    line.add("time", probe.map(\.time))
    line.add("l2", probe.map(\.l2))
    line.add("points", configuration.probe.points)
    line.add("d_delta", quantiles)
    line.add("d_0.01", probe.map { $0.quantileEstimate(delta: 0.01) })
    line.add("steps_per_second", rate)
    return line
  }

  /// The largest quantile over levels, with its interval.
  private var worstQuantile: [String] {
    let worst = quantiles.max { $0.orderStatistic < $1.orderStatistic }
    guard let worst, let value = worst.value else { return ["unknown", "", ""] }
    return [value, worst.interval.lowerBound, worst.interval.upperBound].map {
      NumberText.short($0)
    }
  }
}

extension JSONLine {
  /// Estimates of a quantile at several levels, of equally many points: values and ends of
  /// their intervals, null where they are unknown, and what the points can say.
  mutating func add(_ key: String, _ quantiles: [QuantileEstimate]) {
    add(key, quantiles.map { $0.value ?? .nan })
    add("\(key)_low", quantiles.map { $0.value == nil ? .nan : $0.interval.lowerBound })
    add("\(key)_high", quantiles.map { $0.value == nil ? .nan : $0.interval.upperBound })
    switch quantiles.first?.standing {
    case .unknown(let needed):
      add("\(key)_standing", "unknown")
      add("\(key)_points_needed", needed)
    case .few: add("\(key)_standing", "few points")
    case .enough, nil: add("\(key)_standing", "enough")
    }
  }
}
