import ScoreCore
package import ScoreLab
import ScoreTheory
import Workbench

/// What is printed of the bound on the samples.
package struct BoundReport {
  private let bound: PathBound
  private let step: Int
  private let delta: Double

  package init(_ bound: PathBound, step: Int, delta: Double) {
    (self.bound, self.step, self.delta) = (bound, step, delta)
  }

  /// The terms, a line each.
  package var sentences: [String] { bound.sentences(delta: delta) }

  /// The JSON line.
  package var line: JSONLine {
    var line = JSONLine()
    line.add("step", step)
    switch bound {
    case .missing(let obstacle): line.add("bound_missing", obstacle.text)
    case .known(let terms): add(terms, to: &line)
    }
    return line
  }

  private func add(_ terms: PathBound.Terms, to line: inout JSONLine) {
    line.add("delta", delta)
    line.add("dimension", terms.dimension)
    line.add("sampler_steps", terms.stepCount)
    line.add("horizon", terms.process.horizon)
    line.add("stop", terms.process.stop)
    line.add("second_moment", terms.secondMoment)
    addOrder(terms, to: &line)
    let bound = terms.explicit
    line.add("paths", terms.pathCount)
    line.add("bound_score", bound.score.bound)
    line.add("bound_score_limit", bound.score.upperLimit)
    line.add("threshold", bound.score.threshold)
    line.add("exceedance", bound.score.exceedance)
    line.add("bound_steps", bound.steps)
    line.add("bound_steps_limit", bound.stepsLimit)
    line.add("bound_start", bound.start.value)
    line.add("bound_start_limit", bound.startLimit)
    line.add("bound", bound.sum)
    line.add("bound_limit", bound.limit)
    line.add("tv", terms.variation?.value ?? .nan)
    line.add("tv_chance", terms.variation?.nullMean ?? .nan)
    line.add("tv_chance_high", terms.variation?.nullHigh ?? .nan)
    line.add("time", terms.errors.map(\.time))
    line.add("l2", terms.errors.map(\.l2))
  }

  /// The terms of Corollary B.6, up to its constants.
  private func addOrder(_ terms: PathBound.Terms, to line: inout JSONLine) {
    let order = terms.corollary(delta: delta)
    line.add("share", terms.share(delta: delta))
    if let worst = terms.worst(delta: delta) {
      let quantile = worst.quantile
      let isKnown = quantile.value != nil
      line.add("eps", quantile.value ?? .nan)
      line.add("eps_low", isKnown ? quantile.interval.lowerBound : .nan)
      line.add("eps_high", isKnown ? quantile.interval.upperBound : .nan)
      if case .unknown(let needed) = quantile.standing { line.add("eps_points_needed", needed) }
      line.add("eps_time", worst.errors.time)
    }
    line.add("order_score", order.score ?? .nan)
    line.add("order_steps", order.steps)
    line.add("order_start", order.start)
  }
}
